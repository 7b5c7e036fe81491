export type Tags = Readonly<Record<string, string>>;

/** What leads from one set of tags to another, and touches no other tag on the way. */
export function tagDifference(
  from: Tags = {},
  to: Tags = {},
): { readonly set: Tags; readonly remove: readonly string[] } {
  return {
    set: Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)),
    remove: Object.keys(from).filter((key) => !Object.hasOwn(to, key)),
  };
}
