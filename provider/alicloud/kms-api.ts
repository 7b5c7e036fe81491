import { z } from "zod";
import type { RpcOperation, RpcService } from "./rpc";
import { endpoints } from "./settings";

const stages = z.object({ VersionStage: z.array(z.string()) });
const done = z.object({ RequestId: z.string() });
/** What is answered of the rotation of a secret that KMS rotates. */
const rotation = {
  AutomaticRotation: z.string().optional(),
  RotationInterval: z.string().optional(),
  LastRotationDate: z.string().optional(),
  NextRotationDate: z.string().optional(),
  ExtendedConfig: z.string().optional(),
};
const version = z.object({
  VersionId: z.string(),
  CreateTime: z.string().optional(),
  VersionStages: stages.optional(),
});
const tag = z.object({ TagKey: z.string(), TagValue: z.string() });

/** Alibaba Cloud KMS 2016-01-20: the operations on secrets that the provider calls. */
export const kmsApi = {
  title: "KMS",
  version: "2016-01-20",
  endpoint: endpoints.kms,
  publicHost: (region: string) => `kms.${region}.aliyuncs.com`,
  secretParameters: ["SecretData"],
  operations: {
    CreateSecret: {
      repeatable: false,
      reply: done.extend({ Arn: z.string(), SecretName: z.string(), VersionId: z.string(), ...rotation }),
    },
    DescribeSecret: {
      repeatable: true,
      reply: done.extend({
        Arn: z.string(),
        SecretName: z.string(),
        SecretType: z.string().optional(),
        Description: z.string().optional(),
        EncryptionKeyId: z.string().optional(),
        CreateTime: z.string().optional(),
        UpdateTime: z.string().optional(),
        DKMSInstanceId: z.string().optional(),
        PlannedDeleteTime: z.string().optional(),
        ...rotation,
        Tags: z.object({ Tag: z.array(tag) }).optional(),
      }),
    },
    GetSecretValue: {
      repeatable: true,
      reply: done.extend({
        VersionId: z.string(),
        SecretData: z.string(),
        SecretDataType: z.enum(["text", "binary"]).optional(),
        SecretType: z.string().optional(),
        VersionStages: stages.optional(),
        CreateTime: z.string().optional(),
      }),
    },
    PutSecretValue: { repeatable: true, reply: done.extend({ VersionId: z.string(), VersionStages: stages }) },
    UpdateSecret: { repeatable: true, reply: done },
    ListSecrets: {
      repeatable: true,
      reply: done.extend({
        SecretList: z.object({
          Secret: z.array(
            z.object({
              SecretName: z.string(),
              SecretType: z.string().optional(),
              CreateTime: z.string().optional(),
              UpdateTime: z.string().optional(),
              PlannedDeleteTime: z.string().optional(),
              Tags: z.object({ Tag: z.array(tag) }).optional(),
            }),
          ),
        }),
        TotalCount: z.number(),
      }),
    },
    ListSecretVersionIds: {
      repeatable: true,
      reply: done.extend({ VersionIds: z.object({ VersionId: z.array(version) }), TotalCount: z.number() }),
    },
    GetSecretPolicy: { repeatable: true, reply: done.extend({ Policy: z.string().optional() }) },
    SetSecretPolicy: { repeatable: true, reply: done },
    UpdateSecretRotationPolicy: { repeatable: true, reply: done },
    RotateSecret: { repeatable: true, reply: done.extend({ VersionId: z.string() }) },
    UpdateSecretVersionStage: { repeatable: true, reply: done },
    DeleteSecret: { repeatable: true, reply: done },
    RestoreSecret: { repeatable: true, reply: done },
    TagResource: { repeatable: true, reply: done },
    UntagResource: { repeatable: true, reply: done },
  },
} as const satisfies RpcService<Record<string, RpcOperation>>;
