import { z } from "zod";
import { assumptions } from "./assumptions";
import type { Secret } from "./model";
import type { Projects } from "./projects";

const text = z.string().nullable();
const time = z.number().nullable();

const version = z.object({
  id: z.string(),
  createTime: z.number(),
  kmsKeyId: z.string(),
  secretString: z.string().optional(),
  secretBinary: z.string().optional(),
  expireTime: time.default(null),
  stages: z.array(z.string()),
});

const replica = z.object({
  id: z.string(),
  region: z.string(),
  projectId: z.string(),
  kmsKeyId: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  status: z.enum(["IN_PROGRESS", "IN_SYNC"]),
});

const secret = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string(),
  createTime: z.number(),
  secretType: z.string(),
  rotationConfig: text,
  domainId: z.string(),
  state: z.enum(["ENABLED", "DISABLED", "FROZEN", "PENDING_DELETE"]),
  enterpriseProjectId: z.string(),
  kmsKeyId: z.string(),
  description: text,
  updateTime: z.number(),
  scheduledDeleteTime: time,
  autoRotation: z.boolean(),
  rotationPeriod: text,
  rotationFuncUrn: text,
  rotationTime: time,
  nextRotationTime: time,
  lastUsedTime: time,
  eventSubscriptions: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  versions: z.array(version),
  replicas: z.array(replica).default([]),
  replicaType: z.string(),
});

const event = z.object({
  projectId: z.string(),
  eventId: z.string(),
  name: z.string(),
  createTime: z.number(),
  eventTypes: z.array(z.string()),
  state: z.string(),
  updateTime: z.number(),
  notification: z.object({ targetType: z.string(), targetId: z.string(), targetName: z.string() }),
});

const task = z.object({
  projectId: z.string(),
  taskId: z.string(),
  secretId: z.string(),
  secretName: z.string(),
  rotationFuncUrn: text,
  taskStatus: z.enum([assumptions.taskUnderWay, "SUCCESS", "FAILED"]),
  operateType: z.string(),
  taskTime: z.number(),
  attemptNums: z.number(),
  taskErrorCode: text,
  taskErrorMsg: text,
});

const held = z.object({ secrets: z.array(secret), events: z.array(event), tasks: z.array(task) });

/** Reads what `stateOf` gave, and puts it into empty projects; throws a ZodError for anything else. */
export function load(state: unknown, projects: Projects): void {
  const { secrets, events, tasks } = held.parse(state);
  // A replica is made again of its primary.
  for (const { replicaType, ...given } of secrets.filter((one) => one.replicaType !== "REPLICA"))
    projects.get(given.projectId).secrets.set(given.name, secretOf(given));
  for (const { projectId, notification, ...given } of events) {
    const { targetType: target_type, targetId: target_id, targetName: target_name } = notification;
    const all = projects.get(projectId).events;
    all.set(given.name, { ...given, notification: { target_type, target_id, target_name } });
  }
  for (const { projectId, ...given } of tasks) projects.get(projectId).tasks.push(given);
}

function secretOf({ versions, tags, ...given }: Omit<z.output<typeof secret>, "replicaType">): Secret {
  const stages = versions.flatMap((one) =>
    one.stages.map((stage) => [stage, { versionId: one.id, updateTime: given.updateTime }] as const),
  );
  return {
    ...given,
    tags: new Map(Object.entries(tags)),
    versions: versions.map(({ stages, ...one }) => one),
    versionCount: Math.max(0, ...versions.map(({ id }) => Number(id.slice(1)))),
    stages: new Map(stages),
    primaryProjectId: null,
    move: null,
  };
}
