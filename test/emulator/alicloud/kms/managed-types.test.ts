import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(() => kms.emulator.reset());

const rds = {
  SecretName: "db",
  SecretData: '{"Accounts":[{"AccountName":"a","AccountPassword":"b"}]}',
  VersionId: "v1",
  SecretType: "Rds",
  ExtendedConfig: '{"SecretSubType":"SingleUser","DBInstanceId":"rm-1","CustomData":{}}',
};

const db = { SecretName: "db" };

describe("types that the service manages", () => {
  it("describe their extended configuration and rotation", async () => {
    const rotating = { EnableAutomaticRotation: "true", RotationInterval: "7d" };
    const created = await kms.ok("CreateSecret", { ...rds, ...rotating });
    const rotation = {
      AutomaticRotation: "Enabled",
      RotationInterval: "604800s",
      NextRotationDate: kms.iso(7),
      ExtendedConfig: rds.ExtendedConfig,
    };
    expect(created).toMatchObject({ SecretType: "Rds", ...rotation });
    expect(await kms.ok("DescribeSecret", db)).toMatchObject(rotation);
    const value = await kms.ok("GetSecretValue", { ...db, FetchExtendedConfig: "true" });
    expect(value).toMatchObject({ SecretData: '{"AccountName":"a","AccountPassword":"b"}', ...rotation });
  });

  it.each([
    ["binary values", { SecretDataType: "binary" }, "InvalidParameter"],
    ["no extended configuration", { ExtendedConfig: "" }, "MissingParameter"],
    ["an unknown type", { SecretType: "Oracle" }, "InvalidParameter"],
    ["rotation without an interval", { EnableAutomaticRotation: "true" }, "MissingParameter"],
    ["rotation every 5 hours", { EnableAutomaticRotation: "true", RotationInterval: "5h" }, "InvalidParameter"],
    ["rotation every 366 days", { EnableAutomaticRotation: "true", RotationInterval: "366d" }, "InvalidParameter"],
    ["rotation in weeks", { EnableAutomaticRotation: "true", RotationInterval: "2w" }, "InvalidParameter"],
  ])("refuse %s", async (_, changed, code) => {
    expect(await kms.refused("CreateSecret", { ...rds, ...(changed as Record<string, string>) })).toEqual([400, code]);
  });

  it("show ACSCurrent and ACSPrevious only, and ignore version ids", async () => {
    await kms.ok("CreateSecret", rds);
    expect((await kms.ok("GetSecretValue", { ...db, VersionId: "v9" })).VersionId).toBe("v1");
    expect(await kms.refused("GetSecretValue", { ...db, VersionStage: "blue" })).toEqual([400, "InvalidParameter"]);
  });

  it("take no values and stages by hand", async () => {
    await kms.ok("CreateSecret", rds);
    const unsupported = [400, "Rejected.UnsupportedOperation"];
    expect(await kms.refused("PutSecretValue", { ...db, VersionId: "v2", SecretData: "x" })).toEqual(unsupported);
    const move = { ...db, VersionStage: "blue", MoveToVersion: "v1" };
    expect(await kms.refused("UpdateSecretVersionStage", move)).toEqual(unsupported);
  });
});

describe("UpdateSecretRotationPolicy", () => {
  it("turns rotation on and off, and reads the interval back in seconds", async () => {
    await kms.ok("CreateSecret", rds);
    const on = { ...db, EnableAutomaticRotation: "true" };
    await kms.ok("UpdateSecretRotationPolicy", { ...on, RotationInterval: "30d" });
    expect(await kms.ok("DescribeSecret", db)).toMatchObject({
      AutomaticRotation: "Enabled",
      RotationInterval: "2592000s",
    });
    expect(await kms.refused("UpdateSecretRotationPolicy", on)).toEqual([400, "MissingParameter"]);
    await kms.ok("UpdateSecretRotationPolicy", { ...db, EnableAutomaticRotation: "false" });
    const off = await kms.ok("DescribeSecret", db);
    expect(off.AutomaticRotation).toBe("Disabled");
    expect(off).not.toHaveProperty("RotationInterval");
  });

  it("is not for generic secrets, whose rotation settings are ignored at creation", async () => {
    await kms.ok("CreateSecret", { ...db, SecretData: "x", VersionId: "v1", EnableAutomaticRotation: "true" });
    const change = { ...db, EnableAutomaticRotation: "true", RotationInterval: "30d" };
    expect(await kms.refused("UpdateSecretRotationPolicy", change)).toEqual([400, "Rejected.UnsupportedOperation"]);
    expect(await kms.ok("DescribeSecret", db)).not.toHaveProperty("AutomaticRotation");
  });
});

describe("RotateSecret", () => {
  it("makes a new current value once per version id", async () => {
    const { Arn } = await kms.ok("CreateSecret", rds);
    expect(await kms.ok("RotateSecret", { ...db, VersionId: "v2" })).toMatchObject({ Arn, ...db, VersionId: "v2" });
    const { SecretData } = await kms.ok("GetSecretValue", db);
    expect(SecretData).not.toContain('"b"');
    await kms.ok("RotateSecret", { ...db, VersionId: "v2" });
    expect((await kms.ok("GetSecretValue", db)).SecretData).toBe(SecretData);
    expect((await kms.ok("DescribeSecret", db)).LastRotationDate).toBe(kms.iso());
    const previous = await kms.ok("GetSecretValue", { ...db, VersionStage: "ACSPrevious" });
    expect(previous.SecretData).toBe('{"AccountName":"a","AccountPassword":"b"}');
  });

  it("rotates 50 times an hour", async () => {
    await kms.ok("CreateSecret", rds);
    for (let n = 0; n < 50; n += 1) await kms.ok("RotateSecret", { ...db, VersionId: `r${n}` });
    expect(await kms.refused("RotateSecret", { ...db, VersionId: "more" })).toEqual([400, "Rejected.LimitExceeded"]);
    kms.passSeconds(3600);
    await kms.ok("RotateSecret", { ...db, VersionId: "more" });
  });

  it("is not for generic secrets", async () => {
    await kms.ok("CreateSecret", { ...db, SecretData: "x", VersionId: "v1" });
    expect(await kms.refused("RotateSecret", { ...db, VersionId: "v2" })).toEqual([
      400,
      "Rejected.UnsupportedOperation",
    ]);
  });
});

describe("the policy of a secret", () => {
  const inInstance = { ...db, SecretData: "x", VersionId: "v1", DKMSInstanceId: "kst-1" };

  it("is a default until one is set, in a KMS instance", async () => {
    expect(await kms.ok("CreateSecret", inInstance)).toMatchObject({ DKMSInstanceId: "kst-1" });
    expect(JSON.parse((await kms.ok("GetSecretPolicy", db)).Policy).Version).toBe("1");
    await kms.ok("SetSecretPolicy", { ...db, Policy: '{"Statement":[]}', PolicyName: "default" });
    expect((await kms.ok("GetSecretPolicy", db)).Policy).toBe('{"Statement":[]}');
  });

  it("can be given at creation, up to 32768 bytes", async () => {
    const Policy = JSON.stringify({ Statement: "x".repeat(32_768 - 16) });
    expect(Policy).toHaveLength(32_768);
    await kms.ok("CreateSecret", { ...inInstance, Policy });
    expect((await kms.ok("GetSecretPolicy", db)).Policy).toBe(Policy);
    const longer = Policy.replace("x", "xx");
    expect(await kms.refused("SetSecretPolicy", { ...db, Policy: longer })).toEqual([400, "InvalidParameter"]);
  });

  it("is not there outside of instances, nor under another name", async () => {
    const shared = { ...inInstance, DKMSInstanceId: "" };
    expect(await kms.refused("CreateSecret", { ...shared, Policy: "{}" })).toEqual([400, "MissingParameter"]);
    await kms.ok("CreateSecret", shared);
    const unsupported = [400, "Rejected.UnsupportedOperation"];
    expect(await kms.refused("GetSecretPolicy", db)).toEqual(unsupported);
    expect(await kms.refused("SetSecretPolicy", { ...db, Policy: "{}" })).toEqual(unsupported);
    expect(await kms.refused("GetSecretPolicy", { ...db, PolicyName: "own" })).toEqual([
      404,
      "Forbidden.ResourceNotFound",
    ]);
  });
});
