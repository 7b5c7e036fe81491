import { isAbsent, type Values } from "./fields";
import { hasUnknown } from "./unknown";

/** What is wrong with an input, without its value. */
export interface Refusal {
  readonly property: string;
  readonly reason: string;
}

/** A rule that joins several inputs. It is asked only when none of them is wrong by itself. */
export interface Rule {
  readonly fields: readonly string[];
  /** `isNew`: these are the inputs of what does not exist yet. */
  check(inputs: Values, isNew?: boolean): Refusal[];
}

const isGiven = (inputs: Values, name: string) => !isAbsent(inputs[name]);
const isKnown = (inputs: Values, names: readonly string[]) => !names.some((name) => hasUnknown(inputs[name]));

export function exactlyOneOf(...fields: [string, string, ...string[]]): Rule {
  return {
    fields,
    check(inputs) {
      const given = fields.filter((name) => isGiven(inputs, name));
      if (given.length === 1 || !isKnown(inputs, fields)) return [];
      const reason = `exactly one of ${fields.join(" and ")} is needed, and ${given.length === 0 ? "none" : "more than one"} is given`;
      return (given.length === 0 ? fields.slice(0, 1) : given).map((property) => ({ property, reason }));
    },
  };
}

export function atLeastOneOf(...fields: [string, string, ...string[]]): Rule {
  return {
    fields,
    check: (inputs) =>
      fields.some((name) => isGiven(inputs, name))
        ? []
        : [{ property: fields[0], reason: `one of ${fields.join(" and ")} is needed` }],
  };
}

/** `field` is needed where the input `other`, or what leaving it out means, is one of the values. */
export function neededWith(field: string, other: string, values: readonly unknown[], otherwise?: unknown): Rule {
  return {
    fields: [field, other],
    check(inputs) {
      const value = inputs[other] ?? otherwise;
      if (isGiven(inputs, field) || !values.includes(value)) return [];
      return [{ property: field, reason: `is needed when ${other} is ${String(value)}` }];
    },
  };
}

/** `field` is needed where the input `other` is given. */
export function neededBeside(field: string, other: string): Rule {
  return {
    fields: [field, other],
    check: (inputs) =>
      isGiven(inputs, other) && !isGiven(inputs, field)
        ? [{ property: field, reason: `is needed when ${other} is given` }]
        : [],
  };
}

/** `field` cannot be given together with the input `other`, unless that is false. */
export function notBeside(field: string, other: string): Rule {
  return {
    fields: [field, other],
    check(inputs) {
      const value = inputs[other];
      if (!isGiven(inputs, field) || isAbsent(value) || value === false || hasUnknown(value)) return [];
      return [{ property: field, reason: `cannot be given together with ${other}` }];
    },
  };
}

/** `field` may be given only where the input `other`, or what leaving it out means, is one of the values. */
export function onlyWith(field: string, other: string, values: readonly unknown[], otherwise?: unknown): Rule {
  return restricted(field, (inputs) => isGiven(inputs, field), "can be given", other, values, otherwise);
}

/** `field` may be true only where the input `other`, or what leaving it out means, is one of the values. */
export function trueOnlyWith(field: string, other: string, values: readonly unknown[], otherwise?: unknown): Rule {
  return restricted(field, (inputs) => inputs[field] === true, "can be true", other, values, otherwise);
}

function restricted(
  field: string,
  counts: (inputs: Values) => boolean,
  can: string,
  other: string,
  values: readonly unknown[],
  otherwise: unknown,
): Rule {
  return {
    fields: [field, other],
    check(inputs) {
      const value = inputs[other] ?? otherwise;
      if (!counts(inputs) || hasUnknown(value) || values.includes(value)) return [];
      const [last = "", ...before] = values.map(String).reverse();
      const allowed = before.length > 0 ? `${before.reverse().join(", ")} or ${last}` : last;
      return [{ property: field, reason: `${can} only when ${other} is ${allowed}` }];
    },
  };
}
