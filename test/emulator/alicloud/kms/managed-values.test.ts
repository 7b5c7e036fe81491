import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kmsClient, type RpcClient } from "../rpc-client";
import { configured, type Kind, kinds, managed } from "./managed";

let kms: RpcClient;
beforeAll(async () => {
  kms = await kmsClient();
});
afterAll(() => kms.emulator.close());
beforeEach(() => kms.emulator.reset());

const random = expect.stringMatching(/^[\w-]{20,}$/);
const pem = (kind: string) => expect.stringMatching(new RegExp(`^-----BEGIN ${kind} KEY-----\n`));

/** The value of a new secret, and that after a rotation, as objects. */
async function values(kind: Kind) {
  const { SecretName } = await kms.ok("CreateSecret", managed[kind]);
  const { SecretData } = await kms.ok("GetSecretValue", { SecretName });
  kms.passSeconds(60);
  await kms.ok("RotateSecret", { SecretName, VersionId: "v2" });
  const rotated = await kms.ok("GetSecretValue", { SecretName });
  return [JSON.parse(SecretData), JSON.parse(rotated.SecretData)];
}

describe("the name", () => {
  it.each<[Kind, string]>([
    ["Rds", "acs/db"],
    ["Redis", "acs/db"],
    ["PolarDB", "acs/db"],
    ["Rds", "$Auto"],
    ["RAMCredentials", "alice"],
    ["RAMCredentials", "acs/ram/user/alice"],
    ["password", "web"],
    ["keys", "acs/ecs/"],
  ])("of %s is not %s", async (kind, SecretName) => {
    const refused = await kms.refused("CreateSecret", { ...managed[kind], SecretName });
    expect(refused).toEqual([400, "InvalidParameter"]);
  });

  it("of RAM credentials is made of their user's, and free only once", async () => {
    const { SecretName } = await kms.ok("CreateSecret", managed.RAMCredentials);
    expect(SecretName).toBe("acs/ram/user/alice");
    expect(await kms.refused("CreateSecret", managed.RAMCredentials)).toEqual([409, "Rejected.ResourceExist"]);
    await kms.ok("CreateSecret", configured("RAMCredentials", { UserName: "bob" }));
  });
});

describe("SecretData", () => {
  it.each<[Kind, string]>([
    ["Rds", "secret"],
    ["Rds", "$Auto"],
    ["Rds", '{"AccountName":"a","AccountPassword":"b"}'],
    ["Rds", '{"Accounts":[]}'],
    ["Rds", '{"Accounts":[{"AccountName":"a"}]}'],
    ["Rds", '{"Accounts":[{"AccountName":"a","AccountPassword":"b","Note":"c"}]}'],
    ["Rds", '{"Accounts":[{"AccountName":"a","AccountPassword":"b"}],"Note":"c"}'],
    ["Redis", '{"AccountName":"a","AccountPassword":"b"}'],
    ["PolarDB", "auto"],
    ["RAMCredentials", '{"AccessKeys":[]}'],
    ["RAMCredentials", '{"AccessKeys":[{"AccessKeyId":"a"}]}'],
    ["RAMCredentials", '{"AccessKeyId":"a","AccessKeySecret":"b"}'],
    ["password", '{"UserName":"root","PublicKey":"a","PrivateKey":"b"}'],
    ["password", '{"UserName":"","Password":"b"}'],
    ["keys", '{"UserName":"root","Password":"x"}'],
    ["keys", '{"UserName":"root","PublicKey":"a"}'],
  ])("of %s is not %s", async (kind, SecretData) => {
    const { status, body } = await kms.call("CreateSecret", { ...managed[kind], SecretData });
    expect([status, body.Code]).toEqual([400, "InvalidParameter"]);
    expect(body.Message).toContain('"SecretData"');
  });

  it("is never told by a refusal, be it a value or a member", async () => {
    const { body } = await kms.call("CreateSecret", { ...managed.Rds, SecretData: '{"hunter2":"hunter2"}' });
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });
});

describe("GetSecretValue shows", () => {
  it.each<Kind>(["Redis", "PolarDB"])("an account that the service made for %s", async (kind) => {
    const [first, rotated] = await values(kind);
    expect(first).toEqual({ AccountName: "app", AccountPassword: random });
    expect(rotated).toEqual({ AccountName: "app", AccountPassword: random });
    expect(rotated).not.toEqual(first);
  });

  it("the first account for Rds", async () => {
    const [first, rotated] = await values("Rds");
    expect(first).toEqual({ AccountName: "app", AccountPassword: "hunter2" });
    expect(rotated).toEqual({ AccountName: "app", AccountPassword: random });
  });

  it("the access key and its time for RAM credentials", async () => {
    const before = kms.iso();
    const [first, rotated] = await values("RAMCredentials");
    expect(first).toEqual({ AccessKeyId: "ak", AccessKeySecret: "hunter2", GenerateTimestamp: before });
    expect(rotated).toEqual({
      AccessKeyId: expect.stringMatching(/^AK/),
      AccessKeySecret: random,
      GenerateTimestamp: kms.iso(),
    });
  });

  it("what was sent for ECS, and new credentials of the same user after a rotation", async () => {
    expect(await values("password")).toEqual([
      { UserName: "root", Password: "hunter2" },
      { UserName: "root", Password: random },
    ]);
    kms.emulator.reset();
    expect(await values("keys")).toEqual([
      { UserName: "root", PublicKey: "public", PrivateKey: "hunter2" },
      { UserName: "root", PublicKey: pem("PUBLIC"), PrivateKey: pem("PRIVATE") },
    ]);
  });

  it.each(kinds)("%s as text, also through BatchGetSecretValue", async (kind) => {
    const { SecretName } = await kms.ok("CreateSecret", managed[kind]);
    const { SecretData, SecretDataType } = await kms.ok("GetSecretValue", { SecretName });
    expect(SecretDataType).toBe("text");
    const batch = await kms.ok("BatchGetSecretValue", { SecretsList: JSON.stringify([{ SecretName }]) });
    expect(batch.SecretValues).toMatchObject([{ SecretData }]);
  });
});
