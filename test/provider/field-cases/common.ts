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

const oneSource = "must have exactly one of env, file and random";
const lengthRule = "must be a whole number from 1 to 65,536";
/** Where a value is found; the folder is that of the package. `most` is how long a random value may be, and what is said then. */
export const from = (most: number, rule?: string, bytes = false): Cases => ({
  right: [
    { file: "package.json" },
    { random: {} },
    { random: { length: 1, keepers: {} } },
    { random: { length: most, keepers: { year: "2026", month: "" } } },
    ...(bytes ? [] : [{ random: { characters: ["digits", "symbols"], exclude: "0O", length: 1 } }]),
  ],
  wrong: [
    ["", oneSource],
    ["DB_PASSWORD", oneSource],
    [["env"], oneSource],
    [{}, oneSource],
    [{ env: "A", file: "b" }, oneSource],
    [{ vault: "A" }, oneSource],
    [{ env: "" }, "must be the name of an environment variable"],
    [{ env: "A=B" }, "must be the name of an environment variable"],
    [{ env: 1 }, "must be a string, but is a number"],
    [{ env: "A", path: "b" }, "has members that are not allowed: path"],
    [{ env: "NOWHERE" }, "the environment variable NOWHERE is not set"],
    [{ file: "" }, "must be the path of a file"],
    [{ file: "nowhere.pem" }, "the file nowhere.pem does not exist"],
    [{ file: "test" }, "the file test is no file"],
    [{ file: "package.json/x" }, "the file package.json/x cannot be read (ENOTDIR)"],
    ...(rule ? [[{ file: "package-lock.json" }, `the file package-lock.json: ${rule}`] as const] : []),
    [{ random: 32 }, "must be an object, but is a number"],
    [{ random: { size: 32 } }, "has members that are not allowed: size"],
    ...[0, 1.5, 65_537, "32"].map((length) => [{ random: { length } }, lengthRule] as const),
    ...(most < 65_536 ? [[{ random: { length: most + 1 } }, `a random value: ${rule}`] as const] : []),
    [{ random: { characters: ["letters"] } }, "must be one of lower, upper, digits, symbols"],
    [{ random: { characters: [] } }, "must name at least one"],
    [{ random: { characters: ["lower", "lower"] } }, "must not name one twice"],
    [{ random: { exclude: "0123456789" } }, "leaves no character of a kind that is to be there"],
    [{ random: { characters: ["digits"], exclude: "012345678" } }, "leaves only one character to choose"],
    [{ random: { keepers: { year: 2026 } } }, "must be a string, but is a number"],
    ...(bytes
      ? [
          [
            { random: { exclude: "0" } },
            "a random value is of bytes here, so characters and exclude cannot be given",
          ] as const,
        ]
      : []),
  ],
});
