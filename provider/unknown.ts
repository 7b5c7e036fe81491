/** Stands for a value that is not known before the things it depends on exist. */
export const unknown: unique symbol = Symbol("unknown");

/** Whether a value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}
