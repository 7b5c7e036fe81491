import { plan } from "../diff";
import { CloudError, ifFound } from "../errors";
import { waitFor } from "../retry";
import type { Step } from "../steps";
import { tagDifference } from "../tags";
import { bringStages, dropStages } from "../versions";
import type { Client, Csms } from "./csms-client";
import { inputs } from "./csms-fields";
import { replicas } from "./csms-replicas";
import { system } from "./csms-schemas";
import { type Inputs, type Keep, metadata, placeOf, type State } from "./csms-state";
import { moveCurrent, moveStage, putValue, removeStage, rotation, setExpiry } from "./csms-versions";

type Act = (csms: Csms, state: State, wanted: Inputs, keep: Keep) => Promise<Partial<State>>;

/** What to do, each only where it differs, to bring a secret to what is declared. A new key comes before the version it encrypts. */
export function stepsTo({ csms, eps }: Client, wanted: Inputs): Step<State>[] {
  const where =
    (act: Act, ...names: (keyof Inputs)[]): Step<State> =>
    async (state, keep) =>
      differing(state, wanted, ...names).length > 0 ? act(csms, state, wanted, keep) : undefined;
  return [
    where(sync, ...updated, ...rotationFields),
    dropStages(wanted.versionStages, system, (state, stage) => removeStage(csms, state, stage)),
    where(putValue, "secretString", "secretBinary"),
    where(setExpiry, "expireTime"),
    where(moveCurrent, "currentVersionId"),
    bringStages(wanted.versionStages, (state, stage) => moveStage(csms, state, stage)),
    ...tagSteps(csms, wanted),
    where((_, state) => moveProject({ csms, eps }, state, wanted), "enterpriseProjectId"),
    where(replicas, "replicaRegions"),
    rotation(csms, wanted),
  ];
}

const updated = ["kmsKeyId", "description", "eventSubscriptions"] as const;
const rotationFields = ["autoRotation", "rotationPeriod", "rotationFuncUrn"] as const;

const differing = (state: State, wanted: Inputs, ...names: readonly (keyof Inputs)[]) =>
  plan({ inputs }, state, wanted).changed.filter((name) => names.includes(name as keyof Inputs));

const sync: Act = async (csms, state, wanted) => {
  const rotates = differing(state, wanted, ...rotationFields).length > 0;
  const others = differing(state, wanted, ...updated);
  const body = {
    ...(others.includes("kmsKeyId") && { kms_key_id: wanted.kmsKeyId }),
    ...(others.includes("description") && { description: wanted.description ?? "" }),
    ...(others.includes("eventSubscriptions") && { event_subscriptions: wanted.eventSubscriptions ?? [] }),
    ...(rotates && {
      auto_rotation: wanted.autoRotation ?? false,
      rotation_period: wanted.rotationPeriod,
      rotation_func_urn: wanted.rotationFuncUrn,
    }),
  };
  const place = placeOf(state);
  const { secret } = await csms("UpdateSecret", { ...place, body });
  return metadata(secret, place, state);
};

function tagSteps(csms: Csms, wanted: Inputs): Step<State>[] {
  const act = (state: State, action: string, tags: { key: string; value?: string }[]) => {
    const { path, ...place } = placeOf(state);
    const request = { ...place, path: { ...path, secret_id: state.secretId ?? "" }, body: { action, tags } };
    return csms("BatchCreateOrDeleteTags", request);
  };
  return [
    async (state) => {
      const { remove, rest } = tagDifference(state.tags, wanted.tags);
      if (remove.length === 0) return undefined;
      const tags = remove.map((key) => ({ key }));
      await act(state, "delete", tags);
      return { tags: rest };
    },
    async (state) => {
      const { set } = tagDifference(state.tags, wanted.tags);
      if (Object.keys(set).length === 0) return undefined;
      const tags = Object.entries(set).map(([key, value]) => ({ key, value }));
      await act(state, "create", tags);
      return { tags: wanted.tags };
    },
  ];
}

const longestMoveMs = 90_000;

/** CSMS itself cannot move a secret between enterprise projects. EPS answers before it is done. */
async function moveProject({ csms, eps }: Pick<Client, "csms" | "eps">, state: State, wanted: Inputs) {
  const place = placeOf(state);
  const target = wanted.enterpriseProjectId ?? inputs.enterpriseProjectId.default;
  const to = {
    region: place.region,
    domainId: state.domainId,
    path: { ...place.path, enterprise_project_id: target },
  };
  const { projectId, region } = place;
  const resource = { resource_id: state.secretId, resource_type: "csms", project_id: projectId, region_id: region };
  await eps("MigrateResource", { ...to, body: resource });
  const isThere = await waitFor(async () => {
    const { secret } = await csms("ShowSecret", place);
    return secret.enterprise_project_id === target ? target : undefined;
  }, longestMoveMs);
  if (!isThere && !(await isListed())) throw notMoved(state, target);
  return { enterpriseProjectId: target, updateTime: undefined };

  /** What CSMS shows may be behind for long. */
  async function isListed(): Promise<boolean> {
    const matches = [{ key: "resource_name", value: state.name }];
    const body = { resource_types: ["csms"], projects: [projectId], offset: 0, limit: 1000, matches };
    const listed = await ifFound(eps("FilterResources", { ...to, body }));
    return listed?.resources?.some(({ resource_id: id }) => id === state.secretId) ?? false;
  }
}

function notMoved({ name }: State, target: string): CloudError {
  const message = `EPS MigrateResource of secret "${name}" failed: it was accepted, but within ${longestMoveMs / 1000} s the secret has not come to the enterprise project ${target}. The next \`pulumi up\` looks again.`;
  return new CloudError({ kind: "other", message });
}
