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
      does: "adds",
      reply: done.extend({ Arn: z.string(), SecretName: z.string(), VersionId: z.string(), ...rotation }),
    },
    DescribeSecret: {
      does: "reads",
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
      does: "reads",
      reply: done.extend({
        VersionId: z.string(),
        SecretData: z.string(),
        SecretDataType: z.enum(["text", "binary"]).optional(),
        SecretType: z.string().optional(),
        VersionStages: stages.optional(),
        CreateTime: z.string().optional(),
      }),
    },
    PutSecretValue: { does: "sets", reply: done.extend({ VersionId: z.string(), VersionStages: stages }) },
    UpdateSecret: { does: "sets", reply: done },
    ListSecrets: {
      does: "reads",
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
      does: "reads",
      reply: done.extend({ VersionIds: z.object({ VersionId: z.array(version) }), TotalCount: z.number() }),
    },
    GetSecretPolicy: { does: "reads", reply: done.extend({ Policy: z.string().optional() }) },
    SetSecretPolicy: { does: "sets", reply: done },
    UpdateSecretRotationPolicy: { does: "sets", reply: done },
    RotateSecret: { does: "sets", reply: done.extend({ VersionId: z.string() }) },
    UpdateSecretVersionStage: { does: "sets", reply: done },
    DeleteSecret: { does: "sets", reply: done },
    RestoreSecret: { does: "sets", reply: done },
    TagResource: { does: "sets", reply: done },
    UntagResource: { does: "sets", reply: done },
  },
} as const satisfies RpcService<Record<string, RpcOperation>>;
