import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";
import { path, projectId, settled, told } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, update, remove, refreshed, planned, calls, huawei, fault, healed, secrets } = on;

const first = { name: "db", projectId, secretString: canary };
const second = { ...first, secretString: `${canary} 2` };
const third = { ...first, secretString: `${canary} 3` };
const back = { ...third, currentVersionId: "v1" };

/** A secret of three versions, of which the first has no stage any more. */
async function threeVersions() {
  return update(await update(await create(first), second), third);
}

describe("currentVersionId", () => {
  it("rolls back to an older version, also without any stage, by one call that knows no value", async () => {
    const created = await threeVersions();
    let rolled = created;
    const operations = await calls(async () => {
      rolled = await update(created, back);
    });
    expect(operations).toEqual(["UpdateSecretStage"]);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT"] },
      { id: "v2", stages: [] },
      { id: "v3", stages: ["SYSPREVIOUS"] },
    ]);
    expect(rolled.state).toMatchObject({ ...back, versionId: "v3", updateTime: undefined });
    const again = await settled(on, rolled, back);
    expect(again.state).toMatchObject({ secretString: third.secretString, versionId: "v3", currentVersionId: "v1" });
  });

  it("is come back from by leaving it out, or naming the version of the declared value", async () => {
    for (const wanted of [third, { ...third, currentVersionId: "v3" }]) {
      on.forget();
      const rolled = await update(await threeVersions(), back);
      expect(planned(rolled, wanted).changed).toEqual(["currentVersionId"]);
      expect(await calls(async () => settled(on, await update(rolled, wanted), wanted))).toContain("UpdateSecretStage");
      expect(secrets()[0].versions).toHaveLength(3);
      expect(told(secrets()[0].versions)).toContainEqual({ id: "v3", stages: ["SYSCURRENT"] });
    }
  });

  it("that names the current version already changes nothing", async () => {
    const created = await threeVersions();
    expect(await calls(() => update(created, { ...third, currentVersionId: "v3" }))).toEqual([]);
  });

  it("left out together with a new value makes that current", async () => {
    const rolled = await update(await threeVersions(), back);
    const wanted = { ...first, secretString: `${canary} 4` };
    expect(await calls(() => update(rolled, wanted))).toEqual(["CreateSecretVersion"]);
    expect(told(secrets()[0].versions)[3]).toEqual({ id: "v4", stages: ["SYSCURRENT"] });
  });

  it.each([
    [{ kind: "loseAnswer", times: 1 }, 2],
    [{ kind: "throttle", retryAfter: 0, times: 2 }, 3],
  ] as const)("is moved in spite of %o", async (passing, attempts) => {
    const created = await threeVersions();
    fault("UpdateSecretStage", passing);
    let rolled = created;
    const operations = await calls(async () => {
      rolled = await update(created, back);
    });
    expect(operations).toEqual(Array(attempts).fill("UpdateSecretStage"));
    await settled(on, rolled, back);
  });
});

describe("a new value while rolled back", () => {
  const staged = { ...back, versionStages: ["next"] };

  it("is made beside, and SYSCURRENT is not touched", async () => {
    const rolled = await update(await threeVersions(), back);
    const wanted = { ...staged, secretString: `${canary} 4` };
    const operations = await calls(async () => settled(on, await update(rolled, wanted), wanted));
    expect(operations.slice(0, 1)).toEqual(["CreateSecretVersion"]);
    expect(operations).not.toContain("UpdateSecretStage");
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT"] },
      { id: "v2", stages: [] },
      { id: "v3", stages: ["SYSPREVIOUS"] },
      { id: "v4", stages: ["next"] },
    ]);
  });

  it("can be declared in the same update, and becomes current once that is left out", async () => {
    const wanted: Values = { ...second, currentVersionId: "v1", versionStages: ["next"] };
    const beside = await update(await create(first), wanted);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT"] },
      { id: "v2", stages: ["next"] },
    ]);
    expect(beside.state).toMatchObject({ versionId: "v2", currentVersionId: "v1", versionStages: ["next"] });
    const released = { ...second, versionStages: ["next"] };
    await settled(on, await update(beside, released), released);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT", "next"] },
    ]);
  });

  it("without a stage of its own is refused before anything happens", async () => {
    const rolled = await update(await threeVersions(), back);
    const { refused } = planned(rolled, { ...back, secretString: `${canary} 4` });
    expect(refused).toEqual([
      { property: "currentVersionId", reason: expect.stringMatching(/needs a stage of its own: give versionStages/) },
    ]);
    expect(planned(rolled, { ...staged, secretString: `${canary} 4` }).refused).toEqual([]);
  });

  it("keeps the version that is current, however many come after", async () => {
    let updated = await update(await create(first), { ...second, currentVersionId: "v1", versionStages: ["next"] });
    for (let n = 3; n <= 24; n++) {
      const wanted = { ...staged, secretString: `${n}` };
      updated = await update(updated, wanted);
      expect(updated.state).toMatchObject({ currentVersionId: "v1", versionId: `v${n}` });
    }
    await settled(on, updated, { ...staged, secretString: "24" });
  });
});

describe("a version that CSMS does not keep", () => {
  it("is an error that names those that were seen, and changes nothing", async () => {
    const created = await threeVersions();
    const before = secrets();
    const error = await failure(update(created, { ...third, currentVersionId: "v9" }));
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error).not.toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /secret "db" failed: there is no version v9\..*\(when last seen: v1, v2, v3\).*refresh/,
    );
    expect(secrets()).toEqual(before);
  });

  it("of a secret that is gone says that, not that the version is", async () => {
    const created = await threeVersions();
    await huawei("DELETE", path());
    const error = await failure(update(created, back));
    expect(error).toMatchObject({ kind: "notFound", code: "CSMS.0106" });
    expect(error.message).not.toContain("there is no version");
  });

  it("is refused at creation before anything is made", async () => {
    const error = await failure(create({ ...first, currentVersionId: "v2" }));
    expect(error.message).toMatch(/CreateSecret of secret "db" failed: currentVersionId names a version.*Leave it out/);
    expect(secrets()).toEqual([]);
    const created = await create({ ...first, currentVersionId: "v1" });
    await settled(on, created, { ...first, currentVersionId: "v1" });
  });

  it("is refused at creation before a secret that waits is ended for it", async () => {
    const other = { secretType: "RDS-FG", rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" } };
    await remove(await threeVersions());
    const waiting = secrets();
    const wanted = { ...first, ...other, currentVersionId: "v2", forceDeleteWithoutRecovery: true };
    expect((await failure(create(wanted))).message).toContain("currentVersionId names a version");
    expect(secrets()).toEqual(waiting);
  });

  it("counts at creation where a secret that waits for deletion has it", async () => {
    await remove(await threeVersions());
    const restored = await create(back);
    expect(restored.state).toMatchObject({ versionId: "v3", currentVersionId: "v1" });
    await settled(on, restored, back);
  });

  it("is made anew where it was that of the declared value, and SYSCURRENT is elsewhere", async () => {
    const created = await create(first);
    for (let n = 2; n <= 21; n++) await huawei("POST", path("/versions"), { secret_string: `${n}` });
    const known = { ...created, state: { ...created.state, currentVersionId: "v2" } };
    // Without a refresh, the state still names a version that went since.
    for (const n of [22, 23]) await huawei("POST", path("/versions"), { secret_string: `${n}` });
    const updated = await update(known, first);
    expect(updated.state).toMatchObject({ versionId: "v24", currentVersionId: "v24", secretString: canary });
    expect(secrets()[0].versions.at(-1)).toMatchObject({ secretString: canary, stages: ["SYSCURRENT"] });
  });

  it("after a refresh is told as a changed value, and made anew", async () => {
    const created = await create(first);
    for (let n = 2; n <= 22; n++) await huawei("POST", path("/versions"), { secret_string: `${n}` });
    const drifted = await refreshed(created);
    expect(planned(drifted, first).changed).toEqual(["secretString"]);
    const updated = await update(drifted, first);
    expect(updated.state).toMatchObject({ versionId: "v23" });
    await settled(on, updated, first);
  });
});

describe("drift of the current version", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a value of somebody else", () => huawei("POST", path("/versions"), { secret_string: "theirs" })],
    ["a stage that was moved", () => huawei("PUT", path("/stages/SYSCURRENT"), { version_id: "v2" })],
  ])("by %s is healed by one call, for good, and makes no version", async (_, act) => {
    const created = await threeVersions();
    await act();
    const count = secrets()[0].versions.length;
    const drifted = await refreshed(created);
    expect(planned(drifted, third).changed).toEqual(["currentVersionId"]);
    expect(drifted.state).toMatchObject({ secretString: third.secretString, versionId: "v3" });
    expect(await calls(() => update(drifted, third))).toEqual(["UpdateSecretStage"]);
    expect(secrets()[0].versions).toHaveLength(count);
    await settled(on, await update(drifted, third), third);
  });

  it("from where it was rolled back to is healed too", async () => {
    const rolled = await update(await threeVersions(), back);
    await huawei("PUT", path("/stages/SYSCURRENT"), { version_id: "v3" });
    const drifted = await refreshed(rolled);
    expect(planned(drifted, back).changed).toEqual(["currentVersionId"]);
    await settled(on, await update(drifted, back), back);
    expect(told(secrets()[0].versions)[0]).toEqual({ id: "v1", stages: ["SYSCURRENT"] });
  });

  it("that cannot be healed keeps what was reached before", async () => {
    const created = await threeVersions();
    fault("UpdateSecretStage", { kind: "quota" });
    const wanted = { ...back, description: "two" };
    const error = await failure(update(created, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ description: "two", currentVersionId: "v3" });
    healed();
    expect(await calls(() => update(error.observed, wanted))).toEqual(["UpdateSecretStage"]);
  });
});
