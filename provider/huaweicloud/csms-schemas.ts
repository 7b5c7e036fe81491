import { z } from "zod";
import { placeName } from "../schemas";
import { hasUnknown } from "../unknown";

/** The stages that the service moves itself. */
export const system = { current: "SYSCURRENT", previous: "SYSPREVIOUS" } as const;

export const keyId = z
  .string()
  .regex(
    /^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$/,
    "must be a key's id, such as 0d0466b0-e727-4d9c-b35d-f84bb474a37f",
  );

/** A region that keeps a replica, or that and the key which encrypts it there. */
export const replica = z.union([placeName, z.strictObject({ region: placeName, kmsKeyId: keyId.optional() })]);
export type DeclaredReplica = z.infer<typeof replica>;

export const replicaOf = (of: DeclaredReplica): { readonly region: string; readonly kmsKeyId?: string | undefined } =>
  typeof of === "string" ? { region: of } : of;

const namesRegion = (of: unknown): of is DeclaredReplica =>
  typeof of === "string" || typeof (of as { region?: unknown } | null)?.region === "string";

/** The replicas that are declared, where that is known. */
export const knownReplicas = (replicas: unknown) =>
  Array.isArray(replicas) && !hasUnknown(replicas) ? replicas.filter(namesRegion).map(replicaOf) : [];

/** The order of regions means nothing. */
export const normalizeReplicas = (replicas: unknown): unknown =>
  knownReplicas(replicas).toSorted((a, b) => (a.region < b.region ? -1 : 1));

export function isTime(text: string): boolean {
  const time = millisecondsOf(text);
  // A day that no month has would silently be one of the next month.
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(day) &&
    new Date(day).toISOString().startsWith(text.slice(0, 10)) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.000)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
    typeof time === "number" &&
    time >= 1e12 &&
    time < 1e13
  );
}

/** The same time in every time zone is the same time; the service counts in milliseconds. */
export function millisecondsOf(text: unknown): unknown {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? text : time;
}
