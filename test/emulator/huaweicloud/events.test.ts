import { describe, expect, it } from "vitest";
import { type Content, nestedError, testCsms } from "./client";

const events = "/csms/events";
const notification = { target_type: "SMN", target_id: "urn:smn:1", target_name: "ops" };
const event = { name: "ops", event_types: ["SECRET_ROTATED", "SECRET_DELETED"], state: "ENABLED", notification };

describe("events", () => {
  it("are created, shown, changed in part and deleted", () => {
    const { api, clock } = testCsms();
    const created = api("POST", events, event);
    expect(created).toMatchObject({ status: 200 });
    expect(created.content).toEqual({
      event: { ...event, event_id: expect.any(String), create_time: clock.time, update_time: clock.time },
    });
    expect(api("GET", `${events}/ops`).content).toEqual(created.content);
    clock.time += 1000;
    const changed = { ...created.content.event, state: "DISABLED", update_time: clock.time };
    expect(api("PUT", `${events}/ops`, { state: "DISABLED" }).content.event).toEqual(changed);
    const more = { event_types: ["SECRET_VERSION_EXPIRED"], notification: { ...notification, target_id: "urn:smn:2" } };
    expect(api("PUT", `${events}/ops`, more).content.event).toEqual({ ...changed, ...more });
    expect(api("DELETE", `${events}/ops`)).toMatchObject({ status: 204, content: undefined });
    expect(nestedError(api("GET", `${events}/ops`))).toEqual([404, "CSMS.0005"]);
  });

  it("are listed by name, in pages", () => {
    const { api } = testCsms();
    for (const name of ["c", "a", "b"]) api("POST", events, { ...event, name });
    const first = api("GET", events, undefined, { limit: 2 }).content;
    expect(first.events.map((found: Content) => found.name)).toEqual(["a", "b"]);
    expect(first.page_info).toEqual({ next_marker: "c", previous_marker: null, current_count: 2 });
    expect(api("GET", events, undefined, { marker: "c" }).content.events).toHaveLength(1);
    expect(nestedError(api("GET", events, undefined, { limit: 0 }))).toEqual([400, "CSMS.0002"]);
  });

  it("have a name of their own", () => {
    const { api } = testCsms();
    api("POST", events, event);
    expect(nestedError(api("POST", events, event))).toEqual([400, "CSMS.0101"]);
  });

  it.each([
    ["name", { name: "a b" }],
    ["event_types", { event_types: undefined }],
    ["event_types", { event_types: "SECRET_ROTATED" }],
    ["event_types", { event_types: ["SECRET_READ"] }],
    ["event_types", { event_types: ["SECRET_ROTATED", "SECRET_ROTATED"] }],
    ["state", { state: "ON" }],
    ["notification", { notification: undefined }],
    ["notification.target_type", { notification: { ...notification, target_type: "FunctionGraph" } }],
    ["notification.target_id", { notification: { ...notification, target_id: "" } }],
    ["notification.target_id", { notification: { ...notification, target_id: "urn/smn" } }],
    ["notification.target_id", { notification: { ...notification, target_id: "u".repeat(257) } }],
    ["notification.target_name", { notification: { ...notification, target_name: "o.ps" } }],
    ["notification.target_name", { notification: { ...notification, target_name: "o".repeat(65) } }],
    ["notification.target_name", { notification: { target_type: "SMN", target_id: "urn:smn:1" } }],
  ])("refuse a wrong %s (%#)", (field, change) => {
    const { api } = testCsms();
    const reply = api("POST", events, { ...event, ...change });
    expect(nestedError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error.error_msg).toContain(`: ${field}`);
  });

  it.each(["GET", "PUT", "DELETE"])("%s of one that is not there is 404", (method) => {
    const { api } = testCsms();
    expect(nestedError(api(method, `${events}/none`, {}))).toEqual([404, "CSMS.0005"]);
  });

  it("PUT checks as POST does", () => {
    const { api } = testCsms();
    api("POST", events, event);
    for (const change of [{ event_types: ["SECRET_READ"] }, { state: "ON" }, { notification: { target_type: "SMN" } }])
      expect(nestedError(api("PUT", `${events}/ops`, change))).toEqual([400, "CSMS.0002"]);
  });

  it("may hold no types, and the longest target", () => {
    const { api } = testCsms();
    const longest = { target_type: "SMN", target_id: "aZ9-._:".padEnd(256, "x"), target_name: "aZ9_-".padEnd(64, "x") };
    const { content } = api("POST", events, { ...event, event_types: [], notification: longest });
    expect(content.event).toMatchObject({ event_types: [], notification: longest });
  });

  it.each([
    {},
    { event_types: [] },
    { state: "DISABLED" },
    { notification: { ...notification, target_name: "dev" } },
    { event_types: ["SECRET_ROTATED_FAILED"], state: "DISABLED" },
  ])("PUT changes %o and nothing else", (change) => {
    const { api } = testCsms();
    const { event: before } = api("POST", events, event).content;
    expect(api("PUT", `${events}/ops`, change).content.event).toEqual({ ...before, ...change });
  });

  it("stay while a secret subscribes to them that does not wait for deletion", () => {
    const { api } = testCsms();
    api("POST", events, event);
    api("POST", "/secrets", { name: "db", secret_string: "1", event_subscriptions: ["ops"] });
    expect(nestedError(api("DELETE", `${events}/ops`))).toEqual([400, "CSMS.0003"]);
    expect(api("GET", `${events}/ops`).status).toBe(200);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(api("DELETE", `${events}/ops`).status).toBe(204);
  });

  it("go when the last subscription is cleared", () => {
    const { api } = testCsms();
    api("POST", events, event);
    api("POST", "/secrets", { name: "db", secret_string: "1", event_subscriptions: ["ops"] });
    api("PUT", "/secrets/db", { event_subscriptions: [] });
    expect(api("DELETE", `${events}/ops`).status).toBe(204);
  });
});
