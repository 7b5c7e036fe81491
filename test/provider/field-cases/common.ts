export interface Cases {
  readonly right: readonly unknown[];
  /** Each value with what is said of it. */
  readonly wrong: readonly (readonly [value: unknown, reason: string])[];
}

export const filled: Cases = {
  right: ["x"],
  wrong: [
    ["", "must not be empty"],
    [1, "must be a string, but is a number"],
  ],
};
export const yesOrNo: Cases = { right: [true, false], wrong: [["true", "must be a boolean, but is a string"]] };
export const anyText: Cases = { right: ["", "a\nb"], wrong: [[["x"], "must be a string, but is a list"]] };
export const placeRule = "must be 1 to 64 letters, digits, - or _";
export const place: Cases = {
  right: ["cn-north-4", "cn-north-4_project", "A".repeat(64)],
  wrong: ["", "a".repeat(65), "cn/../x", "evil.com#", "-a", "a b"].map((value) => [value, placeRule]),
};
export const window: Cases = {
  right: [7, 30],
  wrong: [
    [6, "must be from 7 to 30"],
    [31, "must be from 7 to 30"],
    [7.5, "must be a whole number"],
    ["7", "must be a whole number"],
  ],
};
export const tagsOf = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, "v"]));
export const stages = (most: number, right: readonly string[], wrong: readonly string[], rule: string): Cases => ({
  right: [[], right, Object.keys(tagsOf(most))],
  wrong: [
    ...wrong.map((name) => [[name], rule] as const),
    [Object.keys(tagsOf(most + 1)), `must be at most ${most}`],
    [["a", "b", "a"], "must not name one twice"],
    ["a", "must be a list, but is a string"],
  ],
});
