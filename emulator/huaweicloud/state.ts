import type { Project, Secret, SecretEvent, Task, Version } from "./model";
import { replicaTypeOf } from "./replicas";
import { stagesOf } from "./versions";

/** All that the projects hold as plain JSON, in camelCase, values included. */
export function stateOf(projects: readonly Project[]): object {
  return {
    secrets: projects.flatMap(({ secrets }) => [...secrets.values()].map(secretState)),
    events: projects.flatMap(({ id, events }) => [...events.values()].map((event) => eventState(id, event))),
    tasks: projects.flatMap(({ id, tasks }) => tasks.map((task: Task) => ({ ...task, projectId: id }))),
  };
}

function secretState(secret: Secret): object {
  const { stages, versionCount, move, primaryProjectId, ...fields } = secret;
  return {
    ...fields,
    replicaType: replicaTypeOf(secret),
    eventSubscriptions: secret.eventSubscriptions.filter(Boolean),
    tags: Object.fromEntries(secret.tags),
    versions: secret.versions.map((version) => versionState(secret, version)),
  };
}

function versionState(secret: Secret, { secretString, secretBinary, expireTime, ...fields }: Version): object {
  return {
    ...fields,
    ...(secretString !== undefined && { secretString }),
    ...(secretBinary !== undefined && { secretBinary }),
    ...(expireTime !== null && { expireTime }),
    stages: stagesOf(secret, fields.id),
  };
}

function eventState(projectId: string, { notification, ...fields }: SecretEvent): object {
  const { target_type: targetType, target_id: targetId, target_name: targetName } = notification;
  return { ...fields, projectId, notification: { targetType, targetId, targetName } };
}
