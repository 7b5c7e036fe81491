import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { combinations, type Dimension, liveThrough, maybe, outsideAtTimes } from "./life";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const tags = maybe("tags", { a: "1" }, {}, Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, ""])));
const description = maybe("description", "for the shop", "", "two\nlines");
const ofDeletion: Dimension[] = [
  maybe("recoveryWindowInDays", 7, 30),
  maybe("forceDeleteWithoutRecovery", true, false),
  maybe("adoptExisting", true, false),
];
const region = maybe("regionId", "cn-beijing", "ap-southeast-1");
const key = maybe("encryptionKeyId", "key-1");
const policy = { Version: "1", Statement: [{ Effect: "Allow", Action: ["kms:*"] }] };
const instance: Dimension = [
  {},
  { dkmsInstanceId: "kst-1" },
  (turn) => ({ dkmsInstanceId: "kst-1", policy: turn % 2 ? policy : JSON.stringify(policy, undefined, 2) }),
];

/** Secrets of one name are told apart by their regions alone, so each has one of its own. */
const named = (prefix: string): Dimension => [{}, (turn) => ({ secretName: `${prefix}shop/${turn}` })];

describe("any combination of the fields of an AliyunKmsSecret settles", { timeout: 240_000 }, () => {
  it("of the type Generic", async () => {
    const all = combinations(
      [
        [outsideAtTimes("secretData", (turn) => ({ secretData: turn % 2 ? "text" : '{"json": true}' }))],
        named(""),
        [{}, { versionId: "v-1" }, { versionId: "v-1", currentVersionId: "v-1" }],
        maybe("versionStages", ["blue"], [], ["green", "blue"]),
        maybe("secretDataType", "binary", "text"),
        maybe("secretType", "Generic"),
        key,
        instance,
        description,
        tags,
        region,
      ],
      [...ofDeletion, maybe("automaticRotation", false), maybe("rotationInterval", "7d")],
    );
    expect(await liveThrough("AliyunKmsSecret", emulator, all)).toBe(2 * 3 * 2 * 2 * 2 * 2 * 3 * 2 * 2 * 2);
  });

  const account = { regionId: "cn-hangzhou", accountName: "app" };
  it.each([
    ["Rds", "", { secretSubType: "SingleUser", dbInstanceId: "rm-1" }, accounts()],
    [
      "Redis",
      "",
      {
        ...account,
        secretSubType: "DoubleUsers",
        instanceId: "r-1",
        cloneAccountName: "app_clone",
        accountPrivilege: "RoleReadOnly",
      },
      undefined,
    ],
    ["ECS", "acs/ecs/", { secretSubType: "Password", regionId: "cn-hangzhou", instanceId: "i-1" }, login()],
    ["ECS", "acs/ecs/", { secretSubType: "SSHKey", regionId: "cn-hangzhou", instanceId: "i-1" }, keyPair()],
    ["PolarDB", "", { ...account, secretSubType: "DoubleUsers", dbClusterId: "pc-1", dbType: "PostgreSQL" }, undefined],
    ["RAMCredentials", undefined, { secretSubType: "RamUserAccessKey" }, accessKeys()],
  ])("of the type %s", async (secretType, prefix, extendedConfig, secretData) => {
    const config = (turn: number, more: object = {}) => ({
      secretType,
      secretData,
      extendedConfig: { ...extendedConfig, ...(prefix === undefined && { userName: `user-${turn}` }), ...more },
    });
    const all = combinations(
      [
        [(turn) => config(turn), (turn) => config(turn, { customData: turn % 2 ? {} : { owner: "us", more: [1] } })],
        prefix === undefined ? [{}, { secretName: "$Auto" }] : named(prefix),
        [
          {},
          { automaticRotation: false, rotationInterval: "7d" },
          (turn) => ({ automaticRotation: true, rotationInterval: ["7d", "168h", "604800s"][turn % 3] }),
        ],
        maybe("rotationTrigger", "1"),
        maybe("versionId", "v-1"),
        key,
        instance,
        description,
        tags,
      ],
      [...ofDeletion, region, maybe("secretDataType", "text")],
    );
    expect(await liveThrough("AliyunKmsSecret", emulator, all)).toBe(2 * 2 * 3 * 2 * 2 * 2 * 3 * 2 * 2);
  });
});

it("any combination of the fields of an AnalyticDbSecret settles", { timeout: 60_000 }, async () => {
  const all = combinations([
    [
      (turn) => ({ dbInstanceId: `gp-${turn}` }),
      (turn) => ({ workspaceId: `gp-ws-${turn}` }),
      (turn) => ({ dbInstanceId: `gp-${turn}`, workspaceId: `gp-ws-${turn}` }),
    ],
    [{ username: "app" }],
    [{ password: "first" }, { passwordFrom: { random: { length: 12, characters: ["lower", "symbols"] } } }],
    maybe("secretName", "shop"),
    description,
    maybe("testConnection", true, false),
    region,
    maybe("adoptExisting", true, false),
  ]);
  expect(await liveThrough("AnalyticDbSecret", emulator, all)).toBe(3 * 2 * 2 * 2 * 2 * 2 * 2);
});

function accounts() {
  return JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: "first" }] });
}
function accessKeys() {
  return JSON.stringify({ AccessKeys: [{ AccessKeyId: "id", AccessKeySecret: "first" }] });
}
function login() {
  return JSON.stringify({ UserName: "app", Password: "first" });
}
function keyPair() {
  return JSON.stringify({ UserName: "app", PublicKey: "public", PrivateKey: "first" });
}
