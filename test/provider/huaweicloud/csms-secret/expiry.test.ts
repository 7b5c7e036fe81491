import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/check";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { sourceOf } from "../../source";
import { canary, failure, onEmulator } from "../../support";
import { path, projectId, settled, told } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, update, refreshed, planned, calls, huawei, fault, healed, secrets } = on;

const endless = { name: "db", projectId, secretString: canary };
const ending = { ...endless, expireTime: "2099-01-31T00:00:00Z" };
const end = Date.parse(ending.expireTime);

/** When each version ends. */
const ends = () => secrets()[0].versions.map(({ expireTime }: { expireTime?: number }) => expireTime);

describe("expireTime", () => {
  it("at creation is set with a second call", async () => {
    const created = await create(ending);
    expect(ends()).toEqual([end]);
    expect(created.state).toMatchObject({ expireTime: ending.expireTime, versionId: "v1" });
    await settled(on, created, ending);
  });

  it("is changed in place by one call", async () => {
    const wanted = { ...ending, expireTime: "2098-01-31T00:00:00Z" };
    const created = await create(ending);
    let updated = created;
    const operations = await calls(async () => {
      updated = await update(created, wanted);
    });
    expect(operations).toEqual(["UpdateVersion"]);
    expect(ends()).toEqual([Date.parse(wanted.expireTime)]);
    await settled(on, updated, wanted);
  });

  it.each([
    ["the same end", ending.expireTime, end],
    ["another end", "2098-01-31T00:00:00Z", Date.parse("2098-01-31T00:00:00Z")],
    ["no end", undefined, undefined],
  ])("is carried to each new value by the call that makes it: %s", async (_, expireTime, then) => {
    const wanted = { ...endless, secretString: `${canary} 2`, expireTime };
    const created = await create(ending);
    let updated = created;
    const operations = await calls(async () => {
      updated = await update(created, wanted);
    });
    expect(operations).toEqual(["CreateSecretVersion"]);
    expect(ends()).toEqual([end, then]);
    await settled(on, updated, wanted);
  });

  it.each(["2099-01-31T08:00:00+08:00", "2099-01-30T19:00:00-05:00", "2099-01-31T00:00:00.000Z"])(
    "as %s means the same",
    async (expireTime) => {
      const created = await create(ending);
      expect(planned(created, { ...ending, expireTime }).changed).toEqual([]);
      expect(planned(await refreshed(created), { ...ending, expireTime }).changed).toEqual([]);
      const other = await create({ ...ending, name: "other", expireTime });
      expect(secrets().map(({ versions }) => versions[0].expireTime)).toEqual([end, end]);
      expect(planned(await refreshed(other), { ...ending, name: "other", expireTime }).changed).toEqual([]);
    },
  );

  it("that is left out makes a new version of the same value, without an end", async () => {
    const created = await create({ ...ending, versionStages: ["blue"] });
    let updated = created;
    const wanted = { ...endless, versionStages: ["blue"] };
    const operations = await calls(async () => {
      updated = await update(created, wanted);
    });
    expect(operations).toEqual(["CreateSecretVersion"]);
    expect(secrets()[0].versions.map(({ secretString }: { secretString: string }) => secretString)).toEqual([
      canary,
      canary,
    ]);
    expect(ends()).toEqual([end, undefined]);
    expect(told(secrets()[0].versions)[1]).toEqual({ id: "v2", stages: ["SYSCURRENT", "blue"] });
    expect(updated.state).toMatchObject({ versionId: "v2", expireTime: undefined });
    await settled(on, updated, wanted);
  });

  it("that is left out while rolled back needs a stage for the version that this makes", async () => {
    const created = await create(ending);
    const second = { ...ending, secretString: `${canary} 2`, currentVersionId: "v1" };
    const rolled = await update(created, { ...second, versionStages: ["next"] });
    const { refused } = planned(rolled, { ...second, expireTime: undefined });
    expect(refused).toMatchObject([{ property: "currentVersionId", reason: expect.stringContaining("versionStages") }]);
    const wanted = { ...second, versionStages: ["next"], expireTime: undefined };
    await settled(on, await update(rolled, wanted), wanted);
    expect(told(secrets()[0].versions)[0]).toEqual({ id: "v1", stages: ["SYSCURRENT"] });
    expect(ends()).toEqual([end, end, undefined]);
  });

  it("that has passed is refused at preview, for a new secret, as a change and with a new value, not where nothing changes", async () => {
    const passed = { ...ending, expireTime: "2020-01-31T00:00:00Z" };
    const reason = "has passed: give a later time, or leave it out";
    const refusal = [{ property: "expireTime", reason }];
    expect(check(csmsSecret, passed, sourceOf({ "huaweicloud:region": "cn-north-4" })).failures).toEqual(refusal);
    const created = await create(ending);
    expect(planned(created, passed).refused).toEqual(refusal);
    const ended = { ...created, state: { ...created.state, expireTime: passed.expireTime } };
    expect(planned(ended, passed).refused).toEqual([]);
    expect(planned(ended, { ...passed, secretString: `${canary} 2` }).refused).toEqual(refusal);
    expect(planned(ended, { ...passed, expireTime: undefined, secretString: `${canary} 2` }).refused).toEqual([]);
  });

  it("that has passed meanwhile is refused by the service, and nothing else is lost", async () => {
    const wanted = { ...ending, expireTime: "2020-01-31T00:00:00Z", description: "two" };
    const error = await failure(update(await create(ending), wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(/CSMS UpdateVersion of secret "db" failed: CSMS\.0002: .*expire_time/);
    expect(error.observed.state).toMatchObject({ description: "two", expireTime: ending.expireTime });
  });
});

describe("drift of the end", () => {
  const theirs = Date.parse("2097-01-31T00:00:00Z");
  const change = () => huawei("PUT", path("/versions/v1"), { expire_time: theirs });

  it("that somebody moved is seen, and the next update heals it", async () => {
    const created = await create(ending);
    await change();
    const drifted = await refreshed(created);
    expect(drifted.state).toMatchObject({ expireTime: "2097-01-31T00:00:00Z" });
    expect(planned(drifted, ending).changed).toEqual(["expireTime"]);
    await settled(on, await update(drifted, ending), ending);
    expect(ends()).toEqual([end]);
  });

  it("that somebody gave is seen, and a version of the same value without one heals it", async () => {
    const created = await create(endless);
    await change();
    const drifted = await refreshed(created);
    expect(planned(drifted, endless).changed).toEqual(["expireTime"]);
    await settled(on, await update(drifted, endless), endless);
    expect(ends()).toEqual([theirs, undefined]);
  });

  it("of another version is none", async () => {
    const second = { ...endless, secretString: `${canary} 2` };
    const updated = await update(await create(endless), second);
    await change();
    expect(planned(await refreshed(updated), second).changed).toEqual([]);
  });
});

describe("an end that fails", () => {
  it("by a lost answer is set, and no second version is made", async () => {
    const created = await create(ending);
    fault("UpdateVersion", { kind: "loseAnswer", times: 1 });
    const later = { ...ending, expireTime: "2098-01-31T00:00:00Z" };
    const updated = await update(created, later);
    await settled(on, updated, later);
    fault("CreateSecretVersion", { kind: "loseAnswer", times: 1 });
    await settled(on, await update(updated, endless), endless);
    expect(ends()).toEqual([Date.parse(later.expireTime), undefined]);
  });

  it("at creation keeps the secret, and the next update makes only the call that is missing", async () => {
    fault("UpdateVersion", { kind: "quota" });
    const error = await failure(create(ending));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(planned(error.observed, ending).changed).toEqual(["expireTime"]);
    healed();
    expect(await calls(() => update(error.observed, ending))).toEqual(["UpdateVersion"]);
  });
});
