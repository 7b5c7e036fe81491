import { randomUUID } from "node:crypto";
import { z } from "zod";
import { fields, hasOneValue, oneValueFault, optional, value } from "../fields";
import { defaultKeyIdOf } from "../identity";
import type { Project, Secret } from "../model";
import { operation } from "../operation";
import { nextRotation, requireRotatable } from "../rotation";
import { requireFreeName } from "../secrets";
import { addVersion } from "../versions";
import { wireSecret } from "../wire";

const createBody = z
  .object({
    ...value,
    name: fields.secret_name,
    kms_key_id: optional(fields.kms_key_id),
    description: optional(fields.description),
    secret_type: optional(fields.secret_type),
    auto_rotation: optional(z.boolean()),
    rotation_period: optional(fields.rotation_period),
    rotation_config: optional(fields.rotation_config),
    rotation_func_urn: optional(fields.rotation_func_urn),
    event_subscriptions: optional(fields.event_subscriptions),
    enterprise_project_id: optional(fields.enterprise_project_id),
  })
  .refine(hasOneValue, oneValueFault);

export const createSecret = operation({
  name: "CreateSecret",
  input: z.object({ body: createBody }),
  run({ body }, { project, now }) {
    const secret = secretOf(body, project, now);
    requireRotatable(secret);
    requireFreeName(project, body.name);
    secret.nextRotationTime = nextRotation(secret, now);
    addVersion(secret, { secretString: body.secret_string, secretBinary: body.secret_binary }, now);
    project.secrets.set(secret.name, secret);
    return { secret: wireSecret(secret) };
  },
});

function secretOf(body: z.output<typeof createBody>, project: Project, now: number): Secret {
  return {
    id: randomUUID(),
    name: body.name,
    projectId: project.id,
    createTime: now,
    updateTime: now,
    state: "ENABLED",
    kmsKeyId: body.kms_key_id ?? defaultKeyIdOf(project.id),
    description: body.description ?? null,
    secretType: body.secret_type ?? "COMMON",
    autoRotation: body.auto_rotation ?? false,
    rotationPeriod: body.rotation_period ?? null,
    rotationConfig: body.rotation_config ?? null,
    rotationFuncUrn: body.rotation_func_urn ?? null,
    eventSubscriptions: body.event_subscriptions?.filter(Boolean) ?? [],
    enterpriseProjectId: body.enterprise_project_id ?? "0",
    domainId: project.domainId,
    scheduledDeleteTime: null,
    rotationTime: null,
    nextRotationTime: null,
    lastUsedTime: null,
    tags: new Map(),
    versions: [],
    versionCount: 0,
    stages: new Map(),
    replicas: [],
    primaryProjectId: null,
    move: null,
  };
}
