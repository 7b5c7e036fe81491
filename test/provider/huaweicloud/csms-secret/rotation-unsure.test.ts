import { describe, expect, it, vi } from "vitest";
import type { Observed } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { failure, type Loose, onEmulator } from "../../support";
import { between, hasten } from "../wire";
import { still, turned } from "./rotated";

const { create, update, refreshed, planned, calls, emulated, fault, secrets } = onEmulator(csmsSecret, "csms");

const tasks = () => emulated().csms.tasks.map(({ taskStatus }: Loose) => taskStatus);

describe("a rotation whose answer is lost", () => {
  it("is done once", async () => {
    const created = await create(still);
    hasten();
    fault("RotateSecret", { kind: "loseAnswer", times: 1 });
    await update(created, turned);
    expect(tasks()).toEqual(["SUCCESS"]);
    expect(secrets()[0].versions).toHaveLength(2);
  });

  it("is repeated where nothing had happened, whatever rotations were before", async () => {
    hasten();
    const before = await update(await create(still), turned);
    fault("RotateSecret", { kind: "resetBefore", times: 1 });
    const operations = await calls(() => update(before, { ...turned, rotationTrigger: "2" }));
    expect(operations.filter((name) => name === "RotateSecret")).toHaveLength(2);
    expect(tasks()).toEqual(["SUCCESS", "SUCCESS"]);
  });
});

describe("a rotation of which nobody knows whether it was started", () => {
  /** Started or not; until the list of tasks answers again, nobody can tell. */
  async function unsure(kind: "loseAnswer" | "resetBefore") {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const before = await update(await create(still), { ...still, description: "two" });
    hasten();
    fault("RotateSecret", { kind, times: 1 });
    let lists = 0;
    between(({ path: asked }) => {
      if (!asked.endsWith("/csms/tasks") || ++lists === 1 || lists > 9) return undefined;
      return Response.json({ error_code: "CSMS.0001", error_msg: "no" }, { status: 503 });
    });
    const error = await failure(update(before, { ...turned, description: "two" }));
    expect(error.message).toContain("whose answer was lost");
    expect(error.observed.state.rotationTrigger).toBeUndefined();
    return error.observed;
  }
  const wanted = { ...turned, description: "two" };

  it.each([
    ["at once", async (left: Observed) => left],
    ["after a refresh", async (left: Observed) => refreshed(left)],
  ])("is found by the next update %s, and done no second time", async (_, then) => {
    const left = await then(await unsure("loseAnswer"));
    const operations = await calls(async () => {
      const updated = await update(left, wanted);
      expect(updated.state).toMatchObject({ rotationTrigger: "1", versionId: "v2", rotationTaskId: undefined });
      expect(planned(await refreshed(updated), wanted).changed).toEqual([]);
    });
    expect(operations).not.toContain("RotateSecret");
    expect(tasks()).toEqual(["SUCCESS"]);
  });

  it("is started by the next update where it had not been, whatever rotations were before", async () => {
    hasten();
    await update(await create({ ...still, name: "db-2" }), { ...turned, name: "db-2" });
    const updated = await update(await unsure("resetBefore"), wanted);
    expect(updated.state).toMatchObject({ rotationTrigger: "1", versionId: "v2", rotationTaskId: undefined });
    expect(tasks()).toEqual(["SUCCESS", "SUCCESS"]);
  });

  it("is none any more that a later one could be, once its trigger is taken back", async () => {
    const back = await update(await unsure("loseAnswer"), { ...still, description: "two" });
    expect(back.state).toMatchObject({ rotationTaskId: undefined, versionId: "v2" });
    await update(back, wanted);
    expect(tasks()).toEqual(["SUCCESS", "SUCCESS"]);
  });
});
