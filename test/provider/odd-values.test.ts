import { describe, expect, it } from "vitest";
import { check } from "../../provider/check";
import { plan } from "../../provider/diff";
import { host } from "../../provider/hosts/dynamic";
import { fromWire } from "../../provider/hosts/wire";
import { resources } from "../../provider/resources";
import { rds } from "./field-cases/alicloud";
import { sourceOf } from "./source";

const kms = { secretName: "db", secretData: "x", regionId: "cn-hangzhou", dkmsInstanceId: "kst-1" };
const csms = { name: "db", secretString: "x", region: "cn-north-4" };
const [kmsSecret, , csmsSecret] = resources as [(typeof resources)[0], unknown, (typeof resources)[0]];

const failures = (changes: object) => check(kmsSecret, fromWire({ ...kms, ...changes }), sourceOf()).failures;
const ofCsms = (changes: object) => check(csmsSecret, fromWire({ ...csms, ...changes }), sourceOf()).failures;
const nested = (levels: number) => {
  let value: unknown = "x";
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
};

describe("a value that no service would get as it is", () => {
  it.each([
    [
      "a number that JSON does not have",
      { policy: { a: Number.POSITIVE_INFINITY } },
      "must hold no number that is not finite",
    ],
    ["half a character", { secretData: "\ud83d" }, "must be well-formed Unicode"],
    ["half a character in a name", { policy: { "\ud83d": 1 } }, "must be well-formed Unicode"],
    [
      "a member that JavaScript hides",
      { policy: JSON.parse('{"__proto__":1}') },
      "must have no member named __proto__",
    ],
    ["20,000 levels", { policy: nested(20_000) }, "must be at most 100 levels deep"],
  ])("is refused: %s", (_, changes, reason) => {
    expect(failures(changes)).toEqual([{ property: Object.keys(changes)[0], reason }]);
  });

  it("is taken with 100 levels", () => {
    expect(failures({ policy: nested(100) })).toEqual([]);
  });

  it("is the other zero, which every service answers as zero", () => {
    expect(fromWire({ policy: { a: -0 } })).toEqual({ policy: { a: 0 } });
  });

  it("is refused by the host too, whose answer holds nothing of it", async () => {
    const { failures = [], inputs } =
      (await host("AliyunKmsSecret").check?.({}, { ...kms, policy: nested(20_000) })) ?? {};
    expect(failures[0]?.reason).toBe("policy: must be at most 100 levels deep");
    expect(JSON.stringify(inputs).length).toBeLessThan(2_000);
  });
});

describe("a wrong value", () => {
  it("is no text for having a length that nothing can be compared with", () => {
    const odd = { length: { toString: 1 } };
    expect(failures({ versionId: odd })).toEqual([
      { property: "versionId", reason: "must be a string, but is an object" },
    ]);
    expect(ofCsms({ eventSubscriptions: odd })).toEqual([
      { property: "eventSubscriptions", reason: "must be a list, but is an object" },
    ]);
  });

  it("is told ten times at most", () => {
    const told = failures({ versionStages: Array.from({ length: 50_000 }, () => "a b") });
    expect(told.length).toBe(11);
    expect(told.at(-1)?.reason).toBe("has 49992 more things wrong with it");
  });

  it("is told in one short line, whatever its members are called", () => {
    const config = { ...rds, "a\nb": 1, [`long${"g".repeat(1_000)}`]: 1, c: 1, d: 1, e: 1, f: 1, g: 1 };
    expect(failures({ secretType: "Rds", extendedConfig: config, secretData: accounts })).toEqual([
      {
        property: "extendedConfig",
        reason: `has members that are not allowed: a\ufffdb, long${"g".repeat(146)}…, c, d, e and 2 more`,
      },
    ]);
    expect(failures({ "x\u001b[31m": 1 })).toMatchObject([{ property: "x\ufffd[31m" }]);
  });

  it("of much too long base64 is refused for its length, with no pattern tried on it", () => {
    expect(ofCsms({ secretString: undefined, secretBinary: "a".repeat(20_000_000) })).toEqual([
      { property: "secretBinary", reason: "must be at most 64 KB when decoded" },
    ]);
  });
});

describe("a difference to a wrong value", () => {
  it.each([
    ["a config that is a long text", "AliyunKmsSecret", { extendedConfig: "x".repeat(11_000_000) }],
    ["a config with members that have no text", "AliyunKmsSecret", { extendedConfig: { a: { toString: 1 }, b: 1 } }],
    ["stages that have no text", "AliyunKmsSecret", { versionStages: [{ toString: 1 }, { toString: 1 }] }],
    [
      "a policy of 5,000 levels as text",
      "AliyunKmsSecret",
      { policy: `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}` },
    ],
    ["replicas that are none", "CsmsSecret", { replicaRegions: [null, 1, {}, { region: {} }] }],
  ])("is found in a moment: %s", (_, name, changes) => {
    const shape = name === "CsmsSecret" ? csmsSecret : kmsSecret;
    const started = performance.now();
    expect(plan(shape, changes, { ...changes }).changed).toEqual([]);
    plan(shape, changes, {});
    plan(shape, {}, changes);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("what KMS and CSMS document of an id is asked before anything is made", () => {
  it.each([
    [
      "a user",
      { extendedConfig: { secretSubType: "RamUserAccessKey", userName: "a b" }, secretData: keys() },
      "RAMCredentials",
    ],
    [
      "the value's members",
      { extendedConfig: rds, secretData: '{"Accounts":[{"AccountName":"a","AccountPassword":"b","more":1}]}' },
      "Rds",
    ],
    ["a name", { secretName: "acs/ecs/", extendedConfig: ecs(), secretData: '{"UserName":"a","Password":"b"}' }, "ECS"],
  ])("%s", (_, changes, secretType) => {
    const given = secretType === "RAMCredentials" ? { secretName: undefined } : {};
    expect(failures({ ...given, ...changes, secretType }).length).toBe(1);
  });

  it("a project", () => {
    expect(ofCsms({ projectId: "p1" })).toEqual([{ property: "projectId", reason: "must be 32 letters or digits" }]);
  });
});

const accounts = '{"Accounts":[{"AccountName":"a","AccountPassword":"b"}]}';
function keys() {
  return '{"AccessKeys":[{"AccessKeyId":"a","AccessKeySecret":"b"}]}';
}
function ecs() {
  return { secretSubType: "Password", regionId: "cn-hangzhou", instanceId: "i-1" };
}
