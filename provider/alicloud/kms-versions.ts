import { createHash, randomUUID } from "node:crypto";
import { CloudError, isKind, mayHaveActed } from "../errors";
import { requireAtHand } from "../values";
import {
  holderOf,
  noVersion,
  unstaged,
  unsure,
  type Version,
  versionState,
  withoutStage,
  withStage,
} from "../versions";
import { type Inputs, type Kms, type State, system } from "./kms-fields";
import { placeOf, versionsOf } from "./kms-state";

/** KMS keeps so many versions of a secret. */
const mostVersions = 10;

export async function putValue(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State>> {
  const { region, SecretName } = placeOf(state);
  const { secretData = "", secretDataType = "text", versionStages = [] } = wanted;
  const versionId = wanted.versionId ?? randomUUID();
  const isCurrent = (wanted.currentVersionId ?? versionId) === versionId;
  const call = `KMS PutSecretValue of secret "${SecretName}"`;
  requireAtHand(call, { secretData });
  if (!isCurrent && versionStages.length === 0) throw unstaged(call);
  const parameters = {
    SecretName,
    VersionId: versionId,
    SecretData: secretData,
    SecretDataType: secretDataType,
    VersionStages:
      versionStages.length > 0 ? JSON.stringify([...(isCurrent ? [system.current] : []), ...versionStages]) : undefined,
  };
  const reply = await kms("PutSecretValue", region, parameters).catch((error: unknown) => {
    if (isKind(error, "exists")) throw versionTaken(SecretName, versionId);
    throw mayHaveActed(error) ? unsure(state.arn, state, error) : error;
  });
  const known: readonly Version[] = state.versions ?? [];
  // KMS takes a value that a version already has for a repeat, and leaves the stages as they are.
  const versions = reply.VersionStages.VersionStage.reduce(
    (all, stage) => withStage(all, stage, versionId, system),
    known,
  );
  return {
    secretData,
    secretDataType,
    versionId,
    ...stateWith(newest(versions), versionId),
    requestId: reply.RequestId,
  };
}

/** Of too many versions the oldest goes, but not the current one. */
function newest(versions: readonly Version[]): Version[] {
  const current = holderOf(versions, system.current);
  const others = versions.filter(({ id }) => id !== current);
  const gone = others.slice(0, Math.max(0, versions.length - mostVersions));
  return versions.filter((version) => !gone.includes(version));
}

function versionTaken(secretName: string, versionId: string): CloudError {
  const message = `KMS PutSecretValue of secret "${secretName}" failed: its version ${versionId} has another value already. Give a versionId that was never used for this secret, or leave it out.`;
  return new CloudError({ kind: "invalid", message });
}

/** Brings the current stage to where it is declared. A version of ours that KMS does not give back is made anew. */
export async function moveCurrent(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State>> {
  const to = wanted.currentVersionId ?? state.versionId ?? "";
  try {
    return await moveStage(kms, state, system.current, to);
  } catch (error) {
    const isNamed = wanted.currentVersionId !== undefined || wanted.versionId !== undefined;
    if (isNamed || !isKind(error, "invalid", "other")) throw error;
    return putValue(kms, state, wanted);
  }
}

export async function moveStage(
  kms: Kms,
  state: State,
  stage: string,
  to = state.versionId ?? "",
): Promise<Partial<State>> {
  const { region, SecretName } = placeOf(state);
  const parameters = { SecretName, VersionStage: stage, MoveToVersion: to };
  const reply = await kms("UpdateSecretVersionStage", region, parameters).catch((error: unknown) => {
    throw isKind(error, "notFound")
      ? noVersion(`KMS UpdateSecretVersionStage of secret "${state.secretName}"`, state.versions, to)
      : error;
  });
  const versions = withStage(state.versions ?? [], stage, to, system);
  return { ...stateWith(versions, state.versionId), requestId: reply.RequestId };
}

export async function removeStage(kms: Kms, state: State, stage: string): Promise<Partial<State>> {
  const { region, SecretName } = placeOf(state);
  const parameters = { SecretName, VersionStage: stage, RemoveFromVersion: state.versionId };
  try {
    const reply = await kms("UpdateSecretVersionStage", region, parameters);
    return { ...stateWith(withoutStage(state.versions ?? [], stage), state.versionId), requestId: reply.RequestId };
  } catch (error) {
    // A stage that is gone by itself, or was taken off in an attempt whose answer was lost, is as declared.
    const versions = isKind(error, "invalid", "notFound", "other")
      ? await versionsOf(kms, region, SecretName)
      : undefined;
    if (!versions || holderOf(versions, stage) === state.versionId) throw error;
    return stateWith(versions, state.versionId);
  }
}

/**
 * Rotates the value. The id of the new version follows from what the rotation starts from, so that one whose answer was
 * lost is not done a second time, also when a refresh shows what it made.
 */
export function rotation(kms: Kms, wanted: Inputs) {
  return async (state: State, keep: (reached: Partial<State>) => void): Promise<Partial<State> | undefined> => {
    const { rotationTrigger } = wanted;
    if (rotationTrigger === undefined || rotationTrigger === state.rotationTrigger) return undefined;
    const { region, SecretName } = placeOf(state);
    const after = (versionId?: string) => {
      const from = [state.arn, versionId, state.rotationTrigger, rotationTrigger];
      return createHash("sha256").update(JSON.stringify(from)).digest("hex").slice(0, 32);
    };
    if (state.versions?.some(({ id }) => after(id) === state.versionId)) return { rotationTrigger };
    const VersionId = after(state.versionId);
    const { RequestId: requestId } = await kms("RotateSecret", region, { SecretName, VersionId });
    keep({
      rotationTrigger,
      versionId: VersionId,
      currentVersionId: VersionId,
      lastRotationDate: undefined,
      nextRotationDate: undefined,
      requestId,
    });
    const versions = (await versionsOf(kms, region, SecretName)) ?? [];
    return { ...stateWith(versions, VersionId), currentVersionId: VersionId };
  };
}

const stateWith = (versions: readonly Version[], own: string | undefined): Partial<State> => ({
  ...versionState(versions, own, system),
  updateTime: undefined,
});
