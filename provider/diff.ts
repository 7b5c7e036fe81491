import { isDeepStrictEqual } from "node:util";
import type { Definition } from "./definition";
import { type InputField, isAbsent, namesWhere, sameValue, type Values } from "./fields";
import type { Refusal } from "./rules";
import { hasUnknown } from "./unknown";

/** What has to happen to bring a secret from its state to the inputs. */
export interface Plan {
  /** Names of the inputs that differ and that the service has to hear of. */
  readonly changed: readonly string[];
  /** Those among them for which a new secret has to take the place of the old one. */
  readonly replaces: readonly string[];
  /** Old and new cannot both exist, as all that the service tells them apart by stays. */
  readonly deleteBeforeReplace: boolean;
  /** Changes that cannot be carried out, with the reason: nothing of the plan may happen. */
  readonly refused: readonly Refusal[];
}

export type Shape = Pick<Definition, "inputs">;

export function plan(shape: Shape, state: Values, inputs: Values): Plan {
  const differing = namesWhere(shape.inputs, (field) => field.onChange !== "nothing").filter(
    (name) => !sameValue(shape.inputs[name] as InputField, state[name], inputs[name]),
  );
  const replaces = differing.filter((name) => shape.inputs[name]?.onChange === "replace");
  const isOverridden = ({ overriddenBy = "" }: InputField) =>
    !isAbsent(state[overriddenBy]) && !isAbsent(inputs[overriddenBy]);
  const identity = namesWhere(shape.inputs, (field) => field.identity && !isOverridden(field));
  const deleteBeforeReplace = replaces.length > 0 && !identity.some((name) => differing.includes(name));
  const refused = [
    ...refusedFields(shape, differing, state),
    ...(replaces.length > 0 ? [] : staleFields(shape, differing, state, inputs)),
    ...(deleteBeforeReplace ? keptNames(shape, replaces, state, inputs) : []),
  ];
  return { changed: differing, replaces, deleteBeforeReplace, refused };
}

/** What of a change of the inputs is refused whatever the service chose where they were silent: it may be what they now name. */
export function refusals(shape: Shape, olds: Values, inputs: Values): readonly Refusal[] {
  if (Object.keys(olds).length === 0) return [];
  const chosen = namesWhere(shape.inputs, (field) => field.computed && field.onChange !== "update");
  const alike = Object.fromEntries(chosen.map((name) => [name, inputs[name]]));
  const otherwise = plan(shape, { ...alike, ...olds }, inputs).refused;
  return plan(shape, olds, inputs).refused.filter((refusal) =>
    otherwise.some((other) => isDeepStrictEqual(refusal, other)),
  );
}

function refusedFields(shape: Shape, differing: readonly string[], state: Values): Refusal[] {
  return differing.flatMap((property) => {
    const { onChange, default: otherwise } = shape.inputs[property] as InputField;
    // A value that the service chose and never told is not a change of it.
    const isKnown = !isAbsent(state[property] ?? otherwise);
    return typeof onChange === "object" && isKnown ? [{ property, reason: onChange.refuse }] : [];
  });
}

function staleFields(shape: Shape, differing: readonly string[], state: Values, inputs: Values): Refusal[] {
  return namesWhere(shape.inputs, (field) => field.renewedWith).flatMap((property) => {
    const field = shape.inputs[property] as InputField;
    const cause = field.renewedWith?.find((name) => differing.includes(name) && !hasUnknown(inputs[name]));
    if (!cause || isAbsent(inputs[property]) || !sameValue(field, state[property], inputs[property])) return [];
    const reason = `${cause} changes, so ${property} has to change too: give a value that was never used for this secret, or leave ${property} out and the provider makes one`;
    return [{ property, reason }];
  });
}

/** A recovery window would keep the name of the old secret, so the new one could not be made. */
function keptNames(shape: Shape, replaces: readonly string[], state: Values, inputs: Values): Refusal[] {
  const force = namesWhere(shape.inputs, (field) => field.skipsRecovery)[0];
  if (!force || inputs[force] === true || hasUnknown(inputs[force])) return [];
  const names = namesWhere(shape.inputs, (field) => field.identity && field.required && !field.setting).join(", ");
  return replaces.map((property) => {
    // What the service chose may not be in the state yet, and be just what is now declared.
    const first =
      shape.inputs[property]?.computed && isAbsent(state[property])
        ? "run `pulumi refresh` in case it is so already, "
        : "";
    const reason = `a change of ${property} needs a new secret, and deletion with a recovery window keeps the name of the old one: ${first}give a new ${names}, or set ${force}: true, which deletes the old one at once and for good`;
    return { property, reason };
  });
}
