import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";
import { path, projectId, settled, told } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, update, refreshed, planned, calls, huawei, fault, healed, secrets } = on;

const first = { name: "db", projectId, secretString: canary };
const staged = { ...first, versionStages: ["blue", "green"] };
const next = `${canary} 2`;

/** Which version has a stage. */
const holder = (stage: string) => told(secrets()[0].versions).find(({ stages }) => stages.includes(stage))?.id;

describe("versionStages", () => {
  it("at creation are put on the first version, beside SYSCURRENT", async () => {
    let created = { id: "", state: {} };
    const operations = await calls(async () => {
      created = await create(staged);
    });
    expect(operations).toEqual(["CreateSecret", "UpdateSecretStage", "UpdateSecretStage"]);
    expect(told(secrets()[0].versions)).toEqual([{ id: "v1", stages: ["SYSCURRENT", "blue", "green"] }]);
    expect(created.state).toMatchObject({ versionStages: ["blue", "green"], currentVersionId: "v1" });
    await settled(on, created, staged);
  });

  it.each<[string, string[] | undefined, string[]]>([
    ["one more", ["blue", "green", "red"], ["UpdateSecretStage"]],
    ["one fewer", ["green"], ["DeleteSecretStage"]],
    ["one for another", ["green", "red"], ["DeleteSecretStage", "UpdateSecretStage"]],
    ["none", [], ["DeleteSecretStage", "DeleteSecretStage"]],
    ["what was left out", undefined, ["DeleteSecretStage", "DeleteSecretStage"]],
    ["another order", ["green", "blue"], []],
  ])("become %s with a call for each that differs", async (_, versionStages, operations) => {
    const created = await create(staged);
    const wanted = { ...staged, versionStages };
    let updated = created;
    const called = await calls(async () => {
      updated = await update(created, wanted);
    });
    expect(called).toEqual(operations);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT", ...(versionStages ?? [])].sort() },
    ]);
    await settled(on, updated, wanted);
  });

  it.each<[string, Values, string[]]>([
    ["all of them", {}, ["blue", "green"]],
    ["one more", { versionStages: ["red", "blue", "green"] }, ["blue", "green", "red"]],
    ["the end of the version", { expireTime: "2099-01-01T00:00:00Z" }, ["blue", "green"]],
  ])("move to each new value in the call that makes it, with %s", async (_, change, stages) => {
    const wanted = { ...staged, secretString: next, ...change };
    const created = await create(staged);
    expect(await calls(async () => settled(on, await update(created, wanted), wanted))).toContain(
      "CreateSecretVersion",
    );
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT", ...stages] },
    ]);
    await update(created, wanted);
    expect(await calls(() => update(created, { ...wanted, secretString: `${canary} 3` }))).toEqual([
      "CreateSecretVersion",
    ]);
  });

  it("that are no longer declared go also where the value changes at once", async () => {
    const wanted = { ...staged, secretString: next, versionStages: ["green"] };
    const updated = await update(await create(staged), wanted);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT", "green"] },
    ]);
    await settled(on, updated, wanted);
  });

  it("of other versions are left alone", async () => {
    const created = await create(first);
    await huawei("POST", path("/versions"), { secret_string: "theirs", version_stages: ["theirs"] });
    await update(await refreshed(created), staged);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT", "blue", "green"] },
      { id: "v2", stages: ["theirs"] },
    ]);
  });

  it("come from another version, whose they were", async () => {
    const created = await create(first);
    await huawei("POST", path("/versions"), { secret_string: "theirs", version_stages: ["blue"] });
    await settled(on, await update(await refreshed(created), staged), staged);
    expect(holder("blue")).toBe("v1");
  });
});

describe("drift of stages", () => {
  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      "moved elsewhere",
      () => huawei("POST", path("/versions"), { secret_string: "theirs", version_stages: ["blue"] }),
      ["UpdateSecretStage"],
    ],
    ["deleted", () => huawei("DELETE", path("/stages/blue")), ["UpdateSecretStage"]],
    ["added to our version", () => huawei("PUT", path("/stages/red"), { version_id: "v1" }), ["DeleteSecretStage"]],
  ])("that somebody %s is seen, and the next update heals it", async (_, act, operations) => {
    const created = await create(staged);
    await act();
    const drifted = await refreshed(created);
    expect(planned(drifted, staged).changed).toEqual(["versionStages"]);
    let updated = drifted;
    const called = await calls(async () => {
      updated = await update(drifted, staged);
    });
    expect(called).toEqual(operations);
    expect(told(secrets()[0].versions)[0]).toEqual({ id: "v1", stages: ["SYSCURRENT", "blue", "green"] });
    await settled(on, updated, staged);
  });

  it("that are gone already when they are to go is none", async () => {
    const created = await create(staged);
    await huawei("DELETE", path("/stages/blue"));
    await settled(on, await update(created, { ...staged, versionStages: ["green"] }), {
      ...staged,
      versionStages: ["green"],
    });
  });
});

describe("stages that fail", () => {
  it.each(["UpdateSecretStage", "DeleteSecretStage"])("by a lost answer of %s are as declared", async (operation) => {
    const created = await create({ ...first, versionStages: ["old"] });
    fault(operation, { kind: "loseAnswer", times: 1 });
    await settled(on, await update(created, staged), staged);
  });

  it.each(["UpdateSecretStage", "DeleteSecretStage"])(
    "by an answer of another shape than that of %s are as declared",
    async (operation) => {
      const created = await create({ ...first, versionStages: ["old"] });
      fault(operation, { kind: "wrongShape", times: 1 });
      await settled(on, await update(created, staged), staged);
    },
  );

  it("half-way keep those that were reached, and the next update makes only the calls that are missing", async () => {
    fault("UpdateSecretStage", { kind: "quota", nth: 2 });
    const error = await failure(create(staged));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ versionId: "v1", versionStages: ["blue"] });
    healed();
    expect(await calls(() => update(error.observed, staged))).toEqual(["UpdateSecretStage"]);
    expect(told(secrets()[0].versions)).toEqual([{ id: "v1", stages: ["SYSCURRENT", "blue", "green"] }]);
  });
});

describe("a new version whose answer is lost", () => {
  it.each<[string, Values, Values]>([
    ["current", first, { ...first, secretString: next }],
    ["current with stages", staged, { ...staged, secretString: next }],
    ["beside the current one", staged, { ...staged, secretString: next, currentVersionId: "v1" }],
    ["of binary", first, { ...first, secretString: undefined, secretBinary: "AAEC" }],
  ])("is made once, where it is %s", async (_, from, to) => {
    const created = await create(from);
    fault("CreateSecretVersion", { kind: "loseAnswer", times: 1 });
    const updated = await update(created, to);
    expect(updated.state).toMatchObject({ versionId: "v2" });
    expect(secrets()[0].versions).toHaveLength(2);
    await settled(on, updated, to);
  });

  it("is made also where an older one has the value", async () => {
    const second = { ...first, secretString: next };
    const updated = await update(await create(first), second);
    fault("CreateSecretVersion", { kind: "resetBefore", times: 1 });
    await settled(on, await update(updated, first), first);
    expect(secrets()[0].versions).toMatchObject([{ secretString: canary }, {}, { secretString: canary }]);
  });
});

describe("versions", () => {
  it("are told with the time of each, the same before and after a refresh", async () => {
    const updated = await update(await create(first), { ...first, secretString: next });
    const created = expect.stringMatching(/^\d{4}-.*Z$/);
    const versions = [
      { id: "v1", stages: ["SYSPREVIOUS"], created },
      { id: "v2", stages: ["SYSCURRENT"], created },
    ];
    expect(updated.state.versions).toEqual(versions);
    expect((await refreshed(updated)).state.versions).toEqual(updated.state.versions);
  });

  it("are made only where the value really changes", async () => {
    const second = { ...first, secretString: next };
    const updated = await update(await create(first), second);
    expect(await calls(() => update(updated, second))).toEqual([]);
    const back = await update(updated, first);
    expect(back.state).toMatchObject({ versionId: "v3" });
    expect(await calls(() => update(back, first))).toEqual([]);
    expect(secrets()[0].versions).toHaveLength(3);
  });

  it("are at most 20, and of those without a stage the oldest goes", async () => {
    let updated = await update(await create(first), { ...first, secretString: next });
    await huawei("PUT", path("/stages/theirs"), { version_id: "v1" });
    updated = await refreshed(updated);
    for (let n = 3; n <= 23; n++) {
      updated = await update(updated, { ...first, secretString: `${n}` });
      expect(told(updated.state.versions)).toEqual(told(secrets()[0].versions));
    }
    expect(updated.state.versions).toHaveLength(20);
    expect(holder("theirs")).toBe("v1");
  });
});
