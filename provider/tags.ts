export type Tags = Readonly<Record<string, string>>;

export interface TagDifference {
  readonly remove: readonly string[];
  /** What is left of the first set after that. */
  readonly rest: Tags;
  readonly set: Tags;
}

/** What leads from one set of tags to another, and touches no other tag on the way. */
export function tagDifference(from: Tags = {}, to: Tags = {}): TagDifference {
  return {
    remove: Object.keys(from).filter((key) => !Object.hasOwn(to, key)),
    rest: Object.fromEntries(Object.entries(from).filter(([key]) => Object.hasOwn(to, key))),
    set: Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)),
  };
}
