import { randomUUID } from "node:crypto";
import { assumptions } from "./assumptions";
import { Refusal } from "./failures";
import { defaultKeyIdOf, projectIdOf } from "./identity";
import type { Project, Replica, Secret } from "./model";
import type { Projects } from "./projects";
import { regionOf, regions } from "./regions";
import { requireFreeName } from "./secrets";

/** A secret's part in the replication. */
export function replicaTypeOf({ primaryProjectId, replicas }: Secret): "STANDALONE" | "PRIMARY" | "REPLICA" {
  if (primaryProjectId !== null) return "REPLICA";
  return replicas.length > 0 ? "PRIMARY" : "STANDALONE";
}

/** What is asked of a new replica. */
interface Wanted {
  readonly region: string;
  readonly kmsKeyId?: string;
}

/** Makes a replica. Throws `Refusal` where its region cannot have one. */
export function addReplica(primary: Secret, { region, kmsKeyId }: Wanted, projects: Projects, now: number): void {
  if (!regions.includes(region)) throw new Refusal("parameter", "region: has no replicas");
  if (region === regionOf(primary.projectId)) throw new Refusal("parameter", "region: is that of the secret itself");
  if (primary.replicas.some((replica) => replica.region === region)) throw new Refusal("alreadyExists");
  const projectId = projectIdOf(region);
  requireFreeName(projects.get(projectId), primary.name);
  primary.replicas.push({
    id: randomUUID(),
    region,
    projectId,
    kmsKeyId: kmsKeyId ?? defaultKeyIdOf(projectId),
    createdAt: now,
    updatedAt: now,
    status: "IN_PROGRESS",
  });
}

/** Removes a replica and its secret. Throws `Refusal` (CSMS.0005) where the region has none. */
export function removeReplica(primary: Secret, region: string, projects: Projects): void {
  const at = primary.replicas.findIndex((replica) => replica.region === region);
  const [replica] = at < 0 ? [] : primary.replicas.splice(at, 1);
  if (!replica) throw new Refusal("resourceNotFound");
  projects.get(replica.projectId).secrets.delete(primary.name);
}

/** Throws `Refusal` (CSMS.0003) for a secret that is copied elsewhere. */
export function requireNoReplicas(secret: Secret): Secret {
  if (secret.replicas.length > 0) throw new Refusal("request", "the secret has replicas, which go first");
  return secret;
}

/** Ends the first copying of what has had its time. */
export function settleReplicas(project: Project, now: number): void {
  for (const replica of [...project.secrets.values()].flatMap(({ replicas }) => replicas)) {
    const end = replica.createdAt + assumptions.replicationMs;
    if (replica.status === "IN_SYNC" || end > now) continue;
    replica.status = "IN_SYNC";
    replica.updatedAt = end;
  }
}

/** Makes every replica's secret what its primary is. */
export function followPrimaries(projects: Projects): void {
  for (const primary of projects.all().flatMap(({ secrets }) => [...secrets.values()]))
    for (const replica of primary.replicas) {
      const { secrets } = projects.get(replica.projectId);
      secrets.set(primary.name, copyOf(primary, replica, secrets.get(primary.name)));
    }
}

/** The secret of a replica: its own id, place, key and use, and no subscriptions, for events are of one project. */
function copyOf(primary: Secret, { id, projectId, kmsKeyId, createdAt }: Replica, before?: Secret): Secret {
  return {
    ...primary,
    id,
    projectId,
    kmsKeyId,
    createTime: createdAt,
    lastUsedTime: before?.lastUsedTime ?? null,
    eventSubscriptions: [],
    tags: new Map(primary.tags),
    versions: primary.versions.map((version) => ({ ...version, kmsKeyId })),
    stages: new Map(primary.stages),
    primaryProjectId: primary.projectId,
    replicas: [],
    move: null,
  };
}
