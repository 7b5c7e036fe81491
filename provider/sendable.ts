/** More than anything means, and little enough for every walk through a value. */
const deepest = 100;

/** Stands for what lies deeper than that. */
export const tooDeep: unique symbol = Symbol("too deep");

export function isTooDeep(value: unknown, levels = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/** The value with each leaf replaced, and cut off where it is too deep. */
export function mapDeep(value: unknown, leaf: (value: unknown) => unknown, levels = deepest): unknown {
  if (typeof value !== "object" || value === null) return leaf(value);
  if (levels === 0) return tooDeep;
  if (Array.isArray(value)) return value.map((item) => mapDeep(item, leaf, levels - 1));
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(given.map(([name, item]) => [name, mapDeep(item, leaf, levels - 1)]));
}

/** Why a value would not arrive at any service as it is. */
export function whyUnsendable(value: unknown): string | undefined {
  if (value === tooDeep) return `must be at most ${deepest} levels deep`;
  if (typeof value === "number" && !Number.isFinite(value)) return "must hold no number that is not finite";
  if (typeof value === "string" && !value.isWellFormed()) return "must be well-formed Unicode";
  if (typeof value !== "object" || value === null) return undefined;
  // Validation passes over it, and it would arrive unseen.
  if (Object.hasOwn(value, "__proto__")) return "must have no member named __proto__";
  return Object.entries(value)
    .flat()
    .map(whyUnsendable)
    .find((reason) => reason !== undefined);
}
