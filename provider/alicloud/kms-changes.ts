import { plan } from "../diff";
import { CloudError } from "../errors";
import { jsonText } from "../schemas";
import type { Step } from "../steps";
import { type Tags, tagDifference } from "../tags";
import { bringStages, dropStages } from "../versions";
import { type Inputs, inputs, type Kms, type State } from "./kms-fields";
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
    dropStages(wanted.versionStages, (state, stage) => removeStage(kms, state, stage)),
    where(putValue, "secretData", "secretDataType", "versionId"),
    where(moveCurrent, "currentVersionId"),
    bringStages(wanted.versionStages, (state, stage) => moveStage(kms, state, stage)),
    where(describe, "description"),
    where(setCustomData, "extendedConfig"),
    where(setPolicy, "policy"),
    where(setRotation, "automaticRotation", "rotationInterval"),
    (state) => untag(kms, state, wanted),
    (state, keep) => tag(kms, state, wanted, keep),
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

async function untag(kms: Kms, state: State, wanted: Inputs): Promise<Partial<State> | undefined> {
  const { remove, rest } = tagDifference(state.tags, wanted.tags);
  if (remove.length === 0) return undefined;
  const { region, SecretName } = placeOf(state);
  const { RequestId: requestId } = await kms("UntagResource", region, { SecretName, TagKeys: JSON.stringify(remove) });
  return { tags: rest, updateTime: undefined, requestId };
}

/** TagResource takes so many tags a call. */
const tagsPerCall = 10;

async function tag(
  kms: Kms,
  state: State,
  wanted: Inputs,
  keep: (reached: Partial<State>) => void,
): Promise<undefined> {
  const { region, SecretName } = placeOf(state);
  const set = Object.entries(tagDifference(state.tags, wanted.tags).set);
  let tags: Tags = state.tags ?? {};
  for (let from = 0; from < set.length; from += tagsPerCall) {
    const part = Object.fromEntries(set.slice(from, from + tagsPerCall));
    const { RequestId: requestId } = await kms("TagResource", region, { SecretName, Tags: tagList(part) });
    tags = { ...tags, ...part };
    keep({ tags, updateTime: undefined, requestId });
  }
}

export const tagList = (tags: Tags) =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })));
