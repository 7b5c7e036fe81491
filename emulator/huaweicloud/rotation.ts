import { randomBytes, randomUUID } from "node:crypto";
import { assumptions } from "./assumptions";
import { failures, Refusal } from "./failures";
import type { Project, Secret, Task } from "./model";
import { addVersion, current, previous } from "./versions";

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const { byHand, byClock } = assumptions.rotationKinds;

type Settings = Pick<Secret, "secretType" | "autoRotation" | "rotationPeriod" | "rotationFuncUrn" | "rotationConfig">;

const rules: readonly [field: string, message: string, holds: (settings: Settings) => boolean][] = [
  ["auto_rotation", "is not for COMMON", (s) => !s.autoRotation || s.secretType !== "COMMON"],
  ["rotation_period", "is needed with auto_rotation", (s) => !s.autoRotation || s.rotationPeriod !== null],
  ["rotation_func_urn", "is needed with auto_rotation", (s) => !s.autoRotation || s.rotationFuncUrn !== null],
  [
    "rotation_config",
    'must be {"InstanceId":"","SecretSubType":"SingleUser|MultiUser"} for this secret_type',
    (s) => s.secretType === "COMMON" || subType(s.rotationConfig) !== undefined,
  ],
];

/** Milliseconds of `24h`, `1d` and the like; NaN where it is none. */
export function periodOf(text: string): number {
  const [, count, unit = ""] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return Number(count) * (units[unit] ?? Number.NaN);
}

/** Throws `Refusal` where the settings of rotation do not fit each other or the type. */
export function requireRotatable(settings: Settings): void {
  const faults = rules.filter(([, , holds]) => !holds(settings)).map(([field, message]) => `${field}: ${message}`);
  if (faults.length > 0) throw new Refusal("parameter", faults.join("; "));
}

/** When a secret is due next, counted from now; null without automatic rotation. */
export function nextRotation(secret: Settings, now: number): number | null {
  return secret.autoRotation && secret.rotationPeriod ? now + periodOf(secret.rotationPeriod) : null;
}

/** Rotates what fell due while nobody asked; once, however long ago that was. */
export function rotateDue(project: Project, now: number): void {
  for (const secret of project.secrets.values())
    if (secret.state === "ENABLED" && (secret.nextRotationTime ?? Number.POSITIVE_INFINITY) <= now)
      rotate(project, secret, now, byClock);
}

/** Makes a new version with a new password and records the task, which is done at once: rightly or FAILED. */
export function rotate(project: Project, secret: Secret, now: number, operateType: string = byHand): Task {
  const failure = secret.rotationFuncUrn === null ? failures.resourceNotFound : undefined;
  const task: Task = {
    taskId: randomUUID(),
    secretName: secret.name,
    rotationFuncUrn: secret.rotationFuncUrn,
    taskStatus: failure ? "FAILED" : "SUCCESS",
    operateType,
    taskTime: now,
    attemptNums: 1,
    taskErrorCode: failure?.[1] ?? null,
    taskErrorMsg: failure?.[2] ?? null,
  };
  project.tasks.push(task);
  if (!failure) {
    addVersion(secret, { secretString: nextValue(secret) }, now);
    secret.rotationTime = now;
  }
  secret.nextRotationTime = nextRotation(secret, now);
  return task;
}

/** With two users it is the other one whose password changes. */
function nextValue(secret: Secret): string {
  const base = (subType(secret.rotationConfig) === "MultiUser" && previous(secret)) || current(secret);
  const password = randomBytes(24).toString("base64url");
  const account = record(base?.secretString ?? "");
  return account ? JSON.stringify({ ...account, password }) : password;
}

function subType(config: string | null): string | undefined {
  const { InstanceId, SecretSubType } = record(config ?? "") ?? {};
  const known = SecretSubType === "SingleUser" || SecretSubType === "MultiUser";
  return known && typeof InstanceId === "string" && InstanceId !== "" ? SecretSubType : undefined;
}

function record(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
