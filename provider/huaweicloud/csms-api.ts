import { z } from "zod";
import { type RestOperation, type RestService, someOf } from "./client";
import { endpoints } from "./settings";

const time = z.number().nullish();
const text = z.string().nullish();

const secret = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  kms_key_id: text,
  description: text,
  create_time: time,
  update_time: time,
  scheduled_delete_time: time,
  secret_type: text,
  auto_rotation: z.boolean().nullish(),
  rotation_period: text,
  rotation_config: text,
  rotation_time: time,
  next_rotation_time: time,
  last_used_time: time,
  event_subscriptions: z.array(z.string()).nullish(),
  enterprise_project_id: text,
  rotation_func_urn: text,
  domain_id: text,
  replica_type: text,
  replicas: z
    .array(
      z.object({
        id: text,
        kms_key_id: text,
        project_id: text,
        region: text,
        replica_type: text,
        status: text,
        created_at: time,
        updated_at: time,
      }),
    )
    .nullish(),
});
export type SecretReply = z.infer<typeof secret>;

const version = z.object({
  id: z.string(),
  create_time: time,
  expire_time: time,
  version_stages: z.array(z.string()).nullish(),
});
export type VersionReply = z.infer<typeof version>;
const task = z.object({ task_id: z.string(), task_status: text, task_error_code: text, task_error_msg: text });
export type TaskReply = z.infer<typeof task>;
const page = z.object({ next_marker: text }).nullish();
const event = z.object({
  event_id: z.string(),
  name: z.string(),
  event_types: z.array(z.string()).nullish(),
  state: text,
  create_time: time,
  update_time: time,
  notification: z.object({ target_type: text, target_id: text, target_name: text }).nullish(),
});
export type EventReply = z.infer<typeof event>;
/** HTTP 204: whatever has something to say is something in between. */
const nothing = z.strictObject({});
/** Not read. */
const anything = z.object({});
const oneEvent = "/v1/{project_id}/csms/events/{event_name}";
const oneSecret = "/v1/{project_id}/secrets/{secret_name}";

/** Huawei Cloud CSMS v1. `@huaweicloud/huaweicloud-sdk-csms`, a thin layer of these paths over sdk-core, is not on the registry. */
export const csmsApi = {
  title: "CSMS",
  endpoint: endpoints.kms,
  publicHost: (region: string) => `kms.${region}.myhuaweicloud.com`,
  secretMembers: ["secret_string", "secret_binary"],
  operations: {
    CreateSecret: { method: "POST", path: "/v1/{project_id}/secrets", does: "adds", reply: z.object({ secret }) },
    ShowSecret: { method: "GET", path: oneSecret, does: "reads", reply: z.object({ secret }) },
    UpdateSecret: { method: "PUT", path: oneSecret, does: "sets", reply: z.object({ secret }) },
    DeleteSecret: { method: "DELETE", path: oneSecret, does: "sets", reply: nothing },
    DeleteSecretForSchedule: {
      method: "POST",
      path: `${oneSecret}/scheduled-deleted-tasks/create`,
      does: "adds",
      reply: z.object({ secret: anything }),
    },
    RestoreSecret: {
      method: "POST",
      path: `${oneSecret}/scheduled-deleted-tasks/cancel`,
      does: "sets",
      reply: z.object({ secret: anything }),
    },
    CreateSecretVersion: {
      method: "POST",
      path: `${oneSecret}/versions`,
      does: "adds",
      reply: z.object({ version_metadata: version }),
    },
    ShowSecretVersion: {
      method: "GET",
      path: `${oneSecret}/versions/{version_id}`,
      does: "reads",
      reply: z.object({ version: z.object({ version_metadata: version, secret_string: text, secret_binary: text }) }),
    },
    ListSecretVersions: {
      method: "GET",
      path: `${oneSecret}/versions`,
      does: "reads",
      reply: z.object({ version_metadatas: z.array(version), page_info: page }),
    },
    UpdateVersion: {
      method: "PUT",
      path: `${oneSecret}/versions/{version_id}`,
      does: "sets",
      reply: z.object({ version_metadata: version }),
    },
    ShowSecretStage: {
      method: "GET",
      path: `${oneSecret}/stages/{stage_name}`,
      does: "reads",
      reply: z.object({ stage: z.object({ version_id: z.string() }) }),
    },
    UpdateSecretStage: {
      method: "PUT",
      path: `${oneSecret}/stages/{stage_name}`,
      does: "sets",
      reply: z.object({ stage: anything }),
    },
    DeleteSecretStage: { method: "DELETE", path: `${oneSecret}/stages/{stage_name}`, does: "sets", reply: nothing },
    RotateSecret: {
      method: "POST",
      path: `${oneSecret}/rotate`,
      does: "adds",
      reply: z.object({ rotation_task_id: z.string() }),
    },
    ListSecretTask: {
      method: "GET",
      path: "/v1/{project_id}/csms/tasks",
      does: "reads",
      reply: someOf({ tasks: z.array(task).nullish(), next_marker: text }),
    },
    CreateSecretReplica: { method: "POST", path: `${oneSecret}/replicas`, does: "adds", reply: anything },
    DeleteSecretReplica: {
      method: "DELETE",
      path: `${oneSecret}/replicas/{region_name}`,
      does: "sets",
      reply: anything,
    },
    ListSupportRegions: {
      method: "GET",
      path: "/v1/{project_id}/csms/replica-regions",
      does: "reads",
      reply: z.object({ regions: z.array(z.string()) }),
    },
    CreateSecretEvent: {
      method: "POST",
      path: "/v1/{project_id}/csms/events",
      on: "event",
      does: "adds",
      reply: z.object({ event }),
    },
    ListSecretEvents: {
      method: "GET",
      path: "/v1/{project_id}/csms/events",
      does: "reads",
      reply: z.object({ events: z.array(event), page_info: page }),
    },
    ShowSecretEvent: { method: "GET", path: oneEvent, on: "event", does: "reads", reply: z.object({ event }) },
    UpdateSecretEvent: { method: "PUT", path: oneEvent, on: "event", does: "sets", reply: z.object({ event }) },
    DeleteSecretEvent: { method: "DELETE", path: oneEvent, on: "event", does: "sets", reply: nothing },
    ListSecrets: {
      method: "GET",
      path: "/v1/{project_id}/secrets",
      does: "reads",
      reply: z.object({ secrets: z.array(secret), page_info: page }),
    },
    ListResourceInstances: {
      method: "POST",
      path: "/v1/{project_id}/csms/resource_instances/action",
      does: "reads",
      reply: z.object({ resources: z.array(z.object({ resource_id: z.string() })).nullish(), total_count: z.number() }),
    },
    ListSecretTags: {
      method: "GET",
      path: "/v1/{project_id}/csms/{secret_id}/tags",
      does: "reads",
      reply: someOf({ tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish() }),
    },
    BatchCreateOrDeleteTags: {
      method: "POST",
      path: "/v1/{project_id}/csms/{secret_id}/tags/action",
      does: "sets",
      reply: nothing,
    },
  },
} as const satisfies RestService<Record<string, RestOperation>>;
