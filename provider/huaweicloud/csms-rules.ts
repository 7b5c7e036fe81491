import type { ChangeRule, InputChange } from "../definition";
import { isAbsent } from "../fields";
import {
  exactlyOneOf,
  neededBeside,
  neededWith,
  notBeside,
  onlyWith,
  type Refusal,
  type Rule,
  trueOnlyWith,
} from "../rules";
import { hasUnknown } from "../unknown";
import { knownReplicas } from "./csms-schemas";
import type { Inputs, State } from "./csms-state";

/** A region has one replica at most, and the secret's own has none. */
const oncePerRegion: Rule = {
  fields: ["replicaRegions", "region"],
  check({ replicaRegions, region: home }) {
    const regions = knownReplicas(replicaRegions).map(({ region }) => region);
    return regions.flatMap((region, at) => {
      const property = `replicaRegions[${at}]`;
      if (region === home) return [{ property, reason: "is the region of the secret itself" }];
      return regions.indexOf(region) < at ? [{ property, reason: "names a region a second time" }] : [];
    });
  },
};

export const rules = [
  exactlyOneOf("secretString", "secretBinary"),
  neededWith("rotationConfig", "secretType", ["RDS-FG", "GaussDB-FG"]),
  trueOnlyWith("autoRotation", "secretType", ["RDS-FG", "GaussDB-FG"], "COMMON"),
  neededWith("rotationPeriod", "autoRotation", [true]),
  neededWith("rotationFuncUrn", "autoRotation", [true]),
  onlyWith("rotationTrigger", "secretType", ["RDS-FG", "GaussDB-FG"], "COMMON"),
  neededBeside("rotationFuncUrn", "rotationTrigger"),
  ...["currentVersionId", "versionStages", "expireTime"].flatMap((field) => [
    notBeside(field, "autoRotation"),
    notBeside(field, "rotationTrigger"),
  ]),
  oncePerRegion,
];

/** What cannot be done in place, where no field alone tells it. */
export const changeRules: readonly ChangeRule[] = [stagedValueRule, fixedReplicaKeys];

/** A version without any stage may go at any time, so a new value that is not to be current needs one of its own. */
function stagedValueRule({ state, inputs, changed }: InputChange): Refusal[] {
  const { currentVersionId, versionStages, expireTime } = inputs as Partial<Inputs>;
  const isEndless = changed.includes("expireTime") && isAbsent(expireTime);
  const isNew = changed.includes("secretString") || changed.includes("secretBinary") || isEndless;
  const isStaged = hasUnknown(versionStages) || (versionStages?.length ?? 0) > 0;
  if (!isNew || isAbsent(currentVersionId) || isAbsent(state.versionId) || isStaged) return [];
  const reason =
    "keeps a version current, so the new value needs a stage of its own: give versionStages, or leave currentVersionId out to make the new value current";
  return [{ property: "currentVersionId", reason }];
}

/** No call changes the key of a replica, declared or not. */
function fixedReplicaKeys({ state, inputs }: InputChange): Refusal[] {
  const { replicas = [], replicaRegions } = state as Partial<State>;
  const old = new Map(
    [...replicas, ...knownReplicas(replicaRegions)].flatMap(({ region, kmsKeyId }) =>
      kmsKeyId ? [[region, kmsKeyId]] : [],
    ),
  );
  return knownReplicas(inputs.replicaRegions).flatMap(({ region, kmsKeyId }) => {
    if (!kmsKeyId || !old.get(region) || old.get(region) === kmsKeyId) return [];
    const reason = `the key of the replica in ${region} cannot be changed: take the region out in one up, and give it with the new key in the next`;
    return [{ property: "replicaRegions", reason }];
  });
}
