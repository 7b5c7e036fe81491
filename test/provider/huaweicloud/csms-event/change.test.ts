import { describe, expect, it } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import type { Values } from "../../../../provider/fields";
import { csmsEvent } from "../../../../provider/huaweicloud/csms-event";
import { failure, type Loose, onEmulator } from "../../support";
import { between, path, projectId } from "../wire";

const { connect, create, read, update, remove, refreshed, planned, calls, allCalls, emulated, huawei, fault } =
  onEmulator(csmsEvent, "csms");

const notification = { targetType: "SMN", targetId: "urn:smn:cn-north-4:1:alarm", targetName: "alarm" };
const alarm = { name: "alarm", projectId, eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"], notification };
const events = () => emulated().csms.events;
const eventPath = `/v1/${projectId}/csms/events/alarm`;

/** An event of ours that is gone, and another's that has its name. */
async function replacedByAnother() {
  const ours = await create(alarm);
  await huawei("DELETE", eventPath);
  return { ours, theirs: await create(alarm) };
}

describe("read of an event", () => {
  it("is one call, by the name", async () => {
    const { id, state } = await create(alarm);
    expect(await calls(() => read(id, state))).toEqual(["ShowSecretEvent"]);
    expect(await read(id, state)).toEqual({ id, state });
  });

  it("finds everything by the id alone, among more than a page of them", async () => {
    for (let n = 0; n < 60; n++) await create({ ...alarm, name: `e${String(n).padStart(2, "0")}` });
    for (const at of [0, 49, 50, 59]) {
      const { eventId, name } = events()[at];
      expect(await read(eventId)).toMatchObject({ id: eventId, state: { ...alarm, name, state: "ENABLED" } });
    }
    expect(await read("00000000-0000-0000-0000-000000000000")).toBeUndefined();
  });

  it("finds an event of another region by its id and the region", async () => {
    const { id } = await create({ ...alarm, region: "ap-southeast-1", projectId: undefined });
    expect(await read(id)).toBeUndefined();
    expect(await read(id, { region: "ap-southeast-1" })).toMatchObject({ id });
  });

  it("finds an event of the configured project by its id, with its name or without, and asks IAM nothing", async () => {
    const configured = "0123456789abcdef0123456789abcdef";
    const { id } = await create({ ...alarm, projectId: configured });
    connect({ "huaweicloud:projectId": configured });
    for (const known of [{}, { name: "alarm" }]) {
      const called = await calls(async () =>
        expect(await read(id, known)).toMatchObject({ id, state: { projectId: configured } }),
      );
      expect(called.filter((operation) => operation.startsWith("iam."))).toEqual([]);
    }
  });

  it("finds nothing where the event is gone, or another one has the name", async () => {
    const created = await create(alarm);
    await huawei("DELETE", eventPath);
    expect(await read(created.id, created.state)).toBeUndefined();
    await create(alarm);
    expect(await read(created.id, created.state)).toBeUndefined();
  });

  it("tells what no program can declare as it is", async () => {
    const { id, state } = await create(alarm);
    between(async (_, served) => {
      const { event } = (await (await served()).json()) as Loose;
      return Response.json({ event: { ...event, event_types: null, notification: null, state: "FROZEN" } });
    });
    expect(await read(id, state)).toMatchObject({ state: { eventTypes: [], state: "FROZEN" } });
  });

  it("with wrong credentials, or while throttled, is an error and not an event that is gone", async () => {
    const { id, state } = await create(alarm);
    fault("*", { kind: "throttle", retryAfter: 0 });
    for (const known of [{}, state]) expect(await failure(read(id, known))).toMatchObject({ kind: "throttled" });
    connect({ "huaweicloud:secretKey": "wrong" });
  });
});

describe("update of an event", () => {
  it.each<[string, Values]>([
    ["types", { eventTypes: ["SECRET_VERSION_EXPIRED"] }],
    ["state", { state: "DISABLED" }],
    ["topic's URN", { notification: { ...notification, targetId: "urn:smn:two" } }],
    ["topic's name", { notification: { ...notification, targetName: "two" } }],
    [
      "everything",
      { eventTypes: ["SECRET_DELETED"], state: "DISABLED", notification: { ...notification, targetName: "2" } },
    ],
  ])("with another %s is one call, after which there is nothing to do", async (_, change) => {
    const created = await create(alarm);
    const wanted = { ...alarm, ...change };
    let updated = created;
    expect(
      await calls(async () => {
        updated = await update(created, wanted);
      }),
    ).toEqual(["UpdateSecretEvent"]);
    expect(updated.id).toBe(created.id);
    expect(events()).toMatchObject([{ eventId: created.id, ...wanted }]);
    for (const one of [updated, await refreshed(updated)]) {
      expect(planned(one, wanted).changed).toEqual([]);
      expect(await calls(() => update(one, wanted))).toEqual([]);
    }
  });

  it.each<[string, Values]>([
    ["the order of types", { eventTypes: ["SECRET_DELETED", "SECRET_ROTATED"] }],
    ["the state, spelled out", { state: "ENABLED" }],
    ["adoptExisting", { adoptExisting: true }],
  ])("with %s is none", async (_, change) => {
    const created = await create(alarm);
    expect(planned(created, { ...alarm, ...change }).changed).toEqual([]);
    expect(await calls(() => update(created, { ...alarm, ...change }))).toEqual([]);
  });

  it.each<[string, Values, string[]]>([
    ["its types", { event_types: ["SECRET_ROTATED_FAILED"] }, ["eventTypes"]],
    ["its state", { state: "DISABLED" }, ["state"]],
    [
      "its topic",
      { notification: { target_type: "SMN", target_id: "theirs", target_name: "theirs" } },
      ["notification"],
    ],
  ])("heals %s that somebody changed", async (_, body, changed) => {
    const created = await create(alarm);
    await huawei("PUT", eventPath, body);
    const drifted = await refreshed(created);
    expect(planned(drifted, alarm).changed).toEqual(changed);
    await update(drifted, alarm);
    expect(events()).toMatchObject([{ ...alarm, state: "ENABLED" }]);
  });

  it("is repeated where its answer is lost", async () => {
    const created = await create(alarm);
    fault("UpdateSecretEvent", { kind: "loseAnswer", times: 1 });
    await update(created, { ...alarm, state: "DISABLED" });
    expect(events()).toMatchObject([{ state: "DISABLED" }]);
  });

  it("of an event that is gone says so", async () => {
    const created = await create(alarm);
    await huawei("DELETE", eventPath);
    const error = await failure(update(created, { ...alarm, state: "DISABLED" }));
    expect(error).toMatchObject({ kind: "notFound" });
    expect(error.message).toMatch(/^CSMS ShowSecretEvent of event "alarm" failed: CSMS\.0005: /);
  });
});

describe("another's event that has the name of ours by now", () => {
  it("is not changed by an update, which asks for a refresh", async () => {
    const { ours, theirs } = await replacedByAnother();
    const before = events();
    let error: Loose;
    const act = async () => {
      error = await failure(update(ours, { ...alarm, state: "DISABLED" }));
    };
    expect(await allCalls(act)).toEqual(["ShowSecretEvent"]);
    expect(error).toMatchObject({ kind: "notFound" });
    expect(error.message).toBe(
      `CSMS update of event "alarm" failed: what has this name by now is another event than ours, with the id ${theirs.id}, and is left as it is. Run \`pulumi refresh\` to see what is there.`,
    );
    expect(events()).toEqual(before);
  });
});

describe("replacement of an event", () => {
  it.each<[string, Values]>([
    ["name", { name: "alarm-2" }],
    ["region", { region: "ap-southeast-1", projectId: projectIdOf("ap-southeast-1") }],
  ])("by another %s makes the new one first", async (field, change) => {
    const old = await create(alarm);
    const wanted = { ...alarm, ...change };
    const { replaces, ...rest } = planned(old, wanted);
    expect(replaces).toContain(field);
    expect(rest).toMatchObject({ deleteBeforeReplace: false, refused: [] });
    const replaced = await create(wanted);
    await remove(old);
    expect(events()).toMatchObject([{ eventId: replaced.id }]);
  });
});

describe("delete of an event", () => {
  it("looks whose it is, and leaves nothing", async () => {
    const created = await create(alarm);
    expect(await calls(() => remove(created))).toEqual(["ShowSecretEvent", "DeleteSecretEvent"]);
    expect(events()).toEqual([]);
  });

  it("of one that is gone is a success", async () => {
    const created = await create(alarm);
    await remove(created);
    expect(await calls(() => remove(created))).toEqual(["ShowSecretEvent"]);
  });

  it("leaves another event of the same name alone", async () => {
    const { ours, theirs } = await replacedByAnother();
    await remove(ours);
    expect(events()).toMatchObject([{ eventId: theirs.id }]);
  });

  it.each(["ShowSecretEvent", "DeleteSecretEvent"])("is repeated where the answer of %s is lost", async (operation) => {
    const created = await create(alarm);
    fault(operation, { kind: "loseAnswer", times: 1 });
    await remove(created);
    expect(events()).toEqual([]);
  });

  it("while secrets subscribe is refused, and says which", async () => {
    const created = await create(alarm);
    for (const name of ["db", "other"])
      await huawei("POST", `/v1/${projectId}/secrets`, { name, secret_string: "1", event_subscriptions: ["alarm"] });
    const error = await failure(remove(created));
    expect(error.message).toMatch(
      /^CSMS DeleteSecretEvent of event "alarm" failed: CSMS\.0003: .*take it out of the eventSubscriptions of db, other first\.$/,
    );
    expect(error).toMatchObject({ kind: "invalid", code: "CSMS.0003", status: 400 });
    fault("ListSecrets", { kind: "quota" });
    expect((await failure(remove(created))).message).toMatch(/CSMS\.0003: .*\)\.$/);
    expect(events()).toHaveLength(1);
    for (const name of ["db", "other"]) await huawei("DELETE", path().replace(/db$/, name));
    await remove(created);
    expect(events()).toEqual([]);
  });
});
