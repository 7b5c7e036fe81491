import { z } from "zod";
import type { RestOperation, RestService } from "./client";
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

const version = z.object({ id: z.string(), version_stages: z.array(z.string()).nullish() });
/** Nothing to read, yet JSON or empty: a page of something in between is no answer. */
const nothing = z.object({});
const oneSecret = "/v1/{project_id}/secrets/{secret_name}";

/** Huawei Cloud CSMS v1. `@huaweicloud/huaweicloud-sdk-csms`, a thin layer of these paths over sdk-core, is not on the registry. */
export const csmsApi = {
  title: "CSMS",
  endpoint: endpoints.kms,
  publicHost: (region: string) => `kms.${region}.myhuaweicloud.com`,
  secretMembers: ["secret_string", "secret_binary"],
  operations: {
    CreateSecret: { method: "POST", path: "/v1/{project_id}/secrets", repeatable: false, reply: z.object({ secret }) },
    ShowSecret: { method: "GET", path: oneSecret, repeatable: true, reply: z.object({ secret }) },
    UpdateSecret: { method: "PUT", path: oneSecret, repeatable: true, reply: z.object({ secret }) },
    DeleteSecret: { method: "DELETE", path: oneSecret, repeatable: true, reply: nothing },
    DeleteSecretForSchedule: {
      method: "POST",
      path: `${oneSecret}/scheduled-deleted-tasks/create`,
      repeatable: false,
      reply: z.object({ secret: z.object({ id: z.string() }) }),
    },
    RestoreSecret: {
      method: "POST",
      path: `${oneSecret}/scheduled-deleted-tasks/cancel`,
      repeatable: true,
      reply: nothing,
    },
    CreateSecretVersion: {
      method: "POST",
      path: `${oneSecret}/versions`,
      repeatable: false,
      reply: z.object({ version_metadata: version }),
    },
    ShowSecretVersion: {
      method: "GET",
      path: `${oneSecret}/versions/{version_id}`,
      repeatable: true,
      reply: z.object({ version: z.object({ version_metadata: version, secret_string: text, secret_binary: text }) }),
    },
    ShowSecretStage: {
      method: "GET",
      path: `${oneSecret}/stages/{stage_name}`,
      repeatable: true,
      reply: z.object({ stage: z.object({ version_id: z.string() }) }),
    },
    ListSecrets: {
      method: "GET",
      path: "/v1/{project_id}/secrets",
      repeatable: true,
      reply: z.object({ secrets: z.array(secret), page_info: z.object({ next_marker: text }).nullish() }),
    },
    ListSecretTags: {
      method: "GET",
      path: "/v1/{project_id}/csms/{secret_id}/tags",
      repeatable: true,
      reply: z.object({ tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish() }),
    },
    BatchCreateOrDeleteTags: {
      method: "POST",
      path: "/v1/{project_id}/csms/{secret_id}/tags/action",
      repeatable: true,
      reply: nothing,
    },
  },
  errors: {
    "CSMS.0002": "invalid",
    "CSMS.0003": "invalid",
    "CSMS.0004": "invalid",
    "CSMS.0005": "notFound",
    "CSMS.0106": "notFound",
    "CSMS.0103": "pendingDeletion",
    "CSMS.0107": "pendingDeletion",
    "CSMS.0108": "notPending",
    "CSMS.0202": "quota",
    "CSMS.0203": "quota",
    "CSMS.0204": "quota",
    "CSMS.0301": "credentials",
    "CSMS.0302": "denied",
    "CSMS.0401": "denied",
  },
} as const satisfies RestService<Record<string, RestOperation>>;
