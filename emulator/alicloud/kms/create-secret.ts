import { z } from "zod";
import { ABSENT } from "../assumptions";
import { flag } from "../parameters";
import { operation } from "./context";
import { extendedConfig, policy, rotationInterval, secretData, secretDataType, secretName, versionId } from "./fields";
import { firstValue } from "./managed-values";
import { KMS, parameterErrors } from "./refusals";
import { arnOf, configText, rotationAnswer, type Secret } from "./secret";
import { secretType, type Typed, typed } from "./secret-types";
import { addVersion, CURRENT } from "./stages";
import { mergeTags, tagsJson } from "./tags";

const parameters = {
  SecretName: z.union([secretName, z.literal("$Auto")], "1 to 192 of letters, digits and _ / + = . - @"),
  SecretData: secretData,
  VersionId: versionId,
  SecretDataType: secretDataType,
  SecretType: secretType,
  EncryptionKeyId: z.string().optional(),
  DKMSInstanceId: z.string().optional(),
  Description: z.string().default(""),
  Tags: tagsJson.default([]),
  ExtendedConfig: extendedConfig.optional(),
  EnableAutomaticRotation: flag.default(false),
  RotationInterval: rotationInterval.optional(),
  Policy: policy.optional(),
};

type Input = z.output<z.ZodObject<typeof parameters>>;

function requireValid(input: Input): void {
  const rotates = input.SecretType !== "Generic" && input.EnableAutomaticRotation;
  if (rotates && input.RotationInterval === undefined) throw parameterErrors.missing("RotationInterval");
  if (input.Policy !== undefined && input.DKMSInstanceId === undefined) throw parameterErrors.missing("DKMSInstanceId");
  if (input.EncryptionKeyId?.includes(ABSENT)) throw KMS.keyNotFound();
}

function newSecret(input: Input, { name, managed }: Typed, region: string, now: number): Secret {
  return {
    region,
    name,
    type: input.SecretType,
    keyId: input.EncryptionKeyId,
    instanceId: input.DKMSInstanceId,
    createTime: now,
    updateTime: now,
    description: input.Description,
    tags: mergeTags(new Map(), input.Tags),
    versions: [],
    managed,
    policy: input.Policy,
    rotation: {
      enabled: managed !== undefined && input.EnableAutomaticRotation,
      seconds: input.RotationInterval,
      history: [],
    },
  };
}

export const createSecret = operation("CreateSecret", parameters, (input, { secrets }) => {
  const type = typed(input);
  requireValid(input);
  const { now } = secrets;
  const data = type.managed ? firstValue(type.managed, input.SecretData, now) : input.SecretData;
  const secret = newSecret(input, type, secrets.region, now);
  secrets.requireFree(secret.name);
  addVersion(secret, { id: input.VersionId, data, dataType: input.SecretDataType, createTime: now, stages: [] }, [
    CURRENT,
  ]);
  secrets.add(secret);
  return {
    Arn: arnOf(secret),
    SecretName: secret.name,
    VersionId: input.VersionId,
    SecretType: secret.type,
    DKMSInstanceId: secret.instanceId,
    ExtendedConfig: configText(secret),
    ...rotationAnswer(secret),
  };
});
