import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { canary, failure, onEmulator } from "../../support";

const { connect, create, update, refreshed, remove, planned, calls, fault, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const inputs = { secretName: "db", secretData: canary };
const days = (count: number) => count * 86_400_000;

describe("delete", () => {
  it.each([
    ["30 days, left to itself", {}, 30],
    ["as many days as are declared", { recoveryWindowInDays: 7 }, 7],
    ["so many days, when declared later", undefined, 9],
  ])("keeps the secret for %s, after a look whose it is", async (_, window, count) => {
    const created = await create({ ...inputs, ...window });
    const last = window ? created : await update(created, { ...inputs, recoveryWindowInDays: count });
    expect(await calls(() => remove(last))).toEqual(["DescribeSecret", "DeleteSecret"]);
    const left = Date.parse(secrets()[0].PlannedDeleteTime) - Date.now();
    expect(Math.abs(left - days(count))).toBeLessThan(60_000);
  });

  it("with force leaves nothing, after a look whose it is", async () => {
    const created = await create({ ...inputs, forceDeleteWithoutRecovery: true, recoveryWindowInDays: 7 });
    expect(await calls(() => remove(created))).toEqual(["DescribeSecret", "DeleteSecret"]);
    expect(secrets()).toEqual([]);
  });

  it("of a secret that is gone is a success", async () => {
    const created = await create({ ...inputs, forceDeleteWithoutRecovery: true });
    await remove(created);
    expect(await calls(() => remove(created))).toEqual(["DescribeSecret"]);
    await expect(remove(created)).resolves.toBeUndefined();
  });

  it("of a secret that waits already is a success, and changes no date", async () => {
    const created = await create(inputs);
    await remove(created);
    const waiting = secrets();
    await remove({ ...created, state: { ...created.state, recoveryWindowInDays: 7 } });
    expect(secrets()).toEqual(waiting);
  });

  it("with force ends a secret that waits", async () => {
    const created = await create(inputs);
    await remove(created);
    await remove({ ...created, state: { ...created.state, forceDeleteWithoutRecovery: true } });
    expect(secrets()).toEqual([]);
  });

  it("touches only the secret of its region", async () => {
    await create(inputs);
    await remove(await create({ ...inputs, regionId: "cn-beijing", forceDeleteWithoutRecovery: true }));
    expect(secrets()).toMatchObject([{ RegionId: "cn-hangzhou", PlannedDeleteTime: undefined }]);
  });

  it.each([true, false])("is repeated when its answer is lost, force: %s", async (forceDeleteWithoutRecovery) => {
    const created = await create({ ...inputs, forceDeleteWithoutRecovery });
    fault("DeleteSecret", { kind: "loseAnswer", times: 1 });
    await remove(created);
    expect(secrets().filter(({ PlannedDeleteTime }) => !PlannedDeleteTime)).toEqual([]);
  });

  it("without the right credentials is an error, although KMS answers 404", async () => {
    const created = await create(inputs);
    connect({ "alicloud:accessKey": "nobody" });
    expect(await failure(remove(created))).toMatchObject({ kind: "credentials", status: 404 });
  });
});

describe("how the secret is deleted", () => {
  it.each([
    ["a shorter window", { recoveryWindowInDays: 20 }, { recoveryWindowInDays: 7 }, 7],
    ["no window of its own", { recoveryWindowInDays: 7 }, {}, 30],
    ["force", {}, { forceDeleteWithoutRecovery: true }, 0],
    ["force no longer", { forceDeleteWithoutRecovery: true }, { forceDeleteWithoutRecovery: false }, 30],
    ["force no longer declared", { forceDeleteWithoutRecovery: true }, { recoveryWindowInDays: 9 }, 9],
  ])("changes to %s without a call, and counts for the delete that follows", async (_, from, to, count) => {
    for (const refreshes of [false, true]) {
      const secretName = `db-${refreshes}`;
      const created = await create({ ...inputs, secretName, ...from });
      const wanted = { ...inputs, secretName, ...to };
      expect(planned(created, wanted)).toMatchObject({ replaces: [], refused: [] });
      expect(planned(created, wanted).changed).not.toEqual([]);
      let last = created;
      const act = async () => {
        last = await update(created, wanted);
      };
      expect(await calls(act)).toEqual([]);
      expect(planned(last, wanted).changed).toEqual([]);
      await remove(refreshes ? await refreshed(last, wanted) : last);
      const left = secrets().find(({ SecretName }) => SecretName === secretName)?.PlannedDeleteTime;
      if (count === 0) expect(left).toBeUndefined();
      else expect(Math.abs(Date.parse(left) - Date.now() - days(count))).toBeLessThan(60_000);
    }
    if (count === 0) expect(secrets()).toEqual([]);
  });
});
