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

const put = (VersionId: string, SecretData = "x", more: Record<string, string> = {}) =>
  kms.ok("PutSecretValue", { SecretName: "db", VersionId, SecretData, ...more });

async function stages(): Promise<Record<string, string[]>> {
  const { VersionIds } = await kms.ok("ListSecretVersionIds", {
    SecretName: "db",
    IncludeDeprecated: "true",
    PageSize: "100",
  });
  return Object.fromEntries(
    VersionIds.VersionId.map((version: { VersionId: string; VersionStages: { VersionStage: string[] } }) => [
      version.VersionId,
      version.VersionStages.VersionStage,
    ]),
  );
}

describe("PutSecretValue", () => {
  it("makes the new version current and the old one previous", async () => {
    expect(await put("v2", "second")).toMatchObject({
      SecretName: "db",
      VersionId: "v2",
      VersionStages: { VersionStage: ["ACSCurrent"] },
    });
    await put("v3", "third");
    expect(await stages()).toEqual({ v1: [], v2: ["ACSPrevious"], v3: ["ACSCurrent"] });
    expect((await kms.ok("GetSecretValue", { SecretName: "db" })).SecretData).toBe("third");
    const previous = await kms.ok("GetSecretValue", { SecretName: "db", VersionStage: "ACSPrevious" });
    expect(previous.SecretData).toBe("second");
    expect((await kms.ok("GetSecretValue", { SecretName: "db", VersionId: "v1" })).SecretData).toBe("first");
  });

  it("ignores a repeated version with the same value, wherever its stage went since", async () => {
    await put("v2", "second");
    await put("v3", "third");
    expect(await put("v2", "second")).toMatchObject({ VersionStages: { VersionStage: ["ACSPrevious"] } });
    expect(await stages()).toEqual({ v1: [], v2: ["ACSPrevious"], v3: ["ACSCurrent"] });
  });

  it("refuses a repeated version with another value or type", async () => {
    const again = { SecretName: "db", VersionId: "v1", SecretData: "first" };
    expect(await kms.refused("PutSecretValue", { ...again, SecretData: "other" })).toEqual([
      409,
      "Rejected.ResourceExist",
    ]);
    expect(await kms.refused("PutSecretValue", { ...again, SecretDataType: "binary" })).toEqual([
      409,
      "Rejected.ResourceExist",
    ]);
  });

  it("puts only the stages that it is given", async () => {
    await put("v2", "x", { VersionStages: '["blue","green"]' });
    expect(await stages()).toEqual({ v1: ["ACSCurrent"], v2: ["blue", "green"] });
    await put("v3", "x", { VersionStages: '["blue","ACSCurrent"]' });
    expect(await stages()).toEqual({ v1: ["ACSPrevious"], v2: ["green"], v3: ["blue", "ACSCurrent"] });
  });

  it("keeps 10 versions: the eleventh removes the earliest", async () => {
    for (let n = 2; n <= 11; n += 1) await put(`v${n}`);
    const kept = Object.keys(await stages());
    expect(kept).toHaveLength(10);
    expect(kept[0]).toBe("v2");
    expect(await kms.refused("GetSecretValue", { SecretName: "db", VersionId: "v1" })).toEqual([
      404,
      "Forbidden.ResourceNotFound",
    ]);
  });

  it("never rolls the current version away", async () => {
    for (let n = 2; n <= 11; n += 1) await put(`v${n}`, "x", { VersionStages: '["blue"]' });
    const kept = await stages();
    expect(Object.keys(kept)).toHaveLength(10);
    expect(kept.v1).toEqual(["ACSCurrent"]);
    expect(kept).not.toHaveProperty("v2");
  });

  it("allows 8 stages in a secret, those of the system included", async () => {
    await put("v2", "x", { VersionStages: '["a","b","c","d","e","f","g"]' });
    const ninth = { SecretName: "db", VersionId: "v3", SecretData: "x", VersionStages: '["h"]' };
    expect(await kms.refused("PutSecretValue", ninth)).toEqual([400, "Rejected.LimitExceeded"]);
    expect(Object.keys(await stages())).toEqual(["v1", "v2"]);
  });
});

describe("UpdateSecretVersionStage", () => {
  const move = (parameters: Record<string, string>) => ({ SecretName: "db", ...parameters });

  it("moves ACSCurrent back, leaving ACSPrevious where it was", async () => {
    await put("v2");
    await kms.ok("UpdateSecretVersionStage", move({ VersionStage: "ACSCurrent", MoveToVersion: "v1" }));
    expect(await stages()).toEqual({ v1: ["ACSCurrent"], v2: ["ACSPrevious"] });
  });

  it("puts ACSCurrent on a version without stages, named alone or with the one that has it", async () => {
    await put("v2");
    await put("v3");
    await kms.ok("UpdateSecretVersionStage", move({ VersionStage: "ACSCurrent", MoveToVersion: "v1" }));
    expect(await stages()).toEqual({ v1: ["ACSCurrent"], v2: [], v3: ["ACSPrevious"] });
    const both = { VersionStage: "ACSCurrent", RemoveFromVersion: "v1", MoveToVersion: "v2" };
    await kms.ok("UpdateSecretVersionStage", move(both));
    expect(await stages()).toEqual({ v1: ["ACSPrevious"], v2: ["ACSCurrent"], v3: [] });
  });

  it("adds, moves and removes stages of one's own", async () => {
    await put("v2");
    await kms.ok("UpdateSecretVersionStage", move({ VersionStage: "blue", MoveToVersion: "v1" }));
    expect((await stages()).v1).toContain("blue");
    await kms.ok(
      "UpdateSecretVersionStage",
      move({ VersionStage: "blue", RemoveFromVersion: "v1", MoveToVersion: "v2" }),
    );
    expect(await stages()).toEqual({ v1: ["ACSPrevious"], v2: ["ACSCurrent", "blue"] });
    await kms.ok("UpdateSecretVersionStage", move({ VersionStage: "blue", RemoveFromVersion: "v2" }));
    expect(await stages()).toEqual({ v1: ["ACSPrevious"], v2: ["ACSCurrent"] });
  });

  it.each([
    ["a system stage only removed", { VersionStage: "ACSCurrent", RemoveFromVersion: "v1" }, 400, "MissingParameter"],
    ["the other one only removed", { VersionStage: "ACSPrevious", RemoveFromVersion: "v1" }, 400, "MissingParameter"],
    ["neither version", { VersionStage: "blue" }, 400, "MissingParameter"],
    ["a missing version", { VersionStage: "blue", MoveToVersion: "v9" }, 404, "Forbidden.ResourceNotFound"],
    [
      "a version without the stage",
      { VersionStage: "blue", RemoveFromVersion: "v1", MoveToVersion: "v1" },
      400,
      "InvalidParameter",
    ],
  ])("refuses %s", async (_, parameters, status, code) => {
    expect(await kms.refused("UpdateSecretVersionStage", move(parameters as Record<string, string>))).toEqual([
      status,
      code,
    ]);
  });

  it("allows 8 stages", async () => {
    await put("v2", "x", { VersionStages: '["a","b","c","d","e","f","g"]' });
    expect(await kms.refused("UpdateSecretVersionStage", move({ VersionStage: "h", MoveToVersion: "v1" }))).toEqual([
      400,
      "Rejected.LimitExceeded",
    ]);
  });
});

describe("GetSecretValue", () => {
  const arn = "acs:kms:cn-hangzhou:1234567890123456:secret/db";

  it("takes an ARN for a name, of this account and region only", async () => {
    expect((await kms.ok("GetSecretValue", { SecretName: arn })).SecretName).toBe("db");
    for (const elsewhere of [arn.replace("hangzhou", "beijing"), arn.replace("1234", "9999")]) {
      expect(await kms.refused("GetSecretValue", { SecretName: elsewhere })).toEqual([
        404,
        "Forbidden.ResourceNotFound",
      ]);
    }
    expect(await kms.refused("DescribeSecret", { SecretName: arn })).toEqual([400, "InvalidParameter"]);
  });

  it("finds nothing at a stage that no version has, or on a version that does not have the stage", async () => {
    await put("v2");
    const missing = [404, "Forbidden.ResourceNotFound"];
    expect(await kms.refused("GetSecretValue", { SecretName: "db", VersionStage: "blue" })).toEqual(missing);
    expect(
      await kms.refused("GetSecretValue", { SecretName: "db", VersionId: "v1", VersionStage: "ACSCurrent" }),
    ).toEqual(missing);
  });

  it("fails even when all is well in a dry run", async () => {
    expect(await kms.refused("GetSecretValue", { SecretName: "db", DryRun: "true" })).toEqual([
      400,
      "DryRunOperationError",
    ]);
  });
});

describe("BatchGetSecretValue", () => {
  it("answers with the values that there are, and an error for each other", async () => {
    await put("v2", "second");
    const SecretsList = JSON.stringify([
      { SecretName: "db" },
      { SecretName: "db", VersionId: "v1" },
      { SecretName: "none" },
    ]);
    const { SecretValues, Errors } = await kms.ok("BatchGetSecretValue", { SecretsList });
    expect(SecretValues.map(({ SecretData }: { SecretData: string }) => SecretData)).toEqual(["second", "first"]);
    expect(Errors).toEqual([
      { Code: "Forbidden.ResourceNotFound", HttpStatus: 404, Message: expect.any(String), SecretName: "none" },
    ]);
  });

  it("takes 1 to 20 secrets", async () => {
    const list = (length: number) => ({ SecretsList: JSON.stringify(Array(length).fill({ SecretName: "db" })) });
    expect((await kms.ok("BatchGetSecretValue", list(20))).SecretValues).toHaveLength(20);
    expect(await kms.refused("BatchGetSecretValue", list(21))).toEqual([400, "InvalidParameter"]);
    expect(await kms.refused("BatchGetSecretValue", list(0))).toEqual([400, "InvalidParameter"]);
  });
});

describe("ListSecretVersionIds", () => {
  it("leaves out versions without a stage unless asked, and pages", async () => {
    await put("v2");
    await put("v3");
    const ids = (answer: { VersionIds: { VersionId: { VersionId: string }[] } }) =>
      answer.VersionIds.VersionId.map(({ VersionId }) => VersionId);
    expect(ids(await kms.ok("ListSecretVersionIds", { SecretName: "db" }))).toEqual(["v2", "v3"]);
    const second = await kms.ok("ListSecretVersionIds", {
      SecretName: "db",
      IncludeDeprecated: "true",
      PageSize: "2",
      PageNumber: "2",
    });
    expect(ids(second)).toEqual(["v3"]);
    expect(second).toMatchObject({ PageNumber: 2, PageSize: 2, TotalCount: 3 });
  });
});
