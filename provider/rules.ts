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
  check(inputs: Values): Refusal[];
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

/** `field` is needed where the input `other` has one of the values. */
export function neededWith(field: string, other: string, values: readonly unknown[]): Rule {
  return {
    fields: [field, other],
    check: (inputs) =>
      values.includes(inputs[other]) && !isGiven(inputs, field)
        ? [{ property: field, reason: `is needed when ${other} is ${String(inputs[other])}` }]
        : [],
  };
}

/** `field` may be true only where the input `other`, or what leaving it out means, is one of the values. */
export function trueOnlyWith(field: string, other: string, values: readonly unknown[], otherwise: unknown): Rule {
  return {
    fields: [field, other],
    check(inputs) {
      const value = inputs[other] ?? otherwise;
      if (inputs[field] !== true || hasUnknown(value) || values.includes(value)) return [];
      return [{ property: field, reason: `can be true only when ${other} is ${values.map(String).join(" or ")}` }];
    },
  };
}
