import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(() => kms.emulator.reset());

const db = { SecretName: "db", SecretData: "x", VersionId: "v1" };

describe("CreateSecret takes", () => {
  it.each([
    ["a name of 192 characters", { SecretName: "n".repeat(192) }],
    ["a name with every sign", { SecretName: "aZ9_/+=.@-" }],
    ["a value of 30720 bytes", { SecretData: "x".repeat(30_720) }],
    ["a value of 30720 bytes in 15360 letters", { SecretData: "é".repeat(15_360) }],
    ["a value with NUL, quotes and signs of all planes", { SecretData: '\u0000"\\& =+%2B<ü漢😀' }],
    ["a version id of 64 characters", { VersionId: "v".repeat(64) }],
    ["a binary value", { SecretDataType: "binary", SecretData: "AAEC" }],
  ])("%s", async (_, changed) => {
    const declared = { ...db, ...(changed as Record<string, string>) };
    await kms.ok("CreateSecret", declared);
    const { SecretName, VersionId } = declared;
    expect(await kms.ok("GetSecretValue", { SecretName, VersionId })).toMatchObject(declared);
  });
});

describe("CreateSecret refuses", () => {
  it.each([
    ["no name", { SecretName: "" }, "MissingParameter"],
    ["no value", { SecretData: "" }, "MissingParameter"],
    ["no version", { VersionId: "" }, "MissingParameter"],
    ["a name of 193 characters", { SecretName: "n".repeat(193) }, "InvalidParameter"],
    ["a name with a blank", { SecretName: "a b" }, "InvalidParameter"],
    ["a name with a letter beyond ASCII", { SecretName: "dü" }, "InvalidParameter"],
    ["a name of the cloud", { SecretName: "acs/db" }, "InvalidParameter"],
    ["a value of 30721 bytes", { SecretData: "x".repeat(30_721) }, "InvalidParameter"],
    ["a value of 30722 bytes in 15361 letters", { SecretData: "é".repeat(15_361) }, "InvalidParameter"],
    ["a version id of 65 characters", { VersionId: "v".repeat(65) }, "InvalidParameter"],
    ["a value type of its own", { SecretDataType: "json" }, "InvalidParameter"],
    ["tags that are no list", { Tags: '{"a":"b"}' }, "InvalidParameter"],
    ["a flag that is none", { EnableAutomaticRotation: "yes" }, "InvalidParameter"],
    ["a region that is none", { RegionId: "../x" }, "InvalidRegionId.NotFound"],
  ])("%s", async (_, changed, code) => {
    const { body } = await kms.call("CreateSecret", { ...db, ...(changed as Record<string, string>) });
    expect(body.Code).toBe(code);
    expect(kms.emulator.state().kms).toEqual({ secrets: [] });
  });

  it("a wrong parameter by its name, and never with its value", async () => {
    const { status, body } = await kms.call("CreateSecret", { ...db, SecretData: "hunter2".repeat(5000) });
    expect(status).toBe(400);
    expect(body).toEqual({
      HttpStatus: 400,
      Code: "InvalidParameter",
      Message: 'The specified parameter "SecretData" is not valid: must be at most 30720 bytes.',
      RequestId: expect.any(String),
    });
  });
});
