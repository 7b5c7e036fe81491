import { describe, expect, it } from "vitest";
import { check } from "../../provider/check";
import { resources } from "../../provider/resources";
import { unknown } from "../../provider/unknown";
import { sourceOf } from "./source";

const canary = "canary-9f3e";

/** What is enough for each resource, with a canary where its value goes. */
const least: Record<string, Record<string, unknown>> = {
  AliyunKmsSecret: { secretName: "db", secretData: canary, regionId: "cn-hangzhou" },
  AnalyticDbSecret: {
    dbInstanceId: "gp-1",
    username: "app",
    password: canary,
    secretName: "s",
    regionId: "cn-beijing",
  },
  CsmsSecret: { name: "db", secretString: canary, region: "cn-north-4", projectId: "0f5181caba0024e72f89c0045e707b91" },
};

interface Cases {
  readonly right: readonly unknown[];
  /** Each value with what is said of it. */
  readonly wrong: readonly (readonly [value: unknown, reason: string])[];
}

const filled: Cases = {
  right: ["x"],
  wrong: [
    ["", "must not be empty"],
    [1, "must be a string, but is a number"],
  ],
};
const yesOrNo: Cases = { right: [true, false], wrong: [["true", "must be a boolean, but is a string"]] };
const anyText: Cases = { right: ["", "a\nb"], wrong: [[["x"], "must be a string, but is a list"]] };
const placeRule = "must be 1 to 64 letters, digits, - or _";
const place: Cases = {
  right: ["cn-north-4", "cn-north-4_project", "A".repeat(64)],
  wrong: ["", "a".repeat(65), "cn/../x", "evil.com#", "-a", "a b"].map((value) => [value, placeRule]),
};
const window: Cases = {
  right: [7, 30],
  wrong: [
    [6, "must be from 7 to 30"],
    [31, "must be from 7 to 30"],
    [7.5, "must be a whole number"],
    ["7", "must be a whole number"],
  ],
};
const tagsOf = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, "v"]));

const kmsName = "must be 1 to 192 letters, digits or any of _ / + = . @ -";
const kmsTagKey =
  "has a key that is not allowed: 1 to 128 letters, digits or any of / \\ _ - . + = : @, not starting with aliyun or acs:";
const kmsTagValue = "must be at most 128 letters, digits or any of / \\ _ - . + = : @";
const kms: Record<string, Cases> = {
  secretName: {
    right: ["a", "aA0_/+=.@-", "n".repeat(192), "acs", "ACS/x"],
    wrong: [
      ["", kmsName],
      ["n".repeat(193), kmsName],
      ["a b", kmsName],
      ["ä", kmsName],
      ["acs/x", "must not start with acs/, which KMS keeps for secrets that it makes itself"],
    ],
  },
  secretData: {
    right: ["x", "x".repeat(30_720), "é".repeat(15_360)],
    wrong: [
      ["", "must not be empty"],
      ["x".repeat(30_721), "must be at most 30,720 bytes in UTF-8"],
      [`${"é".repeat(15_360)}x`, "must be at most 30,720 bytes in UTF-8"],
      [42, "must be a string, but is a number"],
    ],
  },
  versionId: {
    right: ["v", "v".repeat(64)],
    wrong: [
      ["", "must not be empty"],
      ["v".repeat(65), "must be at most 64 characters"],
    ],
  },
  secretDataType: { right: ["text", "binary"], wrong: [["base64", "must be one of text, binary"]] },
  encryptionKeyId: filled,
  description: anyText,
  tags: {
    right: [{}, { "a/\\_-.+=:@": "" }, { ["k".repeat(128)]: "v".repeat(128) }, tagsOf(20), { constructor: "v" }],
    wrong: [
      [{ "": "v" }, kmsTagKey],
      [{ ["k".repeat(129)]: "v" }, kmsTagKey],
      [{ "aliyun-x": "v" }, kmsTagKey],
      [{ "acs:x": "v" }, kmsTagKey],
      [{ k: "v".repeat(129) }, kmsTagValue],
      [{ k: "a b" }, kmsTagValue],
      [{ k: 1 }, "must be a string, but is a number"],
      [tagsOf(21), "must be at most 20 tags"],
      [["k"], "must be an object, but is a list"],
    ],
  },
  regionId: place,
  recoveryWindowInDays: window,
  forceDeleteWithoutRecovery: yesOrNo,
};

const gpdbName = "must be 1 to 16 letters, digits or _ (left out, it is the username, which then has to be so too)";
const gpdb: Record<string, Cases> = {
  dbInstanceId: filled,
  workspaceId: filled,
  username: filled,
  password: filled,
  regionId: place,
  secretName: {
    right: ["a", "aA0_", "n".repeat(16)],
    wrong: ["", "n".repeat(17), "a-b", "ä"].map((value) => [value, gpdbName]),
  },
  description: anyText,
  testConnection: yesOrNo,
};

const keyRule = "must be a key's id, such as 0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const periodRule = "must be a whole number with the unit d, h, m or s, from 4h to 8760h";
const configRule =
  'must be an object, or its JSON text, with an InstanceId and a SecretSubType that is "SingleUser" or "MultiUser"';
const projectRule = "must be 0 or an enterprise project's id of at most 36 characters";
const eventRule = "must be an event's name: 1 to 64 letters, digits, - or _";
const csmsTagKey =
  "has a key that is not allowed: 1 to 128 letters, digits, spaces or any of _ . : = + - @, not starting with _sys_ and with no space around it";
const csmsTagValue = "must be at most 255 letters, digits, spaces or any of _ . : / = + - @";
const config = { InstanceId: "in01", SecretSubType: "SingleUser" };
/** JSON of so many characters. */
const configOf = (characters: number) => {
  const empty = JSON.stringify({ ...config, InstanceId: "" }).length;
  return { ...config, InstanceId: "i".repeat(characters - empty) };
};
const csms: Record<string, Cases> = {
  name: { right: ["a", "aA0_-", "n".repeat(64)], wrong: ["", "n".repeat(65), "a.b", "a/b"].map((v) => [v, placeRule]) },
  secretString: {
    right: ["x", "x".repeat(65_536), "€".repeat(21_845)],
    wrong: [
      ["", "must not be empty"],
      ["x".repeat(65_537), "must be at most 65,536 bytes in UTF-8"],
      ["€".repeat(21_846), "must be at most 65,536 bytes in UTF-8"],
    ],
  },
  secretBinary: {
    right: ["AA==", "AAA=", "AAAA", Buffer.alloc(65_536).toString("base64")],
    wrong: [
      ["", "must not be empty"],
      ["AAA", "must be base64"],
      ["AA-_", "must be base64"],
      ["AAAA\n", "must be base64"],
      [Buffer.alloc(65_537).toString("base64"), "must be at most 64 KB when decoded"],
    ],
  },
  kmsKeyId: {
    right: ["0d0466b0-e727-4d9c-b35d-f84bb474a37f"],
    wrong: ["", "alias/csms", "0D0466B0-e727-4d9c-b35d-f84bb474a37f"].map((value) => [value, keyRule]),
  },
  description: {
    right: ["", "é".repeat(1_024)],
    wrong: [[`${"é".repeat(1_024)}x`, "must be at most 2,048 bytes in UTF-8"]],
  },
  secretType: { right: ["COMMON"], wrong: [["RDS", "must be one of COMMON, RDS-FG, GaussDB-FG"]] },
  autoRotation: { right: [false], wrong: [["false", "must be a boolean, but is a string"]] },
  rotationPeriod: {
    right: ["4h", "240m", "14400s", "8760h", "365d", "1d"],
    wrong: ["", "1", "3h", "239m", "14399s", "8761h", "366d", "1.5d", "1w", "1 d", "-1d"].map((v) => [v, periodRule]),
  },
  rotationConfig: {
    right: [config, JSON.stringify(config), { ...config, SecretSubType: "MultiUser" }, configOf(1_024)],
    wrong: [
      ["", configRule],
      ["{", configRule],
      ["[]", configRule],
      [{ InstanceId: "in01" }, configRule],
      [{ ...config, InstanceId: "" }, configRule],
      [{ ...config, SecretSubType: "Both" }, configRule],
      [configOf(1_025), "must be at most 1,024 characters as JSON"],
      [JSON.stringify(configOf(1_025)), "must be at most 1,024 characters as JSON"],
      [{ ...config, other: "x".repeat(1_024) }, "must be at most 1,024 characters as JSON"],
    ],
  },
  rotationFuncUrn: filled,
  eventSubscriptions: {
    right: [[], ["event_1-a"], ["e".repeat(64)]],
    wrong: [
      [["a", "b"], "must be at most one event"],
      [[""], eventRule],
      [["e".repeat(65)], eventRule],
      ["a", "must be a list, but is a string"],
    ],
  },
  enterpriseProjectId: {
    right: ["0", "0d0466b0-e727-4d9c-b35d-f84bb474a37f"],
    wrong: ["", "p".repeat(37), "a_b"].map((value) => [value, projectRule]),
  },
  tags: {
    right: [{}, { "ключ 1": "" }, { ["𝒌".repeat(128)]: "𝒗".repeat(255) }, tagsOf(20), { x_sys_: "v/ " }],
    wrong: [
      [{ "": "v" }, csmsTagKey],
      [{ ["k".repeat(129)]: "v" }, csmsTagKey],
      [{ _sys_x: "v" }, csmsTagKey],
      [{ "k ": "v" }, csmsTagKey],
      [{ "k*": "v" }, csmsTagKey],
      [{ "k/": "v" }, csmsTagKey],
      [{ k: "v".repeat(256) }, csmsTagValue],
      [{ k: "v\\" }, csmsTagValue],
      [tagsOf(21), "must be at most 20 tags"],
    ],
  },
  region: place,
  projectId: place,
  recoveryWindowInDays: window,
  forceDeleteWithoutRecovery: yesOrNo,
};

/** What stands in the way of a case of one field. */
const without: Record<string, Record<string, undefined>> = { secretBinary: { secretString: undefined } };

describe.each(resources.map((resource) => [resource.name, resource] as const))("%s", (name, resource) => {
  const table = { AliyunKmsSecret: kms, AnalyticDbSecret: gpdb, CsmsSecret: csms }[name] ?? {};
  const failures = (changes: Record<string, unknown>) =>
    check(resource, { ...least[name], ...changes }, sourceOf()).failures;

  it("has a case for each of its inputs", () => {
    expect(Object.keys(table)).toEqual(Object.keys(resource.inputs));
    expect(failures({})).toEqual([]);
  });

  it.each(Object.entries(table))("takes what is right in %s", (field, { right }) => {
    for (const value of right) expect(failures({ ...without[field], [field]: value })).toEqual([]);
  });

  const wrong = Object.entries(table).flatMap(([field, cases]) =>
    cases.wrong.map(([value, reason]) => [field, reason, value] as const),
  );
  it.each(wrong)("says of a wrong %s: %s", (field, reason, value) => {
    const found = failures({ ...without[field], [field]: value });
    expect(found).toEqual([{ property: expect.stringMatching(new RegExp(`^${field}(\\.|\\[|$)`)), reason }]);
  });

  it.each(Object.keys(table))("lets %s pass while it is unknown, at any depth", (field) => {
    for (const value of [unknown, { a: unknown }, ["x", { b: [unknown] }]])
      expect(failures({ ...without[field], [field]: value })).toEqual([]);
  });

  it.each(Object.keys(table))("never repeats what %s holds", (field) => {
    const values = [canary, canary.repeat(10_000), [canary], [[canary]], { a: canary }, { a: [{ b: canary }] }, [7e77]];
    for (const value of values)
      expect(JSON.stringify(failures({ [field]: value }))).not.toMatch(new RegExp(`${canary}|7e\\+?77`));
  });

  it("takes null for what is left out", () => {
    const required = Object.keys(resource.inputs).filter((field) => resource.inputs[field]?.required);
    const nulls = Object.fromEntries(Object.keys(resource.inputs).map((field) => [field, null]));
    const found = new Set(failures(nulls).map(({ property }) => property));
    expect(required.filter((field) => !found.has(field))).toEqual([]);
    const { inputs } = check(resource, nulls, sourceOf());
    expect(inputs).toEqual({});
  });
});
