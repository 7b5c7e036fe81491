import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";
import { configured, type Kind, kinds, managed } from "./managed";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(() => kms.emulator.reset());

const configOf = async (SecretName: string) =>
  JSON.parse((await kms.ok("DescribeSecret", { SecretName })).ExtendedConfig);

const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));

describe("the extended configuration", () => {
  it.each(kinds)("of %s reads back with CustomData added", async (kind) => {
    const created = await kms.ok("CreateSecret", managed[kind]);
    const expected = { ...JSON.parse(managed[kind].ExtendedConfig ?? ""), CustomData: {} };
    expect(JSON.parse(created.ExtendedConfig)).toEqual(expected);
    expect(await configOf(created.SecretName)).toEqual(expected);
  });

  it.each(kinds)("of %s keeps the CustomData that it was given, as compact JSON", async (kind) => {
    const declared = configured(kind, { CustomData: { owner: "a", more: [1] } });
    const ExtendedConfig = declared.ExtendedConfig?.replaceAll(",", " , ");
    const created = await kms.ok("CreateSecret", { ...declared, ExtendedConfig: ExtendedConfig ?? "" });
    expect(created.ExtendedConfig).toBe(declared.ExtendedConfig);
  });

  it.each<[Kind, object]>([
    ["Rds", { SecretSubType: "DoubleUsers" }],
    ["PolarDB", { CloneAccountName: "app_clone", AccountType: "Normal", AccountPrivilege: "ReadOnly", DBName: "shop" }],
    ["PolarDB", { DBType: "PostgreSQL", CloneAccountName: "app_clone", AccountType: "Normal" }],
    ["RAMCredentials", { UserName: "a.b-c_d@e" }],
    ["Rds", { CustomData: pairs(10) }],
  ])("of %s takes %o", async (kind, changed) => {
    await kms.ok("CreateSecret", configured(kind, changed));
  });

  const wrong: [Kind, object][] = [
    ["Rds", { SecretSubType: "ThreeUsers" }],
    ["Rds", { DBInstanceId: "" }],
    ["Redis", { SecretSubType: "SingleUser" }],
    ["Redis", { CloneAccountName: "other_clone" }],
    ["PolarDB", { SecretSubType: "SingleUser" }],
    ["PolarDB", { DBType: "Oracle" }],
    ["PolarDB", { CloneAccountName: "app" }],
    ["PolarDB", { AccountType: "Super" }],
    ["PolarDB", { DBType: "PostgreSQL", AccountPrivilege: "ReadOnly" }],
    ["PolarDB", { DBType: "PostgreSQL", DBName: "shop" }],
    ["RAMCredentials", { SecretSubType: "SingleUser" }],
    ["RAMCredentials", { UserName: "../x" }],
    ["password", { SecretSubType: "Certificate" }],
    ["keys", { RegionId: 7 }],
    ...kinds.flatMap((kind): [Kind, object][] => [
      [kind, { Unknown: "x" }],
      [kind, { CustomData: null }],
      [kind, { CustomData: [] }],
      [kind, { CustomData: "{}" }],
      [kind, { CustomData: pairs(11) }],
    ]),
    // each member that has to be there
    ...kinds.flatMap((kind) =>
      Object.keys(JSON.parse(managed[kind].ExtendedConfig ?? "")).map((name): [Kind, object] => [
        kind,
        { [name]: undefined },
      ]),
    ),
  ];
  it.each(wrong)("of %s refuses %o", async (kind, changed) => {
    const { status, body } = await kms.call("CreateSecret", configured(kind, changed));
    expect([status, body.Code]).toEqual([400, "InvalidParameter"]);
    expect(body.Message).toContain('"ExtendedConfig"');
  });

  it("is a JSON object of at most 1024 characters", async () => {
    const long = (length: number) => configured("Rds", { CustomData: { a: "x".repeat(length) } });
    const over = 1024 - (long(0).ExtendedConfig?.length ?? 0);
    for (const ExtendedConfig of ["[]", "null", "{", long(over + 1).ExtendedConfig ?? ""]) {
      const refused = await kms.refused("CreateSecret", { ...managed.Rds, ExtendedConfig });
      expect(refused).toEqual([400, "InvalidParameter"]);
    }
    await kms.ok("CreateSecret", long(over));
  });

  it("is nothing to generic secrets", async () => {
    const generic = { SecretName: "db", VersionId: "v1", SecretData: "x", ExtendedConfig: '{"Unknown":1}' };
    expect(await kms.ok("CreateSecret", generic)).not.toHaveProperty("ExtendedConfig");
  });
});

describe("ExtendedConfig.CustomData of UpdateSecret", () => {
  const update = (customData: string) => ({ SecretName: "db", "ExtendedConfig.CustomData": customData });

  it("takes the place of what was there, and of nothing else", async () => {
    await kms.ok("CreateSecret", configured("Rds", { CustomData: { a: 1, b: 2 } }));
    await kms.ok("UpdateSecret", update('{"c":3}'));
    const rest = { SecretSubType: "SingleUser", DBInstanceId: "rm-1" };
    expect(await configOf("db")).toEqual({ ...rest, CustomData: { c: 3 } });
    await kms.ok("UpdateSecret", update("{}"));
    expect(await configOf("db")).toEqual({ ...rest, CustomData: {} });
  });

  it.each(["[]", "null", '"a"', "{", JSON.stringify(pairs(11)), JSON.stringify({ a: "x".repeat(1024) })])(
    "refuses %s",
    async (customData) => {
      await kms.ok("CreateSecret", managed.Rds);
      expect(await kms.refused("UpdateSecret", update(customData))).toEqual([400, "InvalidParameter"]);
      expect((await configOf("db")).CustomData).toEqual({});
    },
  );
});
