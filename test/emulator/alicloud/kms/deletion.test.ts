import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(async () => {
  kms.emulator.reset();
  await kms.ok("CreateSecret", { SecretName: "db", SecretData: "first", VersionId: "v1" });
});

const db = { SecretName: "db" };
const pending = [409, "Rejected.ResourceInDeleteWindow"];
const missing = [404, "Forbidden.ResourceNotFound"];

describe("DeleteSecret", () => {
  it("waits 30 days unless told otherwise", async () => {
    expect(await kms.ok("DeleteSecret", db)).toMatchObject({ ...db, PlannedDeleteTime: kms.iso(30) });
  });

  it.each([["7"], ["30"]])("waits %s days when told so", async (RecoveryWindowInDays) => {
    const { PlannedDeleteTime } = await kms.ok("DeleteSecret", { ...db, RecoveryWindowInDays });
    expect(PlannedDeleteTime).toBe(kms.iso(Number(RecoveryWindowInDays)));
  });

  it.each([["6"], ["31"], ["0"], ["ten"], ["-7"]])("refuses to wait %s days", async (RecoveryWindowInDays) => {
    expect(await kms.refused("DeleteSecret", { ...db, RecoveryWindowInDays })).toEqual([400, "InvalidParameter"]);
    expect(await kms.ok("DescribeSecret", db)).not.toHaveProperty("PlannedDeleteTime");
  });

  it("deletes at once by force, also beside a window, and frees the name", async () => {
    await kms.ok("DeleteSecret", { ...db, ForceDeleteWithoutRecovery: "true", RecoveryWindowInDays: "30" });
    expect(await kms.refused("DescribeSecret", db)).toEqual(missing);
    expect(await kms.refused("DeleteSecret", { ...db, ForceDeleteWithoutRecovery: "true" })).toEqual(missing);
    expect(await kms.refused("RestoreSecret", db)).toEqual(missing);
    await kms.ok("CreateSecret", { ...db, SecretData: "second", VersionId: "v1" });
  });
});

describe("a secret that waits for deletion", () => {
  beforeEach(() => kms.ok("DeleteSecret", { ...db, RecoveryWindowInDays: "7" }));

  it.each([
    ["CreateSecret", { ...db, SecretData: "x", VersionId: "v1" }],
    ["UpdateSecret", { ...db, Description: "x" }],
    ["GetSecretValue", db],
    ["PutSecretValue", { ...db, SecretData: "x", VersionId: "v2" }],
    ["DeleteSecret", db],
    ["DeleteSecret", { ...db, ForceDeleteWithoutRecovery: "true" }],
    ["UpdateSecretVersionStage", { ...db, VersionStage: "blue", MoveToVersion: "v1" }],
    ["TagResources", { RegionId: "cn-hangzhou", ResourceType: "secret", "ResourceId.1": "db", "Tag.1.Key": "a" }],
  ])("refuses %s", async (action, parameters) => {
    expect(await kms.refused(action, parameters as Record<string, string>)).toEqual(pending);
  });

  it("is still described and listed, with the time of its end", async () => {
    expect(await kms.ok("DescribeSecret", db)).toMatchObject({ PlannedDeleteTime: kms.iso(7) });
    const { SecretList } = await kms.ok("ListSecrets");
    expect(SecretList.Secret).toEqual([expect.objectContaining({ ...db, PlannedDeleteTime: kms.iso(7) })]);
  });

  it("comes back whole by RestoreSecret", async () => {
    await kms.ok("RestoreSecret", db);
    expect(await kms.ok("DescribeSecret", db)).not.toHaveProperty("PlannedDeleteTime");
    expect((await kms.ok("GetSecretValue", db)).SecretData).toBe("first");
  });

  it("is gone once its time has come, and the name is free", async () => {
    kms.passSeconds(7 * 86_400 - 1);
    await kms.ok("DescribeSecret", db);
    kms.passSeconds(1);
    expect(await kms.refused("DescribeSecret", db)).toEqual(missing);
    expect(await kms.refused("RestoreSecret", db)).toEqual(missing);
    expect(kms.emulator.state().kms).toEqual({ secrets: [] });
    await kms.ok("CreateSecret", { ...db, SecretData: "second", VersionId: "v1" });
  });
});

it("RestoreSecret refuses a secret that nobody deleted", async () => {
  expect(await kms.refused("RestoreSecret", db)).toEqual([409, "Rejected.ResourceInUse"]);
});
