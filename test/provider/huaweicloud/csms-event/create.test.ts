import { describe, expect, it } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import { csmsEvent } from "../../../../provider/huaweicloud/csms-event";
import { anHourAgo, canary, failure, onEmulator } from "../../support";
import { between, projectId } from "../wire";

const { connect, create, find, confirm, update, remove, refreshed, planned, calls, emulated, fault } = onEmulator(
  csmsEvent,
  "csms",
);

const notification = { targetType: "SMN", targetId: "urn:smn:cn-north-4:1:alarm", targetName: "alarm" };
const alarm = { name: "alarm", projectId, eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"], notification };
const events = () => emulated().csms.events;

describe("create of an event", () => {
  it("is one call, with every field", async () => {
    expect(await calls(() => create({ ...alarm, state: "DISABLED" }))).toEqual(["CreateSecretEvent"]);
    expect(events()).toMatchObject([{ ...alarm, state: "DISABLED" }]);
  });

  it("answers the event's id, the inputs and the outputs", async () => {
    const { id, state } = await create(alarm);
    expect(id).toBe(events()[0].eventId);
    const time = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(state).toEqual({
      ...alarm,
      region: "cn-north-4",
      state: "ENABLED",
      eventId: id,
      createTime: time,
      updateTime: time,
    });
  });

  it("asks IAM for the project where none is given", async () => {
    const { projectId: _, ...homeless } = alarm;
    expect(await calls(() => create({ ...homeless, region: "ap-southeast-1" }))).toEqual([
      "iam.ListProjects",
      "CreateSecretEvent",
    ]);
    expect(events()).toMatchObject([{ projectId: projectIdOf("ap-southeast-1") }]);
  });

  it("makes a name of the resource's where none is given", async () => {
    const { name: _, ...nameless } = alarm;
    const { state } = await create(nameless);
    expect(state.name).toMatch(/^app-[0-9a-f]{7}$/);
    expect(events()).toMatchObject([{ name: state.name }]);
  });

  it("leaves nothing to do", async () => {
    const created = await create(alarm);
    for (const one of [created, await refreshed(created)]) {
      expect(planned(one, alarm)).toEqual({ changed: [], replaces: [], refused: [], deleteBeforeReplace: true });
      expect(await calls(() => update(one, alarm))).toEqual([]);
    }
  });
});

describe("create of an event whose answer is lost", () => {
  it.each(["loseAnswer", "truncate"] as const)("by %s finds its event, and makes no second one", async (kind) => {
    fault("CreateSecretEvent", { kind, times: 1 });
    const operations = await calls(async () => {
      expect(await create(alarm)).toMatchObject({ id: events()[0].eventId, state: alarm });
    });
    expect(operations).toEqual(["CreateSecretEvent", "ShowSecretEvent"]);
    expect(events()).toHaveLength(1);
  });

  it("is repeated where nothing had happened", async () => {
    fault("CreateSecretEvent", { kind: "resetBefore", times: 1 });
    const operations = ["CreateSecretEvent", "ShowSecretEvent", "CreateSecretEvent"];
    expect(await calls(() => create(alarm))).toEqual(operations);
  });

  it("is told of as such where looking is refused, by a code that nobody knows too, and kept as unconfirmed", async () => {
    fault("CreateSecretEvent", { kind: "loseAnswer", times: 1 });
    let looks = 0;
    between(async ({ method }) => {
      if (method !== "GET" || looks++ > 0) return undefined;
      return Response.json({ error_code: "CSMS.9999", error_msg: "no" }, { status: 400 });
    });
    const error = await failure(create(alarm));
    expect(error.message).toMatch(
      /ShowSecretEvent .* may have been carried out: CSMS CreateSecretEvent of event "alarm"/,
    );
    expect(error.observed).toMatchObject({ id: "unconfirmed:alarm", state: alarm });
    expect(await confirm(error.observed)).toMatchObject({ id: events()[0].eventId, state: alarm });
  });

  it("does not take an event for its own that is another, or was there before", async () => {
    for (const make of [
      () => create({ ...alarm, eventTypes: ["SECRET_ROTATED"] }),
      () => create({ ...alarm, state: "DISABLED" }),
      () => create({ ...alarm, notification: { ...notification, targetName: "theirs" } }),
      () => anHourAgo(() => create(alarm)),
    ]) {
      const theirs = await make();
      const before = events();
      fault("CreateSecretEvent", { kind: "loseAnswer", nth: 1 });
      expect(await failure(create(alarm))).toMatchObject({ kind: "exists" });
      expect(events()).toEqual(before);
      await remove(theirs);
    }
  });
});

describe("create of an event whose name is taken", () => {
  const theirs = { ...alarm, state: "DISABLED", eventTypes: ["SECRET_VERSION_EXPIRED"] };

  it("is an error that says how to go on, and touches nothing", async () => {
    await create(theirs);
    const before = events();
    const act = async () => {
      const error = await failure(create(alarm));
      expect(error).toMatchObject({ kind: "exists" });
      expect(error.message).toMatch(
        /^CSMS CreateSecretEvent of event "alarm" failed: an event of this name exists already\. Give another name, set adoptExisting: true /,
      );
    };
    expect(await calls(act)).toEqual(["CreateSecretEvent", "ShowSecretEvent"]);
    expect(events()).toEqual(before);
  });

  it("with adoptExisting brings it to what is declared", async () => {
    const { id } = await create(theirs);
    const wanted = { ...alarm, adoptExisting: true };
    const operations = await calls(async () => {
      const adopted = await create(wanted);
      expect(adopted).toMatchObject({ id, existed: true, state: { ...alarm, state: "ENABLED" } });
      expect(planned(await refreshed(adopted), wanted).changed).toEqual([]);
    });
    expect(operations.filter((name) => name === "UpdateSecretEvent")).toHaveLength(1);
    expect(events()).toMatchObject([{ eventId: id, ...alarm, state: "ENABLED" }]);
  });

  it("with adoptExisting changes nothing where it is as declared", async () => {
    await create(alarm);
    const before = events();
    expect(await calls(() => create({ ...alarm, adoptExisting: true }))).toEqual([
      "CreateSecretEvent",
      "ShowSecretEvent",
    ]);
    expect(events()).toEqual(before);
  });

  it("with adoptExisting that fails leaves no state", async () => {
    await create(theirs);
    fault("UpdateSecretEvent", { kind: "quota" });
    expect(await failure(create({ ...alarm, adoptExisting: true }))).toMatchObject({ kind: "quota" });
  });

  it("is found before, where that is asked", async () => {
    expect(await find(alarm)).toBeUndefined();
    const { id } = await create(theirs);
    expect(await find(alarm)).toMatchObject({ id, state: theirs });
    expect(
      await find({ ...alarm, region: "ap-southeast-1", projectId: projectIdOf("ap-southeast-1") }),
    ).toBeUndefined();
  });
});

describe("create of an event that fails", () => {
  it.each([
    ["throttle", "throttled", 8],
    ["quota", "quota", 1],
  ] as const)("by %s is a %s error after %d attempts", async (kind, said, attempts) => {
    fault("CreateSecretEvent", { kind, ...(kind === "throttle" && { retryAfter: 0 }) });
    const act = async () => expect(await failure(create(alarm))).toMatchObject({ kind: said });
    expect(await calls(act)).toEqual(Array(attempts).fill("CreateSecretEvent"));
    expect(events()).toEqual([]);
  });

  it("for a wrong key holds no part of it", async () => {
    connect({ "huaweicloud:secretKey": canary });
    expect(await failure(create(alarm))).toMatchObject({ kind: "credentials" });
  });
});
