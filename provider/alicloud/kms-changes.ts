import { plan } from "../diff";
import { CloudError } from "../errors";
import { jsonText } from "../schemas";
import type { Step } from "../steps";
import { type Tags, tagDifference } from "../tags";
import { bringStages, dropStages } from "../versions";
import { type Inputs, inputs, type Kms, type State, system } from "./kms-fields";
import { placeOf } from "./kms-state";
import { moveCurrent, moveStage, putValue, removeStage, rotation } from "./kms-versions";

type Act = (kms: Kms, state: State, wanted: Inputs) => Promise<Partial<State>>;

/** What to do, each only where it differs, to bring a secret to what is declared. */
export function stepsTo(kms: Kms, wanted: Inputs): Step<State>[] {
  const where =
    (act: Act, ...names: (keyof Inputs)[]): Step<State> =>
    async (state) => {
      const { changed } = plan({ inputs }, state, wanted);
      return changed.some((name) => names.includes(name as keyof Inputs)) ? act(kms, state, wanted) : undefined;
    };
  return [
    dropStages(wanted.versionStages, system, (state, stage) => removeStage(kms, state, stage)),
    where(putValue, "secretData", "secretDataType", "versionId"),
    where(moveCurrent, "currentVersionId"),
    bringStages(wanted.versionStages, (state, stage) => moveStage(kms, state, stage)),
    where(describe, "description"),
    where(setCustomData, "extendedConfig"),
    where(setPolicy, "policy"),
    where(setRotation, "automaticRotation", "rotationInterval"),
    untag(kms, wanted),
    tag(kms, wanted),
    rotation(kms, wanted),
  ];
}

const describe: Act = async (kms, state, { description = "" }) => {
  const { region, SecretName } = placeOf(state);
  const { RequestId: requestId } = await kms("UpdateSecret", region, { SecretName, Description: description });
  // It is not documented that an empty description clears one.
  if (description === "" && (await kms("DescribeSecret", region, { SecretName })).Description)
    throw notCleared(SecretName);
  return { description, updateTime: undefined, requestId };
};

function notCleared(secretName: string): CloudError {
  const message = `KMS UpdateSecret of secret "${secretName}" failed: KMS kept the description instead of clearing it. Give another description.`;
  return new CloudError({ kind: "other", message });
}

const setCustomData: Act = async (kms, state, { extendedConfig }) => {
  const { region, SecretName } = placeOf(state);
  const customData = JSON.stringify(extendedConfig?.customData ?? {});
  const parameters = { SecretName, "ExtendedConfig.CustomData": customData };
  const { RequestId: requestId } = await kms("UpdateSecret", region, parameters);
  return { extendedConfig, updateTime: undefined, requestId };
};

const setPolicy: Act = async (kms, state, { policy }) => {
  const { region, SecretName } = placeOf(state);
  const Policy = jsonText(policy ?? defaultPolicy(state.arn));
  const { RequestId: requestId } = await kms("SetSecretPolicy", region, { SecretName, PolicyName: "default", Policy });
  return { policy, updateTime: undefined, requestId };
};

/** No call takes a policy away, so what KMS documents to be there without one is set. */
function defaultPolicy(arn = ""): object {
  const [, , , account] = arn.split(":");
  const statement = {
    Sid: "kms default secret policy",
    Effect: "Allow",
    Principal: { RAM: [`acs:ram::${account}:*`] },
    Action: ["kms:*"],
    Resource: ["*"],
  };
  return { Version: "1", Statement: [statement] };
}

const setRotation: Act = async (kms, state, { automaticRotation = false, rotationInterval }) => {
  const { region, SecretName } = placeOf(state);
  const { RequestId: requestId } = await kms("UpdateSecretRotationPolicy", region, {
    SecretName,
    EnableAutomaticRotation: String(automaticRotation),
    RotationInterval: automaticRotation ? rotationInterval : undefined,
  });
  return { automaticRotation, rotationInterval, nextRotationDate: undefined, updateTime: undefined, requestId };
};

/** TagResource takes so many tags a call; of UntagResource it is not documented. */
const tagsPerCall = 10;

function inParts<T>(all: readonly T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(all.length / tagsPerCall) }, (_, n) => n * tagsPerCall);
  return starts.map((from) => all.slice(from, from + tagsPerCall));
}

function untag(kms: Kms, wanted: Inputs): Step<State> {
  return async (state, keep) => {
    const { region, SecretName } = placeOf(state);
    let tags: Tags = state.tags ?? {};
    for (const keys of inParts(tagDifference(tags, wanted.tags).remove)) {
      const { RequestId } = await kms("UntagResource", region, { SecretName, TagKeys: JSON.stringify(keys) });
      tags = Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
      keep({ tags, updateTime: undefined, requestId: RequestId });
    }
    return undefined;
  };
}

function tag(kms: Kms, wanted: Inputs): Step<State> {
  return async (state, keep) => {
    const { region, SecretName } = placeOf(state);
    let tags: Tags = state.tags ?? {};
    for (const part of inParts(Object.entries(tagDifference(tags, wanted.tags).set))) {
      const added = Object.fromEntries(part);
      const { RequestId } = await kms("TagResource", region, { SecretName, Tags: tagList(added) });
      tags = { ...tags, ...added };
      keep({ tags, updateTime: undefined, requestId: RequestId });
    }
    return undefined;
  };
}

export const tagList = (tags: Tags) =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));
