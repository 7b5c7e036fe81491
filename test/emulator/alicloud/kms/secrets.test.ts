import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(() => kms.emulator.reset());

const db = { SecretName: "db", SecretData: "first", VersionId: "v1" };

describe("CreateSecret", () => {
  it("answers with the ARN, and DescribeSecret and GetSecretValue with all that was declared", async () => {
    const created = await kms.ok("CreateSecret", {
      ...db,
      Description: "of the shop",
      EncryptionKeyId: "key-1",
      Tags: '[{"TagKey":"team","TagValue":"a"}]',
    });
    expect(created).toEqual({
      Arn: "acs:kms:cn-hangzhou:1234567890123456:secret/db",
      SecretName: "db",
      VersionId: "v1",
      SecretType: "Generic",
      RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
    });
    const described = await kms.ok("DescribeSecret", { SecretName: "db", FetchTags: "true" });
    expect(described).toMatchObject({
      Arn: created.Arn,
      Description: "of the shop",
      EncryptionKeyId: "key-1",
      CreateTime: kms.iso(),
      UpdateTime: kms.iso(),
      Tags: { Tag: [{ TagKey: "team", TagValue: "a" }] },
    });
    expect(described).not.toHaveProperty("PlannedDeleteTime");
    expect(described).not.toHaveProperty("AutomaticRotation");
    expect(await kms.ok("GetSecretValue", { SecretName: "db" })).toMatchObject({
      SecretName: "db",
      SecretType: "Generic",
      VersionId: "v1",
      SecretData: "first",
      SecretDataType: "text",
      VersionStages: { VersionStage: ["ACSCurrent"] },
      CreateTime: kms.iso(),
    });
  });

  it("keeps tags out of DescribeSecret unless they are asked for", async () => {
    await kms.ok("CreateSecret", { ...db, Tags: '[{"TagKey":"team","TagValue":"a"}]' });
    expect(await kms.ok("DescribeSecret", { SecretName: "db" })).not.toHaveProperty("Tags");
  });

  it("refuses a name that is taken, also with the same value", async () => {
    await kms.ok("CreateSecret", db);
    expect(await kms.refused("CreateSecret", db)).toEqual([409, "Rejected.ResourceExist"]);
  });

  it("keeps secrets of the same name apart by region, from RegionId", async () => {
    await kms.ok("CreateSecret", db);
    const other = await kms.ok("CreateSecret", { ...db, RegionId: "cn-beijing" });
    expect(other.Arn).toBe("acs:kms:cn-beijing:1234567890123456:secret/db");
    expect(await kms.refused("DescribeSecret", { SecretName: "db", RegionId: "eu-central-1" })).toEqual([
      404,
      "Forbidden.ResourceNotFound",
    ]);
  });

  it("takes the region from the endpoint when there is no RegionId", async () => {
    const { port } = kms.emulator;
    const { body } = await kms.call("CreateSecret", db, { headers: { host: `kms.ap-southeast-1.localhost:${port}` } });
    expect(body.Arn).toBe("acs:kms:ap-southeast-1:1234567890123456:secret/db");
    const vpc = await kms.call("CreateSecret", db, { headers: { host: `kms-vpc.cn-shanghai.localhost:${port}` } });
    expect(vpc.body.Arn).toBe("acs:kms:cn-shanghai:1234567890123456:secret/db");
  });

  it("says when the encryption key is missing, with a code of its own beside HTTP 404", async () => {
    expect(await kms.refused("CreateSecret", { ...db, EncryptionKeyId: "key-not-found" })).toEqual([
      404,
      "Forbidden.KeyNotFound",
    ]);
  });
});

describe("UpdateSecret", () => {
  it("changes and clears the description, and moves UpdateTime only", async () => {
    await kms.ok("CreateSecret", { ...db, Description: "old" });
    const createTime = kms.iso();
    kms.passSeconds(60);
    await kms.ok("UpdateSecret", { SecretName: "db", Description: "new" });
    expect(await kms.ok("DescribeSecret", { SecretName: "db" })).toMatchObject({
      Description: "new",
      CreateTime: createTime,
      UpdateTime: kms.iso(),
    });
    await kms.ok("UpdateSecret", { SecretName: "db", Description: "" });
    expect((await kms.ok("DescribeSecret", { SecretName: "db" })).Description).toBe("");
  });

  it("needs something to update, and a secret", async () => {
    await kms.ok("CreateSecret", db);
    expect(await kms.refused("UpdateSecret", { SecretName: "db" })).toEqual([400, "MissingParameter"]);
    expect(await kms.refused("UpdateSecret", { SecretName: "none", Description: "x" })).toEqual([
      404,
      "Forbidden.ResourceNotFound",
    ]);
  });

  it("has no CustomData to change on generic secrets", async () => {
    await kms.ok("CreateSecret", db);
    const change = { SecretName: "db", "ExtendedConfig.CustomData": '{"a":"b"}' };
    expect(await kms.refused("UpdateSecret", change)).toEqual([400, "Rejected.UnsupportedOperation"]);
  });
});

describe("the state that the emulator shows", () => {
  it("has every secret with its versions, stages, tags and values, under the names of the API", async () => {
    await kms.ok("CreateSecret", { ...db, Tags: '[{"TagKey":"team","TagValue":"a"}]' });
    await kms.ok("PutSecretValue", { SecretName: "db", VersionId: "v2", SecretData: "second" });
    expect(kms.emulator.state().kms).toEqual({
      secrets: [
        expect.objectContaining({
          Arn: "acs:kms:cn-hangzhou:1234567890123456:secret/db",
          RegionId: "cn-hangzhou",
          SecretName: "db",
          Tags: { team: "a" },
          Versions: [
            expect.objectContaining({ VersionId: "v1", SecretData: "first", VersionStages: ["ACSPrevious"] }),
            expect.objectContaining({ VersionId: "v2", SecretData: "second", VersionStages: ["ACSCurrent"] }),
          ],
        }),
      ],
    });
  });
});
