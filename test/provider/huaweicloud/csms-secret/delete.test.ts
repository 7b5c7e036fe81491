import { describe, expect, it } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";

const { connect, create, update, remove, refreshed, planned, calls, fault, secrets } = onEmulator(csmsSecret, "csms");

const inputs = { name: "db", projectId: projectIdOf("cn-north-4"), secretString: canary };
const force = { forceDeleteWithoutRecovery: true };

/** A secret of ours that is gone, and another's that has its name. */
async function replacedByAnother(settings: object = {}) {
  const ours = await create({ ...inputs, ...force });
  await remove(ours);
  const theirs = await create(inputs);
  return { ours: { ...ours, state: { ...ours.state, forceDeleteWithoutRecovery: false, ...settings } }, theirs };
}

describe("delete", () => {
  it.each([
    ["30 days, left to itself", {}, 30],
    ["as many days as are declared", { recoveryWindowInDays: 7 }, 7],
    ["so many days, when declared later", undefined, 9],
  ])("keeps the secret for %s, after a look whose it is", async (_, window, count) => {
    const created = await create({ ...inputs, ...window });
    const last = window ? created : await update(created, { ...inputs, recoveryWindowInDays: count });
    expect(await calls(() => remove(last))).toEqual(["ShowSecret", "DeleteSecretForSchedule"]);
    expect(secrets()).toMatchObject([{ state: "PENDING_DELETE" }]);
    expect(Math.abs(secrets()[0].scheduledDeleteTime - Date.now() - count * 86_400_000)).toBeLessThan(60_000);
  });

  it.each<[string, object, object, string[]]>([
    ["a shorter window", {}, { recoveryWindowInDays: 7 }, ["ShowSecret", "DeleteSecretForSchedule"]],
    ["force", {}, force, ["ShowSecret", "DeleteSecret"]],
    ["no more force", force, { recoveryWindowInDays: 7 }, ["ShowSecret", "DeleteSecretForSchedule"]],
  ])("follows %s that was declared last, which by itself makes no call", async (_, before, after, operations) => {
    const created = await create({ ...inputs, ...before });
    const wanted = { ...inputs, ...after };
    expect(planned(created, wanted)).toMatchObject({ replaces: [], refused: [] });
    expect(planned(created, wanted).changed).not.toEqual([]);
    expect(await calls(() => update(created, wanted))).toEqual([]);
    const updated = await update(created, wanted);
    expect(planned(await refreshed(updated, wanted), wanted).changed).toEqual([]);
    expect(await calls(() => remove(updated))).toEqual(operations);
  });

  it("with force looks whose secret it is, and leaves nothing", async () => {
    const created = await create({ ...inputs, ...force });
    expect(await calls(() => remove(created))).toEqual(["ShowSecret", "DeleteSecret"]);
    expect(secrets()).toEqual([]);
  });

  it.each([{}, force])("of a secret that is gone is a success", async (settings) => {
    const created = await create({ ...inputs, ...force });
    await remove(created);
    const last = { ...created, state: { ...created.state, forceDeleteWithoutRecovery: false, ...settings } };
    expect(await calls(() => remove(last))).toHaveLength(1);
    await expect(remove(last)).resolves.toBeUndefined();
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
    await remove({ ...created, state: { ...created.state, ...force } });
    expect(secrets()).toEqual([]);
  });

  it.each([{}, force])("does not touch another's secret of the same name", async (settings) => {
    const { ours, theirs } = await replacedByAnother(settings);
    expect(await calls(() => remove(ours))).toEqual(["ShowSecret"]);
    expect(secrets()).toMatchObject([{ id: theirs.id, state: "ENABLED", scheduledDeleteTime: null }]);
  });

  it("does not restore another's secret of the same name that waits, also where an answer was lost", async () => {
    const { ours, theirs } = await replacedByAnother();
    await remove(theirs);
    const waiting = secrets();
    fault("DeleteSecretForSchedule", { kind: "loseAnswer", times: 1 });
    await remove(ours);
    expect(secrets()).toEqual(waiting);
  });

  it("with force does not end another's secret of the same name that waits", async () => {
    const { ours, theirs } = await replacedByAnother(force);
    await remove(theirs);
    const waiting = secrets();
    await remove(ours);
    expect(secrets()).toEqual(waiting);
  });

  it("touches only the secret of its region", async () => {
    await create(inputs);
    await remove(await create({ name: "db", secretString: canary, region: "ap-southeast-1", ...force }));
    expect(secrets()).toMatchObject([{ projectId: inputs.projectId, state: "ENABLED" }]);
  });

  it.each([
    ["lost", { kind: "loseAnswer" }, {}],
    ["lost", { kind: "loseAnswer" }, force],
    ["of another shape", { kind: "wrongShape" }, {}],
    ["of another shape", { kind: "wrongShape" }, force],
  ] as const)("is repeated when its answer is %s", async (_, what, settings) => {
    const created = await create({ ...inputs, ...settings });
    fault("DeleteSecret*", { ...what, times: 1 });
    await remove(created);
    expect(secrets().filter(({ state }) => state === "ENABLED")).toEqual([]);
  });

  it("without the right credentials is an error", async () => {
    const created = await create(inputs);
    connect({ "huaweicloud:secretKey": "wrong" });
    expect(await failure(remove(created))).toMatchObject({ kind: "credentials" });
    expect(secrets()).toMatchObject([{ state: "ENABLED" }]);
  });
});
