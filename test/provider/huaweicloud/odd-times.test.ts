import { describe, expect, it } from "vitest";
import { csmsEvent } from "../../../provider/huaweicloud/csms-event";
import { isoTime } from "../../../provider/huaweicloud/csms-place";
import { csmsSecret } from "../../../provider/huaweicloud/csms-secret";
import { canary, type Loose, onEmulator } from "../support";
import { between, projectId } from "./wire";

describe("a time of CSMS", () => {
  it.each([
    ["seconds", 1_600_000_000, "2020-09-13T12:26:40Z"],
    ["milliseconds", 1_600_000_000_001, "2020-09-13T12:26:40.001Z"],
    ["nothing", null, undefined],
    ["0", 0, undefined],
    ["-1", -1, undefined],
    ["nanoseconds", 1.7e18, undefined],
    ["microseconds", 1.7e15, undefined],
  ])("of %s is read as a date, or as none", (_, time, read) => {
    expect(isoTime(time)).toBe(read);
  });
});

/** All times in all answers are these. */
function withTimes(time: number) {
  between(async (_, served) => {
    const reply = await served();
    const oddly = (name: string, value: unknown) => (/(_time|_at)$/.test(name) ? time : value);
    return reply.ok ? Response.json(JSON.parse(await reply.text(), oddly)) : reply;
  });
}

describe("a secret of odd times", () => {
  const { create, update, refreshed, planned, secrets } = onEmulator(csmsSecret, "csms");

  it("is made, changed and read as one without any", async () => {
    const wanted = { name: "db", projectId, secretString: canary };
    withTimes(1.7e18);
    const created = await create(wanted);
    expect(created).toMatchObject({ id: secrets()[0].id, state: { versionId: "v1" } });
    const changed = { ...wanted, secretString: `${canary} 2` };
    const updated = await refreshed(await update(created, changed));
    expect(updated.state).toMatchObject({ createTime: undefined, rotationTime: undefined, versionId: "v2" });
    expect(planned(updated, changed).changed).toEqual([]);
  });
});

describe("an event of odd times", () => {
  const { create, refreshed, planned, emulated } = onEmulator(csmsEvent, "csms");

  it("is made and read as one without any", async () => {
    const notification = { targetType: "SMN", targetId: "urn:smn:1", targetName: "alarm" };
    const wanted = { name: "alarm", projectId, eventTypes: ["SECRET_ROTATED"], notification };
    withTimes(1.7e18);
    const created = await create(wanted);
    expect(created.id).toBe((emulated().csms as Loose).events[0].eventId);
    const read = await refreshed(created);
    expect(read.state).toMatchObject({ createTime: undefined, updateTime: undefined });
    expect(planned(read, wanted).changed).toEqual([]);
  });
});
