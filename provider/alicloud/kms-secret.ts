import { randomUUID } from "node:crypto";
import { z } from "zod";
import { define, type Observed, type StateOf } from "../definition";
import { deletionInputs, ifFound, otherSecretWaits, unchangeable } from "../deletion";
import { plan } from "../diff";
import { isKind } from "../errors";
import { type InputsOf, input, output } from "../fields";
import { inSteps, isCreatedSince, once, type Step } from "../lifecycle";
import { placeName, tagMap, text } from "../schemas";
import { tagDifference } from "../tags";
import { type RpcCall, rpcClient } from "./client";
import { kmsApi } from "./kms-api";
import { region } from "./settings";

const inputs = {
  secretName: input(
    z
      .string()
      .regex(/^[A-Za-z0-9_/+=.@-]{1,192}$/, "must be 1 to 192 letters, digits or any of _ / + = . @ -")
      .refine(
        (name) => !name.startsWith("acs/"),
        "must not start with acs/, which KMS keeps for secrets that it makes itself",
      ),
    {
      doc: "The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/`. Changing it replaces the secret.",
      onChange: "replace",
      required: true,
      identity: true,
    },
  ),
  secretData: input(text({ minBytes: 1, maxBytes: 30_720 }), {
    doc: "The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. Always encrypted in the state.",
    onChange: "update",
    required: true,
    secret: true,
  }),
  versionId: input(z.string().min(1, "must not be empty").max(64, "must be at most 64 characters"), {
    doc: "The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value.",
    onChange: "update",
    computed: true,
    always: true,
    renewedWith: ["secretData", "secretDataType"],
  }),
  secretDataType: input(z.enum(["text", "binary"]), {
    doc: "What the value is: `text` (the default) or `binary`.",
    onChange: "update",
    default: "text",
  }),
  encryptionKeyId: input(z.string().min(1, "must not be empty"), {
    doc: "The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret.",
    onChange: "replace",
    computed: true,
  }),
  description: input(z.string(), { doc: "What the secret is for.", onChange: "update", default: "" }),
  tags: input(
    tagMap({
      key: /^(?!aliyun|acs:)[A-Za-z0-9/\\_\-.+=:@]{1,128}$/,
      keyRule: "1 to 128 letters, digits or any of / \\ _ - . + = : @, not starting with aliyun or acs:",
      value: /^[A-Za-z0-9/\\_\-.+=:@]{0,128}$/,
      valueRule: "at most 128 letters, digits or any of / \\ _ - . + = : @",
      most: 20,
    }),
    {
      doc: "At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \\ _ - . + = : @`; keys do not start with `aliyun` or `acs:`.",
      onChange: "update",
      default: {},
    },
  ),
  regionId: input(placeName, {
    doc: "The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret.",
    onChange: "replace",
    required: true,
    identity: true,
    setting: region,
  }),
  ...deletionInputs,
} as const;

const outputs = {
  arn: output(z.string(), "The secret's ARN: `acs:kms:<region>:<account>:secret/<secretName>`."),
  versionStages: output(z.array(z.string()), "The stages of the current version, among them `ACSCurrent`."),
  state: output(z.string(), "`ENABLED`: a secret that waits for deletion counts as gone."),
  createTime: output(
    z.string().optional(),
    "When the secret was created (ISO 8601, UTC); known after a refresh, as creating does not answer it.",
  ),
  updateTime: output(z.string().optional(), "When the secret was last changed (ISO 8601, UTC); known after a refresh."),
  plannedDeleteTime: output(
    z.string().optional(),
    "When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives.",
  ),
  requestId: output(
    z.string().optional(),
    "The id of the request that last wrote the secret, for Alibaba Cloud's support.",
  ),
} as const;

type Kms = RpcCall<(typeof kmsApi)["operations"]>;
type Inputs = InputsOf<typeof inputs>;
type State = StateOf<typeof inputs, typeof outputs>;

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
      return inSteps({ id, state }, stepsTo(kms, wanted));
    },
    delete: remove,
  },
);

async function create(kms: Kms, given: Inputs): Promise<Observed<State>> {
  const wanted = { ...given, versionId: given.versionId ?? randomUUID() };
  try {
    return await createOnce(kms, wanted);
  } catch (error) {
    if (isKind(error, "pendingDeletion")) return revive(kms, wanted);
    throw error;
  }
}

type Versioned = Inputs & { readonly versionId: string };

function createOnce(kms: Kms, wanted: Versioned): Promise<Observed<State>> {
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
  const outputs = { arn: reply.Arn, versionStages: ["ACSCurrent"], state: "ENABLED", requestId: reply.RequestId };
  return { id: reply.Arn, state: { ...wanted, ...outputs } };
}

/** The secret of a create whose answer was lost: it is as declared in everything, and was not there before. */
async function findCreated(kms: Kms, wanted: Versioned, started: number): Promise<Observed<State> | undefined> {
  const found = await read(kms, "", wanted);
  if (!found || !isCreatedSince(started, found.state.createTime)) return undefined;
  const state = { ...wanted, ...found.state };
  return plan({ inputs }, state, wanted).changed.length === 0 ? { id: found.id, state } : undefined;
}

/** Brings back a secret whose name waits for deletion; where it can never become what is declared, `force` ends it. */
async function revive(kms: Kms, wanted: Versioned): Promise<Observed<State>> {
  const { secretName, regionId } = wanted;
  const waiting = await kms("DescribeSecret", regionId, { SecretName: secretName });
  const differing = unchangeable(inputs, { secretName, regionId, encryptionKeyId: waiting.EncryptionKeyId }, wanted);
  if (differing.length > 0) {
    if (!wanted.forceDeleteWithoutRecovery)
      throw otherSecretWaits(`KMS CreateSecret of secret "${secretName}"`, "secretName", differing);
    await purge(kms, wanted);
    return createOnce(kms, wanted);
  }
  await restore(kms, wanted);
  const id = waiting.Arn;
  const reread: Step<State> = async () => (await read(kms, id, wanted))?.state;
  // The value is what is declared until it has been read: nothing else is known of it.
  return { id, state: await inSteps({ id, state: { ...wanted, arn: id } }, [reread, ...stepsTo(kms, wanted)], true) };
}

async function read(kms: Kms, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const [, , regionOfArn = "", , resource = ""] = id.split(":");
  const regionId = known.regionId ?? regionOfArn;
  const SecretName = known.secretName ?? resource.replace(/^secret\//, "");
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

/** What to do, each only where it differs, to bring a secret to what is declared. */
function stepsTo(kms: Kms, wanted: Inputs): Step<State>[] {
  const differs = (state: State, ...names: (keyof Inputs)[]) =>
    plan({ inputs }, state, wanted).changed.some((name) => names.includes(name as keyof Inputs));
  return [
    async (state) =>
      differs(state, "secretData", "secretDataType", "versionId") ? putValue(kms, state, wanted) : undefined,
    async (state) => (differs(state, "description") ? describe(kms, wanted) : undefined),
    async (state) => (differs(state, "tags") ? retag(kms, state, wanted) : undefined),
  ];
}

async function putValue(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State>> {
  const { secretName: SecretName, secretData, secretDataType } = wanted;
  const versionId = wanted.versionId ?? randomUUID();
  const parameters = {
    SecretName,
    VersionId: versionId,
    SecretData: secretData,
    SecretDataType: secretDataType ?? "text",
  };
  const reply = await kms("PutSecretValue", wanted.regionId, parameters);
  let versionStages = reply.VersionStages.VersionStage;
  if (!versionStages.includes("ACSCurrent")) {
    // KMS takes a value that a version already has for a repeat, and leaves the stages as they are.
    const move = {
      SecretName,
      VersionStage: "ACSCurrent",
      MoveToVersion: versionId,
      RemoveFromVersion: state.versionId,
    };
    await kms("UpdateSecretVersionStage", wanted.regionId, move);
    versionStages = ["ACSCurrent"];
  }
  return { secretData, secretDataType, versionId, versionStages, updateTime: undefined, requestId: reply.RequestId };
}

async function describe(kms: Kms, { secretName, description, regionId }: Inputs): Promise<Partial<State>> {
  const reply = await kms("UpdateSecret", regionId, { SecretName: secretName, Description: description ?? "" });
  return { description, updateTime: undefined, requestId: reply.RequestId };
}

async function retag(
  kms: Kms,
  state: State,
  { secretName: SecretName, tags, regionId }: Inputs,
): Promise<Partial<State>> {
  const { set, remove } = tagDifference(state.tags, tags);
  let requestId = state.requestId;
  if (remove.length > 0)
    requestId = (await kms("UntagResource", regionId, { SecretName, TagKeys: JSON.stringify(remove) })).RequestId;
  // TagResource takes 10 tags a call.
  for (const part of chunks(Object.entries(set), 10)) {
    requestId = (await kms("TagResource", regionId, { SecretName, Tags: tagList(Object.fromEntries(part)) })).RequestId;
  }
  return { tags, updateTime: undefined, requestId };
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

const tagList = (tags: Record<string, string>) =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}
