import { isDeepStrictEqual } from "node:util";
import type { Definition, Plan, PlannedChange } from "./definition";
import { changeOf, type Differing, type InputField, isAbsent, namesWhere, sameValue, type Values } from "./fields";
import type { Refusal } from "./rules";
import { hasUnknown } from "./unknown";

export type Shape = Pick<Definition, "inputs"> & Partial<Pick<Definition, "changeRules">>;

/** An old state and the inputs that it is to come to, with the name of the input that the provider makes, if any. */
interface Wanted {
  readonly state: Values;
  readonly inputs: Values;
  readonly made?: string | undefined;
}

/** `made` names the input that the provider makes: a new secret would get another one. */
export function plan(shape: Shape, state: Values, inputs: Values, made?: string): Plan {
  const wanted = { state, inputs, made };
  const changes = Object.keys(shape.inputs).flatMap((name) => {
    const change = changeIn(shape, name, wanted);
    return change === undefined || change === "nothing" ? [] : [{ name, change }];
  });
  const changed = changes.map(({ name }) => name);
  const replaces = changes.filter(({ change }) => change === "replace").map(({ name }) => name);
  const deleteBeforeReplace = !isAnother(shape, changed, wanted);
  const refused = [
    ...(replaces.length > 0
      ? []
      : [
          ...changes.flatMap(({ name, change }) => refusalOf(shape, name, change, wanted)),
          ...staleFields(
            shape,
            changes.filter(({ change }) => change === "update").map(({ name }) => name),
            wanted,
          ),
          ...(shape.changeRules ?? []).flatMap((rule) => rule({ state, inputs, changed })),
        ]),
    ...(deleteBeforeReplace ? keptNames(shape, replaces, wanted) : []),
  ];
  return { changed, replaces, deleteBeforeReplace, refused };
}

function changeIn(shape: Shape, name: string, { state, inputs }: Wanted) {
  const field = shape.inputs[name] as InputField;
  const old = state[name];
  const value = inputs[name] ?? (field.follows && (inputs[field.follows] ?? state[field.follows]));
  // A state that does not say where it is says nothing of having left.
  const isFollowing = field.follows !== undefined && isAbsent(inputs[name]) && isAbsent(old);
  return isFollowing || sameValue(field, old, value) ? undefined : changeOf(field, { old, value, inputs });
}

/** What a warning begins with, of a replacement that may be or will be; undefined where there is none. */
export function replacing({ inputs, plan: { replaces } }: PlannedChange): string | undefined {
  if (replaces.length === 0) return undefined;
  const isSure = replaces.some((name) => !hasUnknown(inputs[name]));
  return isSure
    ? `a change of ${replaces.join(", ")} replaces the secret`
    : `${replaces.join(", ")}, not known yet, may replace the secret`;
}

/** Whether the service would tell the new secret from the old one. */
function isAnother(shape: Shape, changed: readonly string[], { state, inputs, made }: Wanted): boolean {
  if (made !== undefined) return true;
  return changed.some((name) => {
    const { identity, overriddenBy = "" } = shape.inputs[name] as InputField;
    if (!isAbsent(state[overriddenBy]) && !isAbsent(inputs[overriddenBy])) return false;
    const differing: Differing = { old: state[name], value: inputs[name], inputs };
    return typeof identity === "function" ? identity(differing) : identity === true;
  });
}

/** What of a change of the inputs is refused whatever the service chose where they were silent: it may be what they now name. */
export function refusals(shape: Shape, olds: Values, inputs: Values, made?: string): readonly Refusal[] {
  if (Object.keys(olds).length === 0) return [];
  const chosen = namesWhere(shape.inputs, (field) => field.computed && field.onChange !== "update");
  const alike = Object.fromEntries(chosen.map((name) => [name, inputs[name]]));
  const otherwise = plan(shape, { ...alike, ...olds }, inputs, made).refused;
  return plan(shape, olds, inputs, made).refused.filter((refusal) =>
    otherwise.some((other) => isDeepStrictEqual(refusal, other)),
  );
}

/** Which fields of a secret are not as declared, although nothing can change them in place; what is not known yet may turn out to be so. */
export function unchangeable(shape: Shape, state: Values, inputs: Values): string[] {
  const pending = Object.keys(inputs).filter((name) => hasUnknown(inputs[name]));
  const alike = Object.fromEntries(pending.map((name) => [name, state[name]]));
  const { replaces, refused } = plan(shape, state, { ...inputs, ...alike });
  return [...new Set([...replaces, ...refused.map(({ property }) => property)])];
}

function refusalOf(
  shape: Shape,
  property: string,
  change: ReturnType<typeof changeOf>,
  { state, inputs }: Wanted,
): readonly Refusal[] {
  // Neither a value that the service chose and never told is a change of it, nor one that may turn out to be the same.
  const isKnown = !isAbsent(state[property] ?? shape.inputs[property]?.default) && !hasUnknown(inputs[property]);
  return typeof change === "object" && isKnown ? [{ property, reason: change.refuse }] : [];
}

function staleFields(shape: Shape, updated: readonly string[], { state, inputs }: Wanted): Refusal[] {
  return namesWhere(shape.inputs, (field) => field.renewedWith).flatMap((property) => {
    const field = shape.inputs[property] as InputField;
    const cause = field.renewedWith?.find((name) => updated.includes(name) && !hasUnknown(inputs[name]));
    if (!cause || isAbsent(inputs[property]) || !sameValue(field, state[property], inputs[property])) return [];
    const reason = `${cause} changes, so ${property} has to change too: give a value that was never used for this secret, or leave ${property} out and the provider makes one`;
    return [{ property, reason }];
  });
}

/** A recovery window would keep the name of the old secret, so the new one could not be made. */
function keptNames(shape: Shape, replaces: readonly string[], { state, inputs }: Wanted): Refusal[] {
  const force = namesWhere(shape.inputs, (field) => field.skipsRecovery)[0];
  if (!force || inputs[force] === true || hasUnknown(inputs[force])) return [];
  const names = namesWhere(shape.inputs, ({ name }) => name && name.prefix(inputs) !== undefined).join(", ");
  const another = names ? `give a new ${names}, or ` : "";
  const known = replaces.filter((property) => !hasUnknown(inputs[property]));
  return known.map((property) => {
    // What the service chose may not be in the state yet, and be just what is now declared.
    const first =
      shape.inputs[property]?.computed && isAbsent(state[property])
        ? "run `pulumi refresh` in case it is so already, "
        : "";
    const reason = `a change of ${property} needs a new secret, and deletion with a recovery window keeps the name of the old one: ${first}${another}set ${force}: true, which deletes the old one at once and for good`;
    return { property, reason };
  });
}
