import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { canary, failure, onEmulator } from "../../support";

const { connect, create, update, remove, calls, fault, secrets } = onEmulator(aliyunKmsSecret, "kms");

const inputs = { secretName: "db", secretData: canary };
const days = (count: number) => count * 86_400_000;

describe("delete", () => {
  it.each([
    ["30 days, left to itself", {}, 30],
    ["as many days as are declared", { recoveryWindowInDays: 7 }, 7],
    ["so many days, when declared later", undefined, 9],
  ])("keeps the secret for %s, with one call", async (_, window, count) => {
    const created = await create({ ...inputs, ...window });
    const last = window ? created : await update(created, { ...inputs, recoveryWindowInDays: count });
    expect(await calls(() => remove(last))).toEqual(["DeleteSecret"]);
    const left = Date.parse(secrets()[0].PlannedDeleteTime) - Date.now();
    expect(Math.abs(left - days(count))).toBeLessThan(60_000);
  });

  it("with force leaves nothing, with one call", async () => {
    const created = await create({ ...inputs, forceDeleteWithoutRecovery: true, recoveryWindowInDays: 7 });
    expect(await calls(() => remove(created))).toEqual(["DeleteSecret"]);
    expect(secrets()).toEqual([]);
  });

  it("of a secret that is gone is a success", async () => {
    const created = await create({ ...inputs, forceDeleteWithoutRecovery: true });
    await remove(created);
    expect(await calls(() => remove(created))).toEqual(["DeleteSecret"]);
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
