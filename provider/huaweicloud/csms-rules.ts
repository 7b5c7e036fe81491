import type { ChangeRule, InputChange } from "../definition";
import { isAbsent, type Values } from "../fields";
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
import { stagedValueRule } from "../versions";
import { knownReplicas, millisecondsOf } from "./csms-schemas";
import type { State } from "./csms-state";

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
  { fields: ["expireTime"], check: (inputs, isNew) => (isNew ? passedEnd(inputs) : []) } satisfies Rule,
];

/** A value that will be a new version; an end is left behind only by one. */
const isNewVersion = (changed: readonly string[], { inputs }: InputChange): boolean =>
  changed.includes("secretString") ||
  changed.includes("secretBinary") ||
  (changed.includes("expireTime") && isAbsent(inputs.expireTime));

/** What cannot be done in place, where no field alone tells it. */
export const changeRules: readonly ChangeRule[] = [
  stagedValueRule((changed, change) => !isAbsent(change.state.versionId) && isNewVersion(changed, change)),
  endToCome,
  fixedReplicaKeys,
];

/** The service takes no end that has passed; one that passed by itself is none any more for a new value. */
function endToCome({ inputs, changed }: InputChange): Refusal[] {
  return ["expireTime", "secretString", "secretBinary"].some((name) => changed.includes(name)) ? passedEnd(inputs) : [];
}

function passedEnd({ expireTime }: Values): Refusal[] {
  const end = millisecondsOf(expireTime);
  if (typeof end !== "number" || end > Date.now()) return [];
  return [{ property: "expireTime", reason: "has passed: give a later time, or leave it out" }];
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
