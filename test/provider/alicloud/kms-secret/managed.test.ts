import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { canary, failure, onEmulator } from "../../support";
import { kinds, managed } from "./managed";
import { stagesOf, versionsOf } from "./support";

const { create, update, remove, read, refreshed, find, planned, calls, client, fault, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const rotates = (SecretName: unknown, VersionId = "by-kms") =>
  client()("RotateSecret", "cn-hangzhou", { SecretName, VersionId });
const withCustomData = <T extends { extendedConfig: object }>(inputs: T, customData?: object) => ({
  ...inputs,
  extendedConfig: { ...inputs.extendedConfig, customData },
});

describe.each(kinds)("a secret of the type %s", (_, inputs, secretName) => {
  it("is made with one call, and has its real name in the state", async () => {
    expect(await calls(() => create(inputs))).toEqual(["CreateSecret"]);
    const [{ Arn, SecretName, SecretType, ExtendedConfig }] = secrets();
    expect({ SecretName, SecretType }).toEqual({ SecretName: secretName, SecretType: inputs.secretType });
    expect(Object.keys(JSON.parse(ExtendedConfig))).toHaveLength(Object.keys(inputs.extendedConfig).length + 1);
    expect(await read(Arn)).toMatchObject({ id: Arn, state: { secretName, extendedConfig: inputs.extendedConfig } });
  });

  it("answers its id, its declared value and its only version", async () => {
    const { id, state } = await create({ ...inputs, versionId: "v-1" });
    expect(id).toBe(`acs:kms:cn-hangzhou:1234567890123456:secret/${secretName}`);
    expect(state).toMatchObject({ ...inputs, secretName, arn: id, versionId: "v-1", currentVersionId: "v-1" });
    expect(versionsOf(state)).toEqual([["v-1", ["ACSCurrent"]]]);
  });

  it.each([undefined, "v-1"])("is refreshed without a difference, its version declared as %s", async (versionId) => {
    const declared = { ...inputs, versionId };
    const created = await create(declared);
    expect(planned(created, declared)).toMatchObject({ changed: [], refused: [] });
    const found = await refreshed(created);
    expect(planned(found, declared)).toMatchObject({ changed: [], refused: [] });
    expect(versionsOf(found.state)).toEqual(versionsOf(created.state));
  });

  it.each([undefined, "v-1"])("that KMS rotates is no difference, its version declared as %s", async (versionId) => {
    const declared = { ...inputs, versionId };
    const created = await create(declared);
    await rotates(secretName);
    const found = await refreshed(created);
    expect(planned(found, declared)).toMatchObject({ changed: [], refused: [] });
    expect(await calls(() => update(found, declared))).toEqual([]);
    expect(found.state).toMatchObject({ versionId: "by-kms", currentVersionId: "by-kms" });
    expect(versionsOf(found.state)).toEqual([
      [created.state.versionId, ["ACSPrevious"]],
      ["by-kms", ["ACSCurrent"]],
    ]);
    expect(found.state.secretData).toBe(inputs.secretData ?? "$Auto");
    expect(found.state.lastRotationDate).toMatch(/Z$/);
  });

  it("has its custom data changed in place, and cleared", async () => {
    const first = withCustomData(inputs, { team: "shop" });
    const second = withCustomData(inputs, { team: "search", tier: { level: 1 } });
    let last = await create(first);
    for (const wanted of [second, inputs, first, withCustomData(inputs, {})]) {
      expect(planned(last, wanted)).toMatchObject({ changed: ["extendedConfig"], replaces: [], refused: [] });
      const act = async () => {
        last = await update(last, wanted);
      };
      expect(await calls(act)).toEqual(["UpdateSecret"]);
      const { customData = {} } = wanted.extendedConfig as { customData?: object };
      expect(JSON.parse(secrets()[0].ExtendedConfig).CustomData).toEqual(customData);
      expect(planned(last, wanted).changed).toEqual([]);
      expect(planned(await refreshed(last), wanted).changed).toEqual([]);
    }
  });

  it("is deleted, and restored without a touch of its value", async () => {
    const created = await create(inputs);
    await rotates(secretName);
    expect(await calls(() => remove(created))).toEqual(["DescribeSecret", "DeleteSecret"]);
    const { Versions } = secrets()[0];
    const restore = async () => {
      const restored = await create({ ...inputs, description: "again" });
      expect(restored).toMatchObject({ id: created.id, existed: true, state: { secretName, versionId: "by-kms" } });
      expect(restored.state.secretData).toBe(inputs.secretData ?? "$Auto");
      expect(planned(restored, { ...inputs, description: "again" }).changed).toEqual([]);
    };
    const operations = await calls(restore);
    expect(operations).toEqual([
      ...["CreateSecret", "DescribeSecret", "RestoreSecret", "DescribeSecret", "ListSecretVersionIds"],
      "UpdateSecret",
    ]);
    expect(secrets()).toMatchObject([{ PlannedDeleteTime: undefined, Description: "again", Versions }]);
  });

  it("is taken over without a touch of its value", async () => {
    await create(inputs);
    await rotates(secretName);
    const { Versions } = secrets()[0];
    const adopt = async () => {
      const adopted = await create({ ...inputs, description: "mine", adoptExisting: true });
      expect(adopted).toMatchObject({ existed: true, state: { secretName, versionId: "by-kms" } });
      expect(adopted.state.secretData).toBe(inputs.secretData ?? "$Auto");
    };
    expect(await calls(adopt)).toEqual(["CreateSecret", "DescribeSecret", "ListSecretVersionIds", "UpdateSecret"]);
    expect(secrets()).toMatchObject([{ Description: "mine", Versions }]);
  });

  it("finds itself where the answer of its creation is lost", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const operations = await calls(async () => {
      const created = await create(inputs);
      expect(created).toMatchObject({ id: secrets()[0].Arn, state: { secretName } });
      expect(planned(created, inputs).changed).toEqual([]);
    });
    expect(operations).not.toContain("GetSecretValue");
    expect(secrets()).toHaveLength(1);
  });

  it("has its value read by a lookup alone", async () => {
    const created = await create(inputs);
    expect(await calls(() => find(inputs))).toEqual(["DescribeSecret", "ListSecretVersionIds"]);
    expect(await calls(() => refreshed(created))).toEqual(["DescribeSecret", "ListSecretVersionIds"]);
    const lookup = async () => {
      const { SecretData } = secrets()[0].Versions[0];
      expect(await read(created.id)).toMatchObject({
        state: { secretData: SecretData, versionId: created.state.versionId },
      });
    };
    expect((await calls(lookup)).sort()).toEqual(["DescribeSecret", "GetSecretValue", "ListSecretVersionIds"]);
  });
});

describe("a managed secret", () => {
  it("refuses another value, as KMS has no call that sets it", async () => {
    const created = await create(managed.Rds);
    const { refused, replaces } = planned(created, { ...managed.Rds, secretData: otherAccount });
    expect(replaces).toEqual([]);
    expect(refused).toMatchObject([{ property: "secretData", reason: expect.stringContaining("rotationTrigger") }]);
  });

  it("is looked up at its current value after KMS rotated it", async () => {
    const { id } = await create(managed.Rds);
    await rotates("db");
    expect(await read(id)).toMatchObject({ state: { secretData: secrets()[0].Versions[1].SecretData } });
  });

  it.each([
    [
      "another config",
      { ...managed.Rds, extendedConfig: { ...managed.Rds.extendedConfig, dbInstanceId: "rm-2" } },
      "extendedConfig",
    ],
    ["another type", { ...managed.Redis, secretName: "db" }, "secretType"],
    ["a value of the program's own", { secretName: "db", secretData: canary }, "secretType"],
  ])("with %s is another secret", async (_, wanted, field) => {
    const created = await create(managed.Rds);
    expect(planned(created, wanted).replaces).toContain(field);
    await remove(created);
    const waiting = secrets();
    const error = await failure(create(wanted));
    expect(error).toMatchObject({ kind: "pendingDeletion", message: expect.stringContaining(field) });
    expect(secrets()).toEqual(waiting);
    await create({ ...wanted, forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ PlannedDeleteTime: undefined, Versions: [{ VersionStages: ["ACSCurrent"] }] }]);
    expect(secrets()[0].Versions).toHaveLength(1);
  });

  it("shows of its config what was declared, whatever KMS adds to that", async () => {
    const { accountType, accountPrivilege, dbName, ...declared } = managed.PolarDB.extendedConfig;
    const { id, state } = await create(managed.PolarDB);
    const known = { ...state, extendedConfig: declared };
    expect(await read(id, known)).toMatchObject({ state: { extendedConfig: { ...declared, customData: {} } } });
    expect((await read(id, known))?.state.extendedConfig).not.toHaveProperty("dbName");
    expect(await read(id)).toMatchObject({ state: { extendedConfig: { accountType, accountPrivilege, dbName } } });
  });

  it("has custom data of somebody else's seen and undone", async () => {
    const created = await create(managed.Rds);
    const theirs = { SecretName: "db", "ExtendedConfig.CustomData": '{"theirs":1}' };
    await client()("UpdateSecret", "cn-hangzhou", theirs);
    const drifted = await refreshed(created);
    expect(planned(drifted, managed.Rds).changed).toEqual(["extendedConfig"]);
    await update(drifted, managed.Rds);
    expect(JSON.parse(secrets()[0].ExtendedConfig).CustomData).toEqual({});
  });

  it("keeps its stages where it is restored with a declared version", async () => {
    await remove(await create({ ...managed.Rds, versionId: "v-1" }));
    await client()("RestoreSecret", "cn-hangzhou", { SecretName: "db" });
    await rotates("db");
    await client()("DeleteSecret", "cn-hangzhou", { SecretName: "db" });
    const restored = await create({ ...managed.Rds, versionId: "v-1" });
    expect(restored.state).toMatchObject({ versionId: "by-kms", currentVersionId: "by-kms" });
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSPrevious"], "by-kms": ["ACSCurrent"] });
  });
});

const otherAccount = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: `${canary} 2` }] });
