import { KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import { secretRef, stage, versionId } from "./fields";
import { KMS, parameterErrors } from "./refusals";
import { isGeneric, type Secret, type Version } from "./secret";
import { CURRENT, moveStage, PREVIOUS, removeStage, requireStageQuota } from "./stages";

function versionOf(secret: Secret, id: string): Version {
  const version = secret.versions.find((candidate) => candidate.id === id);
  if (!version) throw KMS.notFound();
  return version;
}

function holding(secret: Secret, id: string, label: string): Version {
  const version = versionOf(secret, id);
  if (version.stages.includes(label)) return version;
  throw parameterErrors.invalid("RemoveFromVersion", "the version does not carry this stage");
}

export const updateSecretVersionStage = operation(
  "UpdateSecretVersionStage",
  {
    SecretName: secretRef,
    VersionStage: stage,
    MoveToVersion: versionId.optional(),
    RemoveFromVersion: versionId.optional(),
  },
  ({ SecretName, VersionStage, MoveToVersion, RemoveFromVersion }, { secrets }) => {
    const secret = secrets.live(SecretName);
    if (!isGeneric(secret)) throw KMS_ASSUMED.genericOnly();
    // system stages can only move
    const mustMove = VersionStage === CURRENT || VersionStage === PREVIOUS || RemoveFromVersion === undefined;
    if (mustMove && MoveToVersion === undefined) throw parameterErrors.missing("MoveToVersion");
    const from = RemoveFromVersion === undefined ? undefined : holding(secret, RemoveFromVersion, VersionStage);
    if (MoveToVersion !== undefined) {
      const to = versionOf(secret, MoveToVersion);
      requireStageQuota(secret, [VersionStage]);
      moveStage(secret, VersionStage, to);
    } else if (from) removeStage(from, VersionStage);
    secret.updateTime = secrets.now;
    return { SecretName: secret.name };
  },
);
