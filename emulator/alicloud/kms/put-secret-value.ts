import { KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import { secretData, secretDataType, secretRef, stageList, versionId } from "./fields";
import { isGeneric, type Secret, type Version } from "./secret";
import { addVersion, CURRENT, requireStageQuota } from "./stages";

const answer = (secret: Secret, version: Version) => ({
  SecretName: secret.name,
  VersionId: version.id,
  VersionStages: { VersionStage: version.stages },
});

export const putSecretValue = operation(
  "PutSecretValue",
  {
    SecretName: secretRef,
    VersionId: versionId,
    SecretData: secretData,
    SecretDataType: secretDataType,
    VersionStages: stageList.default([CURRENT]),
  },
  (input, { secrets }) => {
    const secret = secrets.live(input.SecretName);
    if (!isGeneric(secret)) throw KMS_ASSUMED.genericOnly();
    const known = secret.versions.find((version) => version.id === input.VersionId);
    if (known) {
      if (known.data !== input.SecretData || known.dataType !== input.SecretDataType) throw KMS_ASSUMED.versionTaken();
      return answer(secret, known);
    }
    requireStageQuota(secret, input.VersionStages);
    const version: Version = {
      id: input.VersionId,
      data: input.SecretData,
      dataType: input.SecretDataType,
      createTime: secrets.now,
      stages: [],
    };
    addVersion(secret, version, input.VersionStages);
    secret.updateTime = secrets.now;
    return answer(secret, version);
  },
);
