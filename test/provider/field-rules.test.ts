import { describe, expect, it } from "vitest";
import { check } from "../../provider/check";
import { resources } from "../../provider/resources";
import { unknown } from "../../provider/unknown";
import { sourceOf } from "./source";

const canary = "canary-9f3e";

const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p1:topic", targetName: "topic" };

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
  CsmsEvent: { name: "e", eventTypes: ["SECRET_ROTATED"], notification: topic, region: "cn-north-4" },
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
const kmsStage = "must be 1 to 64 letters, digits or any of _ / + = . @ -";
const intervalRule = "must be a whole number with the unit d, h, m or s, from 6h to 8760h";
const versionId: Cases = {
  right: ["v", "v".repeat(64)],
  wrong: [
    ["", "must not be empty"],
    ["v".repeat(65), "must be at most 64 characters"],
  ],
};
const stages = (most: number, right: readonly string[], wrong: readonly string[], rule: string): Cases => ({
  right: [[], right, Object.keys(tagsOf(most))],
  wrong: [
    ...wrong.map((name) => [[name], rule] as const),
    [Object.keys(tagsOf(most + 1)), `must be at most ${most}`],
    [["a", "b", "a"], "must not name one twice"],
    ["a", "must be a list, but is a string"],
  ],
});
const rds = { secretSubType: "SingleUser", dbInstanceId: "rm-1" };
/** A config of so many characters as it is sent. */
const rdsOf = (characters: number) => {
  const empty = JSON.stringify({ SecretSubType: "SingleUser", DBInstanceId: "" }).length;
  return { ...rds, dbInstanceId: "i".repeat(characters - empty) };
};
const policyOf = (bytes: number) => ({ Sid: "x".repeat(bytes - JSON.stringify({ Sid: "" }).length) });
const kms: Record<string, Cases> = {
  secretName: {
    right: ["a", "aA0_/+=.@-", "n".repeat(192), "acs", "ACS/x"],
    wrong: [
      ["", kmsName],
      ["n".repeat(193), kmsName],
      ["a b", kmsName],
      ["ä", kmsName],
      ["$Auto", kmsName],
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
  versionId,
  currentVersionId: versionId,
  versionStages: stages(6, ["aA0_/+=.@-", "s".repeat(64)], ["", "s".repeat(65), "a b"], kmsStage),
  secretDataType: { right: ["text", "binary"], wrong: [["base64", "must be one of text, binary"]] },
  secretType: {
    right: ["Rds"],
    wrong: [["RDS", "must be one of Generic, Rds, Redis, RAMCredentials, ECS, PolarDB"]],
  },
  extendedConfig: {
    right: [rds, { ...rds, customData: {} }, { ...rds, customData: { a: 1, b: { c: [] } } }, rdsOf(1_024)],
    wrong: [
      ["{}", "must be an object, but is a string"],
      [{ ...rds, dbInstanceId: "" }, "must not be empty"],
      [{ ...rds, secretSubType: "Both" }, "must be one of SingleUser, DoubleUsers"],
      [{ secretSubType: "SingleUser" }, "must be a string, but is missing"],
      [{ ...rds, DBInstanceId: "rm-1" }, "has members that are not allowed: DBInstanceId"],
      [{ ...rds, customData: tagsOf(11) }, "must be at most 10 pairs"],
      [rdsOf(1_025), "must be at most 1,024 characters as JSON"],
    ],
  },
  automaticRotation: { right: [false], wrong: yesOrNo.wrong },
  rotationInterval: {
    right: ["6h", "360m", "21600s", "8760h", "365d"],
    wrong: ["", "7", "5h", "8761h", "1w"].map((value) => [value, intervalRule]),
  },
  rotationTrigger: filled,
  encryptionKeyId: filled,
  dkmsInstanceId: filled,
  policy: {
    right: [{}, "{}", { Version: "1", Statement: [{ Action: ["kms:*"] }] }, policyOf(32_768)],
    wrong: [
      ["", "must be an object, or the JSON text of one"],
      ["[]", "must be an object, or the JSON text of one"],
      [[], "must be an object, or the JSON text of one"],
      [policyOf(32_769), "must be at most 32,768 bytes as JSON"],
      [JSON.stringify(policyOf(32_769)), "must be at most 32,768 bytes as JSON"],
    ],
  },
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
  adoptExisting: yesOrNo,
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
  adoptExisting: yesOrNo,
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
  currentVersionId: {
    right: ["v1", "v4294967295"],
    wrong: ["", "1", "V1", "latest", "v12345678901"].map((value) => [value, "must be a version's id, such as v2"]),
  },
  versionStages: stages(10, ["aA0_-", "s".repeat(64)], ["", "s".repeat(65), "a.b", "..", "ä"], placeRule),
  expireTime: {
    right: ["2036-01-31T00:00:00Z", "2036-01-31T08:00:00+08:00", "2036-01-31T00:00:00.000Z"],
    wrong: [
      "",
      "2036-01-31",
      "2036-01-31T00:00:00",
      "2036-01-31T00:00:00.001Z",
      "2036-13-01T00:00:00Z",
      "2000-01-01T00:00:00Z",
    ].map((value) => [value, "must be a time in whole seconds, such as 2027-01-31T00:00:00Z"]),
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
  rotationTrigger: filled,
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
  replicaRegions: {
    right: [
      [],
      ["cn-east-3"],
      [{ region: "cn-east-3", kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f" }, "cn-south-1"],
    ],
    wrong: [
      [["cn-north-4"], "is the region of the secret itself"],
      [["cn-east-3", { region: "cn-east-3" }], "names a region a second time"],
      [["a b"], placeRule],
      [[{ region: "cn-east-3", kmsKeyId: "alias" }], keyRule],
      [[{ region: "cn-east-3", key: "x" }], "has members that are not allowed: key"],
      ["cn-east-3", "must be a list, but is a string"],
      [Array.from({ length: 31 }, (_, n) => `cn-x-${n}`), "must be at most 30"],
    ],
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
  adoptExisting: yesOrNo,
  recoveryWindowInDays: window,
  forceDeleteWithoutRecovery: yesOrNo,
};

const targetRule = "must be a topic's URN: 1 to 256 letters, digits or any of - . _ :";
const event: Record<string, Cases> = {
  name: csms.name as Cases,
  eventTypes: {
    right: [["SECRET_DELETED"], ["SECRET_VERSION_CREATED", "SECRET_VERSION_EXPIRED", "SECRET_ROTATED"]],
    wrong: [
      [[], "must name at least one"],
      [["SECRET_ROTATED", "SECRET_ROTATED"], "must not name one twice"],
      [
        ["SECRET_LOST"],
        "must be one of SECRET_VERSION_CREATED, SECRET_VERSION_EXPIRED, SECRET_ROTATED, SECRET_ROTATED_FAILED, SECRET_DELETED",
      ],
      ["SECRET_ROTATED", "must be a list, but is a string"],
    ],
  },
  state: { right: ["ENABLED", "DISABLED"], wrong: [["FROZEN", "must be one of ENABLED, DISABLED"]] },
  notification: {
    right: [topic, { ...topic, targetId: "u".repeat(256), targetName: "t".repeat(64) }],
    wrong: [
      [{ ...topic, targetType: "FunctionGraph" }, "must be SMN"],
      [{ ...topic, targetId: "" }, targetRule],
      [{ ...topic, targetId: "u".repeat(257) }, targetRule],
      [{ ...topic, targetName: "a b" }, "must be a topic's name: 1 to 64 letters, digits, - or _"],
      [{ targetType: "SMN", targetId: "urn:smn" }, "must be a string, but is missing"],
      [{ ...topic, target_id: "x" }, "has members that are not allowed: target_id"],
      ["urn:smn", "must be an object, but is a string"],
    ],
  },
  region: place,
  projectId: place,
  adoptExisting: yesOrNo,
};

const rdsValue = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: canary }] });
const managed = { secretType: "Rds", extendedConfig: rds, secretData: rdsValue };
const rotated = { secretType: "RDS-FG", rotationConfig: config, rotationFuncUrn: "urn:fss" };

/** What a field needs beside it, or not to be there, for a case of its own. */
const beside: Record<string, Record<string, Record<string, unknown>>> = {
  AliyunKmsSecret: {
    secretType: managed,
    extendedConfig: managed,
    rotationTrigger: managed,
    policy: { dkmsInstanceId: "kst-1" },
  },
  CsmsSecret: { secretBinary: { secretString: undefined }, rotationTrigger: rotated },
};

describe.each(resources.map((resource) => [resource.name, resource] as const))("%s", (name, resource) => {
  const table = { AliyunKmsSecret: kms, AnalyticDbSecret: gpdb, CsmsSecret: csms, CsmsEvent: event }[name] ?? {};
  const failures = (changes: Record<string, unknown>) =>
    check(resource, { ...least[name], ...changes }, sourceOf()).failures;

  it("has a case for each of its inputs", () => {
    expect(Object.keys(table)).toEqual(Object.keys(resource.inputs));
    expect(failures({})).toEqual([]);
  });

  it.each(Object.entries(table))("takes what is right in %s", (field, { right }) => {
    for (const value of right) expect(failures({ ...beside[name]?.[field], [field]: value })).toEqual([]);
  });

  const wrong = Object.entries(table).flatMap(([field, cases]) =>
    cases.wrong.map(([value, reason]) => [field, reason, value] as const),
  );
  it.each(wrong)("says of a wrong %s: %s", (field, reason, value) => {
    const found = failures({ ...beside[name]?.[field], [field]: value });
    expect(found).toEqual([{ property: expect.stringMatching(new RegExp(`^${field}(\\.|\\[|$)`)), reason }]);
  });

  it.each(Object.keys(table))("lets %s pass while it is unknown, at any depth", (field) => {
    for (const value of [unknown, { a: unknown }, ["x", { b: [unknown] }]])
      expect(failures({ ...beside[name]?.[field], [field]: value })).toEqual([]);
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
