import { describe, expect, it } from "vitest";
import { csmsEvent } from "../../../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";
import { projectId } from "../wire";

const { client, create, update, remove, refreshed, planned, calls, emulated, secrets } = onEmulator(csmsSecret, "csms");

const alarm = {
  name: "alarm",
  region: "cn-north-4",
  projectId,
  eventTypes: ["SECRET_ROTATED"],
  notification: { targetType: "SMN", targetId: "urn:smn:1", targetName: "alarm" },
};
const silent = { name: "db", projectId, secretString: canary };
const heard = { ...silent, eventSubscriptions: ["alarm"] };

describe("a secret that subscribes to an event", () => {
  it("names it, and is let go before the event is deleted", async () => {
    const event = await csmsEvent.create(client(), alarm);
    const created = await create(heard);
    expect(secrets()).toMatchObject([{ eventSubscriptions: [event.state.name] }]);
    expect(await failure(csmsEvent.delete(client(), event))).toMatchObject({ kind: "invalid" });
    const updated = await update(created, silent);
    expect(planned(await refreshed(updated), silent).changed).toEqual([]);
    await csmsEvent.delete(client(), event);
    expect(emulated().csms.events).toEqual([]);
  });

  it("lets the event go where it waits for its own deletion", async () => {
    const event = await csmsEvent.create(client(), alarm);
    await remove(await create(heard));
    await csmsEvent.delete(client(), event);
    expect(emulated().csms.events).toEqual([]);
  });

  it("moves to the event that takes the place of another, by one call", async () => {
    const event = await csmsEvent.create(client(), alarm);
    const created = await create(heard);
    await csmsEvent.create(client(), { ...alarm, name: "alarm-2" });
    expect(await calls(() => update(created, { ...heard, eventSubscriptions: ["alarm-2"] }))).toEqual(["UpdateSecret"]);
    await csmsEvent.delete(client(), event);
    expect(emulated().csms.events).toMatchObject([{ name: "alarm-2" }]);
  });
});
