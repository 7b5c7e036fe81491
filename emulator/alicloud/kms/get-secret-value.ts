import { KMS_ASSUMED } from "../assumptions";
import { flag } from "../parameters";
import type { Answer } from "../reply";
import { operation } from "./context";
import { secretRef, stage, versionId } from "./fields";
import { KMS, parameterErrors } from "./refusals";
import { configText, isGeneric, rotationAnswer, type Secret, timestamp, type Version } from "./secret";
import { CURRENT, PREVIOUS } from "./stages";
import type { SecretStore } from "./store";

/** The parameters that choose a value, shared with BatchGetSecretValue. */
export const valueSelection = {
  SecretName: secretRef,
  VersionId: versionId.optional(),
  VersionStage: stage.optional(),
};

interface Selection {
  readonly SecretName: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
  readonly FetchExtendedConfig: boolean;
}

function select(secret: Secret, { VersionId, VersionStage }: Selection): Version {
  // types that rotate ignore VersionId and show only their two system stages
  const id = isGeneric(secret) ? VersionId : undefined;
  const label = VersionStage ?? (id === undefined ? CURRENT : undefined);
  if (!isGeneric(secret) && label !== CURRENT && label !== PREVIOUS) {
    throw parameterErrors.invalid("VersionStage", `must be ${CURRENT} or ${PREVIOUS}`);
  }
  const version = secret.versions.find(
    (candidate) =>
      (id === undefined || candidate.id === id) && (label === undefined || candidate.stages.includes(label)),
  );
  if (!version) throw KMS.notFound();
  return version;
}

/** The answer of GetSecretValue without its request id. */
export function secretValue(secrets: SecretStore, selection: Selection): Answer {
  const secret = secrets.live(selection.SecretName);
  const version = select(secret, selection);
  return {
    SecretName: secret.name,
    SecretType: secret.type,
    VersionId: version.id,
    SecretData: version.data,
    SecretDataType: version.dataType,
    VersionStages: { VersionStage: version.stages },
    CreateTime: timestamp(version.createTime),
    ExtendedConfig: selection.FetchExtendedConfig ? configText(secret) : undefined,
    ...rotationAnswer(secret),
  };
}

export const getSecretValue = operation(
  "GetSecretValue",
  { ...valueSelection, FetchExtendedConfig: flag.default(false), DryRun: flag.default(false) },
  (input, { secrets }) => {
    const value = secretValue(secrets, input);
    if (input.DryRun) throw KMS_ASSUMED.dryRun();
    return value;
  },
);
