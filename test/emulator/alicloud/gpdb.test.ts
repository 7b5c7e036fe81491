import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gpdbClient, type RpcClient } from "./rpc-client";

let gpdb: RpcClient;
beforeAll(async () => {
  gpdb = await gpdbClient();
});
afterAll(() => gpdb.emulator.close());
beforeEach(() => gpdb.emulator.reset());

const owner = { RegionId: "cn-beijing", DBInstanceId: "gp-1" };
const account = { ...owner, Username: "shop", Password: "hunter2" };
const done = { Status: "success", Message: "Successful" };

describe("CreateSecret", () => {
  it("answers with an ARN that ends in 32 random letters and digits", async () => {
    const created = await gpdb.ok("CreateSecret", { ...account, SecretName: "shop_1" });
    expect(created).toMatchObject({ ...done, SecretName: "shop_1" });
    expect(created.SecretArn).toMatch(/^acs:gpdb:cn-beijing:\d{16}:secret\/shop_1-[A-Za-z0-9]{32}$/);
    await gpdb.ok("DeleteSecret", { ...owner, SecretName: "shop_1" });
    const again = await gpdb.ok("CreateSecret", { ...account, SecretName: "shop_1" });
    expect(again.SecretArn).not.toBe(created.SecretArn);
  });

  it("is named after the account unless named otherwise", async () => {
    expect((await gpdb.ok("CreateSecret", account)).SecretName).toBe("shop");
  });

  it("refuses a name that the instance has, and takes it in another", async () => {
    await gpdb.ok("CreateSecret", account);
    expect(await gpdb.refused("CreateSecret", account)).toEqual([409, "Secret.AlreadyExists"]);
    await gpdb.ok("CreateSecret", { ...account, DBInstanceId: "gp-2" });
    await gpdb.ok("CreateSecret", { ...account, RegionId: "cn-shanghai" });
  });

  it("puts the secret into the workspace when both owners are given", async () => {
    await gpdb.ok("CreateSecret", { ...account, WorkspaceId: "gp-ws-1" });
    expect(await gpdb.refused("GetSecretValue", { ...owner, SecretName: "shop" })).toEqual([404, "Secret.NotFound"]);
    const found = await gpdb.ok("GetSecretValue", {
      RegionId: "cn-beijing",
      WorkspaceId: "gp-ws-1",
      SecretName: "shop",
    });
    expect(found).not.toHaveProperty("DBInstanceId");
    expect(found).not.toHaveProperty("WorkspaceId");
  });

  it.each([
    ["no owner", { DBInstanceId: "" }, 400, "MissingParameter"],
    ["no region", { RegionId: "" }, 400, "MissingParameter"],
    ["no account", { Username: "" }, 400, "MissingParameter"],
    ["no password", { Password: "" }, 400, "MissingParameter"],
    ["a name of 17 characters", { SecretName: "n".repeat(17) }, 400, "InvalidSecretName.Malformed"],
    ["a name with a dash", { SecretName: "a-b" }, 400, "InvalidSecretName.Malformed"],
    ["an account that cannot name a secret", { Username: "a-b" }, 400, "InvalidSecretName.Malformed"],
    ["a flag that is none", { TestConnection: "1" }, 400, "InvalidTestConnection.Malformed"],
    ["an owner that is no number", { OwnerId: "me" }, 400, "InvalidOwnerId.Malformed"],
    ["an instance that is not there", { DBInstanceId: "gp-not-found" }, 404, "InvalidDBInstanceId.NotFound"],
  ])("refuses %s", async (_, changed, status, code) => {
    const reply = await gpdb.call("CreateSecret", { ...account, ...(changed as Record<string, string>) });
    expect([reply.status, reply.body.Code]).toEqual([status, code]);
    expect(reply.body).toHaveProperty("HostId");
    expect(reply.body).not.toHaveProperty("HttpStatus");
    expect(gpdb.emulator.state().gpdb).toEqual({ secrets: [] });
  });

  it.each(["gp-unreachable-1", "other-1"])("fails with HTTP 200 when %s cannot be connected to", async (id) => {
    const tested = { ...account, DBInstanceId: id, TestConnection: "true" };
    expect(await gpdb.ok("CreateSecret", tested)).toMatchObject({ Status: "fail", Code: "TestConnection.Failed" });
    expect(gpdb.emulator.state().gpdb).toEqual({ secrets: [] });
    await gpdb.ok("CreateSecret", { ...tested, TestConnection: "false" });
  });

  it("connects to other instances", async () => {
    expect(await gpdb.ok("CreateSecret", { ...account, TestConnection: "True" })).toMatchObject(done);
  });
});

describe("GetSecretValue", () => {
  it("finds a secret by name and by ARN, password included", async () => {
    const { SecretArn } = await gpdb.ok("CreateSecret", { ...account, Description: "of the shop" });
    const expected = {
      ...done,
      SecretArn,
      SecretName: "shop",
      DBInstanceId: "gp-1",
      Username: "shop",
      Password: "hunter2",
      Description: "of the shop",
    };
    expect(await gpdb.ok("GetSecretValue", { ...owner, SecretName: "shop" })).toMatchObject(expected);
    expect(await gpdb.ok("GetSecretValue", { ...owner, SecretArn })).toMatchObject(expected);
  });

  it.each([
    ["a missing name", { SecretName: "none" }, 404, "Secret.NotFound"],
    ["another instance", { SecretName: "shop", DBInstanceId: "gp-2" }, 404, "Secret.NotFound"],
    ["another region", { SecretName: "shop", RegionId: "cn-shanghai" }, 404, "Secret.NotFound"],
    ["no secret named", {}, 400, "MissingParameter"],
    ["no owner", { SecretName: "shop", DBInstanceId: "" }, 400, "MissingParameter"],
  ])("refuses %s", async (_, changed, status, code) => {
    await gpdb.ok("CreateSecret", account);
    expect(await gpdb.refused("GetSecretValue", { ...owner, ...(changed as Record<string, string>) })).toEqual([
      status,
      code,
    ]);
  });
});

describe("ListSecrets", () => {
  it("lists what the instance has, without passwords", async () => {
    const { SecretArn } = await gpdb.ok("CreateSecret", account);
    await gpdb.ok("CreateSecret", { ...account, DBInstanceId: "gp-2" });
    const listed = await gpdb.ok("ListSecrets", owner);
    expect(listed).toMatchObject({ ...done, Count: 1 });
    expect(listed.Secrets.Secrets).toEqual([
      {
        AccountId: "1234567890123456",
        RegionId: "cn-beijing",
        DBInstanceId: "gp-1",
        SecretArn,
        SecretName: "shop",
        Username: "shop",
        Description: "",
      },
    ]);
    expect(await gpdb.ok("ListSecrets", { ...owner, DBInstanceId: "gp-3" })).toMatchObject({ Count: 0 });
  });
});

describe("DeleteSecret", () => {
  it("deletes at once, by name or ARN", async () => {
    const { SecretArn } = await gpdb.ok("CreateSecret", account);
    expect(await gpdb.ok("DeleteSecret", { ...owner, SecretArn })).toMatchObject({ ...done, SecretArn });
    expect(await gpdb.refused("DeleteSecret", { ...owner, SecretName: "shop" })).toEqual([404, "Secret.NotFound"]);
  });
});
