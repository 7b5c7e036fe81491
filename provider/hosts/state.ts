import type { Definition } from "../definition";
import { type InputField, isAbsent, sameValue, type Values } from "../fields";
import { toWire } from "./wire";

/** Names of inputs that the provider or the service filled in: only the state's outputs reach most methods, never its inputs. */
const undeclaredKey = "__defaults";
/** A change may have been carried out that the state does not show. */
const doubtfulKey = "__doubtful";

export const isDoubtful = (properties: Values): boolean => properties[doubtfulKey] === true;

export const doubtOf = (isDoubtful: boolean | undefined): Values => (isDoubtful ? { [doubtfulKey]: true } : {});

/**
 * The state's outputs: what the cloud has, what the program says of inputs that the cloud never tells, and which inputs
 * nobody declared. A default that nobody declared only swells it.
 */
export function outputsOf(definition: Definition, state: Values, inputs: Values): Record<string, unknown> {
  const fields = definition.inputs;
  const whole = withSaid(definition, state, inputs);
  const isSilent = (name: string) => {
    const field = fields[name] as InputField;
    return !field.always && !(name in inputs) && sameValue(field, undefined, whole[name]);
  };
  const silent = Object.keys(fields).filter(isSilent);
  const outputs = toWire(fields, { ...whole, ...Object.fromEntries(silent.map((name) => [name, undefined])) });
  const undeclared = Object.keys(fields).filter((name) => name in outputs && !(name in inputs));
  return undeclared.length > 0 ? { ...outputs, [undeclaredKey]: undeclared } : outputs;
}

/** A state with what was said: of inputs that the cloud never tells, and where it is the same in another form. */
export function withSaid({ inputs }: Definition, state: Values, said: Values): Values {
  const names = Object.keys(inputs).filter((name) => {
    const field = inputs[name] as InputField;
    // A reference says which value is there, whatever the program says.
    if (field.gives) return false;
    if (field.writeOnly) return !field.acts;
    return !isAbsent(said[name]) && !isAbsent(state[name]) && sameValue(field, state[name], said[name]);
  });
  return { ...state, ...Object.fromEntries(names.map((name) => [name, said[name]])) };
}

/** The inputs that would lead to what was read: those declared before, and what somebody else has set. */
export function inputsBehind({ inputs }: Definition, state: Values, properties: Values): Values {
  const undeclared = (properties[undeclaredKey] ?? []) as readonly string[];
  const names = Object.keys(inputs).filter((name) => {
    const field = inputs[name] as InputField;
    if (isAbsent(state[name])) return false;
    if (!isAbsent(properties[name]) && !undeclared.includes(name)) return true;
    const otherwise = field.follows ? state[field.follows] : undefined;
    return !field.computed && !sameValue(field, otherwise, state[name]);
  });
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}
