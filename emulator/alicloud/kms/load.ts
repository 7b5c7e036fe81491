import { z } from "zod";
import type { ManagedType } from "./extended-config";
import type { Secret } from "./secret";

const time = z.iso.datetime().transform((text) => Date.parse(text));

const version = z
  .object({
    VersionId: z.string(),
    SecretData: z.string(),
    SecretDataType: z.enum(["text", "binary"]),
    VersionStages: z.array(z.string()),
    CreateTime: time,
  })
  .transform((given) => ({
    id: given.VersionId,
    data: given.SecretData,
    dataType: given.SecretDataType,
    stages: given.VersionStages,
    createTime: given.CreateTime,
  }));

const secret = z.object({
  RegionId: z.string(),
  SecretName: z.string(),
  SecretType: z.string(),
  Description: z.string(),
  EncryptionKeyId: z.string().optional(),
  DKMSInstanceId: z.string().optional(),
  ExtendedConfig: z.string().optional(),
  Policy: z.string().optional(),
  CreateTime: time,
  UpdateTime: time,
  PlannedDeleteTime: time.optional(),
  AutomaticRotation: z.string().optional(),
  RotationInterval: z.string().optional(),
  LastRotationDate: time.optional(),
  Tags: z.record(z.string(), z.string()),
  Versions: z.array(version),
});

/** Reads what `stateOf` gave of the secrets; throws a ZodError for anything else. */
export function secretsIn(state: unknown): Secret[] {
  return z
    .object({ secrets: z.array(secret) })
    .parse(state)
    .secrets.map(secretOf);
}

function secretOf(given: z.output<typeof secret>): Secret {
  const { ExtendedConfig, SecretType, RotationInterval, LastRotationDate } = given;
  return {
    region: given.RegionId,
    name: given.SecretName,
    type: SecretType,
    description: given.Description,
    keyId: given.EncryptionKeyId,
    instanceId: given.DKMSInstanceId,
    managed: ExtendedConfig ? { type: SecretType as ManagedType, config: JSON.parse(ExtendedConfig) } : undefined,
    policy: given.Policy,
    createTime: given.CreateTime,
    updateTime: given.UpdateTime,
    plannedDeleteTime: given.PlannedDeleteTime,
    rotation: {
      enabled: given.AutomaticRotation === "Enabled",
      seconds: RotationInterval === undefined ? undefined : Number.parseInt(RotationInterval, 10),
      history: LastRotationDate === undefined ? [] : [LastRotationDate],
    },
    tags: new Map(Object.entries(given.Tags)),
    versions: given.Versions,
  };
}
