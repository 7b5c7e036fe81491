import { randomUUID } from "node:crypto";
import { plan } from "../diff";
import { CloudError, isKind } from "../errors";
import type { Step } from "../steps";
import { type Tags, tagDifference } from "../tags";
import { type Inputs, inputs, type Kms, type State } from "./kms-fields";

/** What to do, each only where it differs, to bring a secret to what is declared. */
export function stepsTo(kms: Kms, wanted: Inputs): Step<State>[] {
  const differs = (state: State, ...names: (keyof Inputs)[]) =>
    plan({ inputs }, state, wanted).changed.some((name) => names.includes(name as keyof Inputs));
  return [
    async (state) => (differs(state, "secretData", "secretDataType", "versionId") ? putValue(kms, wanted) : undefined),
    async (state) => (differs(state, "description") ? describe(kms, wanted) : undefined),
    (state) => untag(kms, state, wanted),
    (state) => tag(kms, state, wanted),
  ];
}

async function putValue(kms: Kms, wanted: Inputs): Promise<Partial<State>> {
  const { secretName: SecretName, secretData, secretDataType } = wanted;
  const versionId = wanted.versionId ?? randomUUID();
  const parameters = {
    SecretName,
    VersionId: versionId,
    SecretData: secretData,
    SecretDataType: secretDataType ?? "text",
  };
  const reply = await kms("PutSecretValue", wanted.regionId, parameters).catch((error: unknown) => {
    throw isKind(error, "exists") ? versionTaken(wanted) : error;
  });
  let versionStages = reply.VersionStages.VersionStage;
  if (!versionStages.includes("ACSCurrent")) {
    // KMS takes a value that a version already has for a repeat, and leaves the stages as they are.
    const move = { SecretName, VersionStage: "ACSCurrent", MoveToVersion: versionId };
    await kms("UpdateSecretVersionStage", wanted.regionId, move);
    versionStages = ["ACSCurrent"];
  }
  return { secretData, secretDataType, versionId, versionStages, updateTime: undefined, requestId: reply.RequestId };
}

function versionTaken({ secretName, versionId }: Inputs): CloudError {
  const message = `KMS PutSecretValue of secret "${secretName}" failed: its version ${versionId} has another value already. Give a versionId that was never used for this secret, or leave it out.`;
  return new CloudError({ kind: "invalid", message });
}

async function describe(kms: Kms, { secretName, description, regionId }: Inputs): Promise<Partial<State>> {
  const reply = await kms("UpdateSecret", regionId, { SecretName: secretName, Description: description ?? "" });
  return { description, updateTime: undefined, requestId: reply.RequestId };
}

async function untag(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State> | undefined> {
  const { remove, rest } = tagDifference(state.tags, wanted.tags);
  if (remove.length === 0) return undefined;
  const parameters = { SecretName: wanted.secretName, TagKeys: JSON.stringify(remove) };
  const { RequestId: requestId } = await kms("UntagResource", wanted.regionId, parameters);
  return { tags: rest, updateTime: undefined, requestId };
}

async function tag(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State> | undefined> {
  const set = Object.entries(tagDifference(state.tags, wanted.tags).set);
  if (set.length === 0) return undefined;
  let requestId: string | undefined;
  // TagResource takes 10 tags a call.
  for (let from = 0; from < set.length; from += 10) {
    const parameters = { SecretName: wanted.secretName, Tags: tagList(Object.fromEntries(set.slice(from, from + 10))) };
    requestId = (await kms("TagResource", wanted.regionId, parameters)).RequestId;
  }
  return { tags: wanted.tags, updateTime: undefined, requestId };
}

export const tagList = (tags: Tags) =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));
