import { expect, it, vi } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsEvent } from "../../../../provider/huaweicloud/csms-event";
import { failure, onEmulator } from "../../support";
import { projectId } from "../wire";

const { create, update, planned, calls, emulated, huawei, fault, healed } = onEmulator(csmsEvent, "csms");

const notification = { targetType: "SMN", targetId: "urn:smn:cn-north-4:1:alarm", targetName: "alarm" };
const alarm = { name: "alarm", projectId, eventTypes: ["SECRET_ROTATED"], notification };
const events = () => emulated().csms.events;

/** A change to DISABLED that was carried out, and of which no answer ever came. */
async function changedUnseen() {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(alarm);
  fault("UpdateSecretEvent", { kind: "loseAnswer" });
  const error = await failure(update(created, { ...alarm, state: "DISABLED" }));
  healed();
  return error;
}

it("a change of which no answer ever came is looked at by the next update, also where it is taken back", async () => {
  const error = await changedUnseen();
  expect(error).toBeInstanceOf(PartialFailure);
  expect(error.observed).toMatchObject({ isDoubtful: true, state: { state: "ENABLED" } });
  expect(events()).toMatchObject([{ state: "DISABLED" }]);
  const reached = await update(error.observed, alarm);
  expect(events()).toMatchObject([{ state: "ENABLED" }]);
  expect(planned(reached, alarm).changed).toEqual([]);
});

it("a change of which no answer ever came is not made again where it was carried out", async () => {
  const { observed } = await changedUnseen();
  expect(await calls(() => update(observed, { ...alarm, state: "DISABLED" }))).toEqual([]);
});

it("a change of which no answer ever came stays in doubt where nobody can look, and touches no other event", async () => {
  const { observed } = await changedUnseen();
  fault("ShowSecretEvent", { kind: "quota", nth: 1 });
  expect(await failure(update(observed, alarm))).toMatchObject({ kind: "quota" });
  await huawei("DELETE", `/v1/${projectId}/csms/events/alarm`);
  await create({ ...alarm, state: "DISABLED" });
  expect(await failure(update(observed, alarm))).toMatchObject({ kind: "notFound" });
  expect(events()).toMatchObject([{ state: "DISABLED" }]);
});

it("a change that is refused is kept as no doubt", async () => {
  const created = await create(alarm);
  fault("UpdateSecretEvent", { kind: "quota" });
  const error = await failure(update(created, { ...alarm, state: "DISABLED" }));
  expect(error).not.toBeInstanceOf(PartialFailure);
});
