import { flag } from "../parameters";
import { operation } from "./context";
import { secretName } from "./fields";
import { arnOf, configText, rotationAnswer, tagList, timestamp } from "./secret";

export const describeSecret = operation(
  "DescribeSecret",
  { SecretName: secretName, FetchTags: flag.default(false) },
  (input, { secrets }) => {
    const secret = secrets.find(input.SecretName);
    return {
      Arn: arnOf(secret),
      SecretName: secret.name,
      SecretType: secret.type,
      Description: secret.description,
      EncryptionKeyId: secret.keyId,
      DKMSInstanceId: secret.instanceId,
      CreateTime: timestamp(secret.createTime),
      UpdateTime: timestamp(secret.updateTime),
      PlannedDeleteTime: timestamp(secret.plannedDeleteTime),
      ExtendedConfig: configText(secret),
      ...rotationAnswer(secret),
      ...(input.FetchTags && { Tags: tagList(secret.tags) }),
    };
  },
);
