import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../../provider/alicloud/analyticdb-secret";
import { canary, failure, onEmulator } from "../support";
import { full as kept, minimal } from "./analyticdb";

const { connect, create, update, remove, read, refreshed, planned, calls, client, fault, secrets } = onEmulator(
  analyticDbSecret,
  "gpdb",
);

const full = { ...kept, testConnection: true };

describe("create", () => {
  it("is one call after a look at the name, with every field", async () => {
    expect(await calls(() => create(full))).toEqual(["ListSecrets", "CreateSecret"]);
    expect(secrets()).toMatchObject([
      {
        RegionId: "cn-beijing",
        DBInstanceId: "gp-1",
        SecretName: "shop",
        Username: "admin",
        Password: canary,
        Description: "for the shop",
      },
    ]);
  });

  it("answers the ARN as id, the inputs and the outputs", async () => {
    const { id, state } = await create(full);
    expect(id).toMatch(/^acs:gpdb:cn-beijing:\d{16}:secret\/shop-[A-Za-z0-9]{32}$/);
    expect(state).toEqual({
      ...full,
      arn: id,
      status: "success",
      message: "Successful",
      state: "ENABLED",
      requestId: expect.stringMatching(/\S/),
    });
  });

  it("names the secret after the account", async () => {
    const { state } = await create(minimal);
    expect(state).toMatchObject({ secretName: "admin", regionId: "cn-hangzhou" });
    expect(secrets()).toMatchObject([{ SecretName: "admin" }]);
  });

  it("prefers the workspace", async () => {
    await create({ ...minimal, workspaceId: "gp-ws-1" });
    expect(secrets()).toMatchObject([{ WorkspaceId: "gp-ws-1", DBInstanceId: undefined }]);
  });

  it("keeps secrets of the same name in two regions and in two instances apart", async () => {
    for (const place of [{}, { regionId: "ap-southeast-1" }, { dbInstanceId: "gp-2" }])
      await create({ ...minimal, ...place });
    expect(secrets().map(({ RegionId, DBInstanceId }) => [RegionId, DBInstanceId])).toEqual([
      ["cn-hangzhou", "gp-1"],
      ["cn-hangzhou", "gp-2"],
      ["ap-southeast-1", "gp-1"],
    ]);
  });

  it("carries a password with quotes, newlines and any script unchanged", async () => {
    const password = `"p"='w'\r\n&%25+ пароль 🔑\\`;
    const { id, state } = await create({ ...minimal, password });
    expect(secrets()).toMatchObject([{ Password: password }]);
    expect(await read(id, state)).toMatchObject({ state: { password } });
  });
});

describe("create whose answer is lost", () => {
  it("finds its secret, and makes no second one", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create(full);
    expect(secrets()).toMatchObject([{ SecretArn: created.id }]);
    expect(created.state).toMatchObject({ ...full, status: "success" });
    expect(planned(created, full).changed).toEqual([]);
  });

  it("finds it in a workspace", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await create({ ...minimal, workspaceId: "gp-ws-1" })).toMatchObject({ id: secrets()[0].SecretArn });
  });

  it("is told of as such where looking is refused, and as no other secret that has the name", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    fault("GetSecretValue", { kind: "quota" });
    const error = await failure(create(minimal));
    expect(error.message).toMatch(
      /GetSecretValue .* may have been carried out: AnalyticDB CreateSecret of secret "admin"/,
    );
  });

  it("is repeated where nothing happened", async () => {
    fault("CreateSecret", { kind: "resetBefore", times: 1 });
    expect(await calls(() => create(minimal))).toEqual(["ListSecrets", "CreateSecret", "ListSecrets", "CreateSecret"]);
    expect(secrets()).toHaveLength(1);
  });
});

describe("create that fails", () => {
  it("for a name that is taken touches nothing", async () => {
    await create(minimal);
    const before = secrets();
    const act = async () => {
      const error = await failure(create({ ...minimal, password: `${canary} 2` }));
      expect(error).toMatchObject({ kind: "exists" });
      expect(error.message).toMatch(/AnalyticDB CreateSecret of secret "admin" failed:.*already\. Give another name/);
    };
    expect(await calls(act)).toEqual(["ListSecrets"]);
    expect(secrets()).toEqual(before);
  });

  it("for a connection that does not work tells so, although the service answers 200", async () => {
    const error = await failure(create({ ...full, dbInstanceId: "gp-unreachable" }));
    expect(error).toMatchObject({ kind: "other", code: "TestConnection.Failed", status: 200 });
    expect(error.message).toMatch(
      /failed: TestConnection\.Failed: .*With testConnection: true .*username and password/,
    );
    expect(secrets()).toEqual([]);
  });

  it("for an instance that is not there tells so", async () => {
    expect(await failure(create({ ...minimal, dbInstanceId: "gp-not-found" }))).toMatchObject({
      code: "InvalidDBInstanceId.NotFound",
    });
  });

  it("is repeated while the service throttles, which it does with 400", async () => {
    fault("CreateSecret", { kind: "throttle", retryAfter: 0, times: 3 });
    expect(await calls(() => create(minimal))).toEqual(["ListSecrets", ...Array(4).fill("CreateSecret")]);
  });

  it("for a quota is not repeated, and no name is looked up again", async () => {
    fault("CreateSecret", { kind: "quota" });
    const refused = async () => expect(await failure(create(minimal))).toMatchObject({ kind: "quota" });
    expect(await calls(refused)).toEqual(["ListSecrets", "CreateSecret"]);
  });
});

describe("read", () => {
  it("finds everything by the ARN and the instance", async () => {
    const { id } = await create({ ...full, testConnection: false });
    const { testConnection, ...readable } = full;
    expect(await read(id, { dbInstanceId: "gp-1" })).toMatchObject({
      id,
      state: { ...readable, arn: id, state: "ENABLED" },
    });
  });

  it("finds a secret of a workspace", async () => {
    const inputs = { ...minimal, workspaceId: "gp-ws-1" };
    const created = await create(inputs);
    expect(planned(await refreshed(created), inputs).changed).toEqual([]);
  });

  it("takes no instance for declared that the service names for a workspace", async () => {
    const inputs = { workspaceId: "gp-ws-1", username: "admin", password: canary };
    const created = await create(inputs);
    const naming = async (...call: unknown[]) => ({ ...(await client()(...call)), DBInstanceId: "gp-1" });
    const found = await analyticDbSecret.read(naming, created.id, created.state);
    expect(planned(found ?? created, inputs).changed).toEqual([]);
    expect(found).toMatchObject({ id: created.id });
  });

  it.each([minimal, full])("after a create finds no difference, in one call", async (inputs) => {
    const created = await create(inputs);
    expect(planned(await refreshed(created), inputs).changed).toEqual([]);
    expect(await calls(() => read(created.id, created.state))).toEqual(["GetSecretValue"]);
  });

  it("takes another secret of the same name for none", async () => {
    const created = await create(minimal);
    await remove(created);
    await create({ ...minimal, password: "theirs" });
    expect(await read(created.id, created.state)).toBeUndefined();
  });

  it("finds nothing where the secret or its instance is gone", async () => {
    const created = await create(minimal);
    await remove(created);
    expect(await read(created.id, created.state)).toBeUndefined();
    expect(await read(created.id, { ...created.state, dbInstanceId: "gp-not-found" })).toBeUndefined();
  });

  it("with wrong credentials is an error", async () => {
    const created = await create(minimal);
    for (const wrong of [{ "alicloud:secretKey": "wrong" }, { "alicloud:accessKey": "nobody" }]) {
      connect(wrong);
      expect(await failure(read(created.id, created.state))).toMatchObject({ kind: "credentials" });
    }
  });

  it("that is throttled for long is an error", async () => {
    const created = await create(minimal);
    fault("GetSecretValue", { kind: "throttle", retryAfter: 0 });
    expect(await failure(read(created.id, created.state))).toMatchObject({ kind: "throttled", status: 400 });
  });

  it.each([500, 503] as const)("is repeated after a passing %d", async (status) => {
    const created = await create(minimal);
    fault("GetSecretValue", { kind: "error", status, retryAfter: 0, times: 2 });
    expect(await read(created.id, created.state)).toMatchObject({ id: created.id });
  });
});

describe("replacement", () => {
  it.each([
    ["dbInstanceId", "gp-2", false],
    ["workspaceId", "gp-ws-1", false],
    ["username", "reader", true],
    ["password", `${canary} 2`, true],
    ["secretName", "other", false],
    ["description", "other", true],
    ["regionId", "cn-shanghai", false],
  ])("by %s leaves one secret as declared", async (field, value, deleteBeforeReplace) => {
    const old = await create({ ...full, testConnection: false });
    const wanted = { ...full, testConnection: false, [field]: value };
    expect(planned(old, wanted)).toEqual({ changed: [field], replaces: [field], deleteBeforeReplace, refused: [] });
    if (deleteBeforeReplace) await remove(old);
    const replaced = await create(wanted);
    if (!deleteBeforeReplace) await remove(old);
    expect(secrets()).toMatchObject([{ SecretArn: replaced.id }]);
    expect(replaced.id).not.toBe(old.id);
    expect(planned(await refreshed(replaced), wanted).changed).toEqual([]);
  });

  it("is for nothing that means the same", async () => {
    const created = await create(minimal);
    expect(planned(created, { ...minimal, testConnection: true, description: "" }).changed).toEqual([]);
    const updated = await update(created, { ...minimal, testConnection: true });
    expect(updated.state).toMatchObject({ ...created.state, testConnection: true });
  });

  it("heals what somebody else made of it", async () => {
    const created = await create(minimal);
    await remove(created);
    const parameters = { DBInstanceId: "gp-1", Username: "admin", Password: "theirs" };
    const { SecretArn } = await client()("CreateSecret", "cn-hangzhou", parameters);
    const drifted = await refreshed({ id: SecretArn, state: created.state });
    expect(planned(drifted, minimal)).toMatchObject({ replaces: ["password"], deleteBeforeReplace: true });
  });
});

describe("delete", () => {
  it("is one call, and leaves nothing", async () => {
    const created = await create(minimal);
    expect(await calls(() => remove(created))).toEqual(["DeleteSecret"]);
    expect(secrets()).toEqual([]);
  });

  it("of a secret that is gone, or whose instance is, is a success", async () => {
    const created = await create(minimal);
    await remove(created);
    await remove(created);
    await remove({ ...created, state: { ...created.state, dbInstanceId: "gp-not-found" } });
    expect(secrets()).toEqual([]);
  });

  it("leaves another secret of the same name alone", async () => {
    const created = await create(minimal);
    await remove(created);
    const other = await create(minimal);
    await remove(created);
    expect(secrets()).toMatchObject([{ SecretArn: other.id }]);
  });

  it("is repeated when its answer is lost", async () => {
    const created = await create(minimal);
    fault("DeleteSecret", { kind: "loseAnswer", times: 1 });
    expect(await calls(() => remove(created))).toEqual(["DeleteSecret", "DeleteSecret"]);
    expect(secrets()).toEqual([]);
  });

  it("without the right credentials is an error", async () => {
    const created = await create(minimal);
    connect({ "alicloud:accessKey": "nobody" });
    expect(await failure(remove(created))).toMatchObject({ kind: "credentials" });
    expect(secrets()).toHaveLength(1);
  });
});
