import { randomUUID } from "node:crypto";
import { nameTaken, requireAdoptable } from "../adoption";
import { type Attempt, define, type Observed } from "../definition";
import { bringBack, otherSecretWaits, pending } from "../deletion";
import { plan, unchangeable } from "../diff";
import { CloudError, ifFound, isKind } from "../errors";
import { oursFirst } from "../ours";
import { jsonText } from "../schemas";
import { createOnce, inSteps, isCreatedIn, type Step } from "../steps";
import { unlistedVersion } from "../versions";
import { rpcClient } from "./client";
import { kmsApi } from "./kms-api";
import { stepsTo, tagList } from "./kms-changes";
import { changeRules, type Inputs, inputs, type Kms, outputs, rules, type State, system } from "./kms-fields";
import { metadata, placeOf, read, requireOurs, versionsOf } from "./kms-state";
import { madeByKms, toWire } from "./kms-types";

/** A secret of Alibaba Cloud KMS. */
export const aliyunKmsSecret = define(
  {
    name: "AliyunKmsSecret",
    doc: "A secret of Alibaba Cloud KMS (Secrets Manager).",
    id: "The secret's ARN.",
    inputs,
    outputs,
    rules,
    changeRules,
    warnings: unlistedVersion,
  },
  {
    connect: (source): Kms => rpcClient(kmsApi, source),
    create,
    find,
    read,
    confirm: findCreated,
    async update(kms, { id, state, isDoubtful = false }, wanted) {
      const ours = oursFirst<State>({ inputs }, wanted, isDoubtful, (known) => requireOurs(kms, id, known));
      const steps = [ours, broughtBack(kms), readFirst(kms, wanted, isDoubtful), ...stepsTo(kms, wanted)];
      return inSteps({ id, state }, steps);
    },
    delete: remove,
  },
);

async function create(kms: Kms, wanted: Inputs): Promise<Observed<State>> {
  try {
    return await make(kms, wanted);
  } catch (error) {
    if (isKind(error, "pendingDeletion")) return revive(kms, wanted);
    if (isKind(error, "exists") && wanted.adoptExisting) return adopt(kms, wanted, error);
    throw error;
  }
}

type Versioned = Inputs & { readonly versionId: string };

async function make(kms: Kms, given: Inputs): Promise<Observed<State>> {
  const wanted = { ...given, versionId: given.versionId ?? randomUUID() };
  if (namesOther(wanted)) await requireThere(kms, wanted);
  const made = await createOnce(
    { name: nameOf(wanted), state: wanted, proof: given.versionId === undefined ? wanted.versionId : undefined },
    () => createSecret(kms, wanted),
    (attempt) => findCreated(kms, wanted, attempt),
  );
  return { id: made.id, state: await inSteps(made, stepsTo(kms, wanted), true) };
}

const namesOther = ({ currentVersionId, versionId }: Inputs) =>
  currentVersionId !== undefined && currentVersionId !== versionId;

/** Only a secret that is there already, or waits for deletion, can have another version than the first. */
async function requireThere(kms: Kms, wanted: Versioned): Promise<void> {
  const SecretName = nameOf(wanted);
  if (!(await ifFound(kms("DescribeSecret", wanted.regionId, { SecretName })))) throw noOtherVersion(SecretName);
}

function noOtherVersion(secretName: string): CloudError {
  const message = `KMS CreateSecret of secret "${secretName}" failed: currentVersionId names a version that a new secret does not have. Leave it out.`;
  return new CloudError({ kind: "invalid", message });
}

/** KMS names RAM credentials after their user. */
function nameOf({ secretName, extendedConfig }: Inputs): string {
  return secretName ?? `acs/ram/user/${(extendedConfig as { userName?: string } | undefined)?.userName}`;
}

async function createSecret(kms: Kms, wanted: Versioned): Promise<Observed<State>> {
  const { extendedConfig, policy, automaticRotation } = wanted;
  const reply = await kms("CreateSecret", wanted.regionId, {
    SecretName: wanted.secretName ?? madeByKms,
    SecretData: wanted.secretData ?? madeByKms,
    VersionId: wanted.versionId,
    SecretDataType: wanted.secretDataType,
    SecretType: wanted.secretType,
    ExtendedConfig: extendedConfig && toWire(extendedConfig),
    EnableAutomaticRotation: automaticRotation === undefined ? undefined : String(automaticRotation),
    RotationInterval: automaticRotation ? wanted.rotationInterval : undefined,
    EncryptionKeyId: wanted.encryptionKeyId,
    DKMSInstanceId: wanted.dkmsInstanceId,
    Policy: policy === undefined ? undefined : jsonText(policy),
    Description: wanted.description || undefined,
    Tags: wanted.tags && tagList(wanted.tags),
  });
  // KMS documents that the first version gets ACSCurrent.
  const made = {
    secretName: reply.SecretName,
    secretData: wanted.secretData ?? madeByKms,
    arn: reply.Arn,
    versions: [{ id: wanted.versionId, stages: [system.current] }],
    versionStages: [],
    currentVersionId: wanted.versionId,
    nextRotationDate: reply.NextRotationDate || undefined,
    state: "ENABLED",
    requestId: reply.RequestId,
  };
  return { id: reply.Arn, state: { ...wanted, ...made } };
}

/** The secret of a create whose answer was lost: it has the version made for it, or is as declared in all that creating sets, and was not there before. */
async function findCreated(kms: Kms, wanted: Inputs, attempt: Attempt): Promise<Observed<State> | undefined> {
  const found = await find(kms, wanted);
  if (!found) return undefined;
  const state = { ...wanted, ...found.state };
  const isOurs = attempt.proof
    ? found.state.versions?.some(({ id }) => id === attempt.proof)
    : isCreatedIn(attempt, state.createTime) &&
      state.versionId === wanted.versionId &&
      plan({ inputs }, state, { ...wanted, versionStages: [] }).changed.length === 0;
  if (!isOurs) throw taken(nameOf(wanted));
  return { id: found.id, state };
}

const taken = (secretName: string) =>
  nameTaken(`KMS CreateSecret of secret "${secretName}"`, "a secret of this name is there already");

/** What lives under the declared name, its value that of the declared version where it has that. */
async function find(kms: Kms, wanted: Inputs): Promise<Observed<State> | undefined> {
  const secretName = nameOf(wanted);
  const versionId = await declaredVersion(kms, { ...wanted, secretName });
  // With an ARN it is no lookup, which would show a policy that nobody declared.
  return read(kms, "", { ...wanted, secretName, versionId, arn: "" });
}

/** The version of the declared value in a secret that is there; while it is to be rolled back, that is not the current one. */
async function declaredVersion(kms: Kms, wanted: Inputs): Promise<string | undefined> {
  const { versionId, currentVersionId, secretData } = wanted;
  if (versionId !== undefined || currentVersionId === undefined || secretData === undefined) return versionId;
  const { region, SecretName } = placeOf(wanted);
  for (const { id } of (await versionsOf(kms, region, SecretName))?.toReversed() ?? []) {
    const value = await ifFound(kms("GetSecretValue", region, { SecretName, VersionId: id }));
    const isSame = value?.SecretData === secretData;
    if (isSame && (value?.SecretDataType ?? "text") === (wanted.secretDataType ?? "text")) return id;
  }
  return undefined;
}

/** Takes over what has the name, and brings it to what is declared. */
async function adopt(kms: Kms, wanted: Inputs, refusal: CloudError): Promise<Observed<State>> {
  const found = await find(kms, wanted);
  if (!found) throw refusal;
  requireAdoptable({ inputs, changeRules }, found.id, found.state, wanted);
  const existing = { ...found, existed: true } as const;
  return { ...existing, state: await inSteps(existing, stepsTo(kms, wanted)) };
}

/** Brings back a secret whose name waits for deletion; where it can never become what is declared, `force` ends it. */
async function revive(kms: Kms, wanted: Inputs): Promise<Observed<State>> {
  const SecretName = nameOf(wanted);
  const waiting = await kms("DescribeSecret", wanted.regionId, { SecretName });
  const { secretName, secretType, extendedConfig, encryptionKeyId, dkmsInstanceId, arn } = metadata(waiting, wanted);
  const fixed = { secretName, secretType, extendedConfig, encryptionKeyId, dkmsInstanceId, regionId: wanted.regionId };
  const { secretData, policy, rotationTrigger } = wanted;
  const state = { ...fixed, arn, state: pending, secretData, policy, rotationTrigger } as State;
  const found = { id: arn, state, existed: true } as const;
  const differing = unchangeable({ inputs }, { ...wanted, ...fixed }, wanted);
  if (differing.length > 0) {
    if (!wanted.forceDeleteWithoutRecovery)
      throw otherSecretWaits(`KMS CreateSecret of secret "${SecretName}"`, "secretName", differing);
    if (namesOther(wanted)) throw noOtherVersion(SecretName);
    await inSteps(found, [broughtBack(kms), (restored) => end(kms, restored)]);
    return make(kms, wanted);
  }
  const steps = [broughtBack(kms), readFirst(kms, wanted), ...stepsTo(kms, wanted)];
  return { ...found, state: await inSteps(found, steps) };
}

const broughtBack = (kms: Kms): Step<State> =>
  bringBack(
    ({ arn }) => arn,
    (state) => restore(kms, state),
  );

/** A secret whose restoring broke off, or of which nobody knows whether it has the new value or another change, is looked at. */
function readFirst(kms: Kms, wanted: Inputs, isDoubtful = false): Step<State> {
  return async (state) => {
    if (state.versionId !== undefined && !isDoubtful) return undefined;
    const versionId = state.versionId ?? (await declaredVersion(kms, { ...wanted, secretName: state.secretName }));
    return (await read(kms, state.arn ?? "", { ...state, versionId }))?.state;
  };
}

/** Deletion goes by the name, so the ARN tells first whether the secret is ours. */
async function remove(kms: Kms, { id, state }: Observed<State>): Promise<void> {
  const { region, SecretName } = placeOf(state);
  const found = await ifFound(kms("DescribeSecret", region, { SecretName }));
  if (found?.Arn !== id) return;
  const how = state.forceDeleteWithoutRecovery
    ? { ForceDeleteWithoutRecovery: "true" }
    : { RecoveryWindowInDays: String(state.recoveryWindowInDays ?? inputs.recoveryWindowInDays.default) };
  try {
    await ifFound(kms("DeleteSecret", region, { SecretName, ...how }));
  } catch (error) {
    if (!isKind(error, "pendingDeletion")) throw error;
    if (state.forceDeleteWithoutRecovery) await purge(kms, state);
  }
}

/** Ends a secret that waits for deletion; restoring it first works whether or not KMS takes a forced deletion of such a one. */
async function purge(kms: Kms, of: Partial<State>): Promise<void> {
  await restore(kms, of);
  await end(kms, of);
}

async function end(kms: Kms, of: Partial<State>): Promise<undefined> {
  const { region, SecretName } = placeOf(of);
  await ifFound(kms("DeleteSecret", region, { SecretName, ForceDeleteWithoutRecovery: "true" }));
}

async function restore(kms: Kms, of: Partial<State>): Promise<void> {
  const { region, SecretName } = placeOf(of);
  try {
    await kms("RestoreSecret", region, { SecretName });
  } catch (error) {
    if (!isKind(error, "notPending")) throw error;
  }
}
