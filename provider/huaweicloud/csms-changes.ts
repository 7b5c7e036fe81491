import { plan } from "../diff";
import { once, type Step } from "../steps";
import { tagDifference } from "../tags";
import { inputs } from "./csms-fields";
import { type Csms, hasValue, type Inputs, metadata, type Place, type State } from "./csms-state";

/** What to do, each only where it differs, to bring a secret to what is declared. A new key comes before the version it encrypts. */
export function stepsTo(csms: Csms, place: Place, wanted: Inputs): Step<State>[] {
  return [sync(csms, place, wanted), putValue(csms, place, wanted), ...tagSteps(csms, place, wanted)];
}

const differing = (state: State, wanted: Inputs, ...names: (keyof Inputs)[]) =>
  plan({ inputs }, state, wanted).changed.filter((name) => names.includes(name as keyof Inputs));

function sync(csms: Csms, place: Place, wanted: Inputs): Step<State> {
  return async (state) => {
    const rotation = differing(state, wanted, "autoRotation", "rotationPeriod", "rotationFuncUrn").length > 0;
    const others = differing(state, wanted, "kmsKeyId", "description", "eventSubscriptions");
    if (!rotation && others.length === 0) return undefined;
    const body = {
      ...(others.includes("kmsKeyId") && { kms_key_id: wanted.kmsKeyId }),
      ...(others.includes("description") && { description: wanted.description ?? "" }),
      ...(others.includes("eventSubscriptions") && { event_subscriptions: wanted.eventSubscriptions ?? [] }),
      ...(rotation && {
        auto_rotation: wanted.autoRotation ?? false,
        rotation_period: wanted.rotationPeriod,
        rotation_func_urn: wanted.rotationFuncUrn,
      }),
    };
    const { secret } = await csms("UpdateSecret", { ...place, body });
    return metadata(secret, place);
  };
}

function putValue(csms: Csms, place: Place, wanted: Inputs): Step<State> {
  return async (state) => {
    if (differing(state, wanted, "secretString", "secretBinary").length === 0) return undefined;
    const { secretString, secretBinary } = wanted;
    const version = await once(
      async () =>
        (
          await csms("CreateSecretVersion", {
            ...place,
            body: { secret_string: secretString, secret_binary: secretBinary },
          })
        ).version_metadata,
      () => findVersion(csms, place, state, wanted),
    );
    return {
      secretString,
      secretBinary,
      versionId: version.id,
      versionStages: version.version_stages ?? ["SYSCURRENT"],
      updateTime: undefined,
    };
  };
}

/** The version of a call whose answer was lost: the current one by now, and not the one we knew, with our value. */
async function findVersion(csms: Csms, place: Place, state: State, wanted: Inputs) {
  const { version } = await csms("ShowSecretVersion", { ...place, path: { ...place.path, version_id: "latest" } });
  const { id, version_stages: stages } = version.version_metadata;
  const isOurs = id !== state.versionId && stages?.includes("SYSCURRENT") && hasValue(version, wanted);
  return isOurs ? version.version_metadata : undefined;
}

export function tagSteps(csms: Csms, place: Place, wanted: Inputs): Step<State>[] {
  const act = ({ secretId = "" }: State, action: string, tags: { key: string; value?: string }[]) =>
    csms("BatchCreateOrDeleteTags", {
      ...place,
      path: { ...place.path, secret_id: secretId },
      body: { action, tags },
    });
  return [
    async (state) => {
      const { remove, rest } = tagDifference(state.tags, wanted.tags);
      if (remove.length === 0) return undefined;
      await act(
        state,
        "delete",
        remove.map((key) => ({ key })),
      );
      return { tags: rest };
    },
    async (state) => {
      const set = Object.entries(tagDifference(state.tags, wanted.tags).set);
      if (set.length === 0) return undefined;
      await act(
        state,
        "create",
        set.map(([key, value]) => ({ key, value })),
      );
      return { tags: wanted.tags };
    },
  ];
}
