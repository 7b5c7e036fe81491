import { randomUUID } from "node:crypto";
import { define, type Observed } from "../definition";
import { otherSecretWaits, unchangeable } from "../deletion";
import { plan } from "../diff";
import { ifFound, isKind } from "../errors";
import { settingError } from "../settings";
import { inSteps, isCreatedSince, once, type Step } from "../steps";
import { rpcClient } from "./client";
import { kmsApi } from "./kms-api";
import { stepsTo, tagList } from "./kms-changes";
import { type Inputs, inputs, type Kms, outputs, type State } from "./kms-fields";

/** A secret of Alibaba Cloud KMS, of type Generic. */
export const aliyunKmsSecret = define(
  {
    name: "AliyunKmsSecret",
    doc: "A secret of Alibaba Cloud KMS (Secrets Manager).",
    id: "The secret's ARN.",
    inputs,
    outputs,
    rules: [],
  },
  {
    connect: (source): Kms => rpcClient(kmsApi, source),
    create,
    read,
    async update(kms, { id, state }, wanted) {
      return inSteps({ id, state }, [readFirst(kms), ...stepsTo(kms, wanted)]);
    },
    delete: remove,
  },
);

async function create(kms: Kms, wanted: Inputs): Promise<Observed<State>> {
  try {
    return await createOnce(kms, wanted);
  } catch (error) {
    if (isKind(error, "pendingDeletion")) return revive(kms, wanted);
    throw error;
  }
}

type Versioned = Inputs & { readonly versionId: string };

function createOnce(kms: Kms, given: Inputs): Promise<Observed<State>> {
  const wanted = { ...given, versionId: given.versionId ?? randomUUID() };
  const started = Date.now();
  return once(
    () => createSecret(kms, wanted),
    () => findCreated(kms, wanted, started),
  );
}

async function createSecret(kms: Kms, wanted: Versioned): Promise<Observed<State>> {
  const reply = await kms("CreateSecret", wanted.regionId, {
    SecretName: wanted.secretName,
    SecretData: wanted.secretData,
    VersionId: wanted.versionId,
    SecretDataType: wanted.secretDataType,
    EncryptionKeyId: wanted.encryptionKeyId,
    Description: wanted.description || undefined,
    Tags: wanted.tags && tagList(wanted.tags),
  });
  // KMS documents that the first version gets ACSCurrent.
  const made = { arn: reply.Arn, versionStages: ["ACSCurrent"], state: "ENABLED", requestId: reply.RequestId };
  return { id: reply.Arn, state: { ...wanted, ...made } };
}

/** The secret of a create whose answer was lost: it is as declared in everything, and was not there before. */
async function findCreated(kms: Kms, wanted: Versioned, started: number): Promise<Observed<State> | undefined> {
  const found = await read(kms, "", wanted);
  if (!found || !isCreatedSince(started, found.state.createTime)) return undefined;
  const state = { ...wanted, ...found.state };
  return plan({ inputs }, state, wanted).changed.length === 0 ? { id: found.id, state } : undefined;
}

/** Brings back a secret whose name waits for deletion; where it can never become what is declared, `force` ends it. */
async function revive(kms: Kms, wanted: Inputs): Promise<Observed<State>> {
  const { secretName, regionId } = wanted;
  const waiting = await kms("DescribeSecret", regionId, { SecretName: secretName });
  const fixed = { secretName, regionId, encryptionKeyId: waiting.EncryptionKeyId, arn: waiting.Arn };
  const differing = unchangeable(inputs, fixed, wanted);
  if (waiting.SecretType !== undefined && waiting.SecretType !== "Generic") differing.push("its type");
  if (differing.length > 0) {
    if (!wanted.forceDeleteWithoutRecovery)
      throw otherSecretWaits(`KMS CreateSecret of secret "${secretName}"`, "secretName", differing);
    await purge(kms, wanted);
    return createOnce(kms, wanted);
  }
  await restore(kms, wanted);
  const restored = { id: waiting.Arn, state: fixed as State };
  return { id: waiting.Arn, state: await inSteps(restored, [readFirst(kms), ...stepsTo(kms, wanted)], true) };
}

/** Of a secret whose restoring broke off, only what cannot change is known. */
function readFirst(kms: Kms): Step<State> {
  return async (state) =>
    state.versionId === undefined ? (await read(kms, state.arn ?? "", state))?.state : undefined;
}

async function read(kms: Kms, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const [, , regionOfArn, , resource] = id.split(":");
  const regionId = known.regionId ?? regionOfArn;
  const SecretName = known.secretName ?? resource?.replace(/^secret\//, "");
  if (!regionId || !SecretName)
    throw settingError(
      `"${id}" is no ARN of a KMS secret; it has to be acs:kms:<region>:<account>:secret/<secretName>`,
    );
  const secret = await ifFound(kms("DescribeSecret", regionId, { SecretName, FetchTags: "true" }));
  if (!secret || secret.PlannedDeleteTime) return undefined;
  const value = await ifFound(kms("GetSecretValue", regionId, { SecretName, VersionStage: "ACSCurrent" }));
  if (!value) return undefined;
  const tags = (secret.Tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue] as const);
  const state: State = {
    secretName: SecretName,
    secretData: value.SecretData,
    versionId: value.VersionId,
    secretDataType: value.SecretDataType,
    encryptionKeyId: secret.EncryptionKeyId,
    description: secret.Description,
    tags: Object.fromEntries(tags),
    regionId,
    arn: secret.Arn,
    versionStages: value.VersionStages.VersionStage,
    state: "ENABLED",
    createTime: secret.CreateTime,
    updateTime: secret.UpdateTime,
    requestId: known.requestId,
  };
  return { id: secret.Arn, state };
}

async function remove(kms: Kms, { state }: Observed<State>): Promise<void> {
  const how = state.forceDeleteWithoutRecovery
    ? { ForceDeleteWithoutRecovery: "true" }
    : { RecoveryWindowInDays: String(state.recoveryWindowInDays ?? inputs.recoveryWindowInDays.default) };
  try {
    await ifFound(kms("DeleteSecret", state.regionId, { SecretName: state.secretName, ...how }));
  } catch (error) {
    if (!isKind(error, "pendingDeletion")) throw error;
    if (state.forceDeleteWithoutRecovery) await purge(kms, state);
  }
}

/** Ends a secret that waits for deletion; restoring it first works whether or not KMS takes a forced deletion of such a one. */
async function purge(kms: Kms, of: Pick<State, "secretName" | "regionId">): Promise<void> {
  await restore(kms, of);
  await ifFound(kms("DeleteSecret", of.regionId, { SecretName: of.secretName, ForceDeleteWithoutRecovery: "true" }));
}

async function restore(kms: Kms, of: Pick<State, "secretName" | "regionId">): Promise<void> {
  try {
    await kms("RestoreSecret", of.regionId, { SecretName: of.secretName });
  } catch (error) {
    if (!isKind(error, "notPending")) throw error;
  }
}
