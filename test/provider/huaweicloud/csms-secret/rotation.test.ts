import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { between, hasten, path, told } from "../wire";
import { still, turned } from "./rotated";

const { create, update, remove, refreshed, planned, calls, emulated, huawei, fault, healed, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const failing = { ...still, rotationFuncUrn: "urn:fss:fails" };
const rotating = ["ListSecretTask", "RotateSecret", "ListSecretTask", "ListSecretVersions", "ShowSecret"];

const tasks = () => emulated().csms.tasks.map(({ taskStatus }: Loose) => taskStatus);
const current = () => secrets()[0].versions.find(({ stages }: Loose) => stages.includes("SYSCURRENT"));

describe("rotationTrigger", () => {
  it("rotates the value and waits until that is done", async () => {
    const updated = await update(await create(still), turned);
    expect(tasks()).toEqual(["SUCCESS"]);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT"] },
    ]);
    expect(updated.state).toMatchObject({ rotationTrigger: "1", versionId: "v2", currentVersionId: "v2" });
    expect(updated.state.rotationTime).toMatch(/Z$/);
    expect(told(updated.state.versions)).toEqual(told(secrets()[0].versions));
  });

  it("follows the task of the rotation, whose value is never stored and never a difference", async () => {
    hasten();
    const created = await create(still);
    let updated = created;
    expect(
      await calls(async () => {
        updated = await update(created, turned);
      }),
    ).toEqual(rotating);
    const again = await refreshed(updated);
    for (const { state } of [updated, again]) {
      expect(state).toMatchObject({ secretString: canary, versionId: "v2" });
      expect(JSON.stringify(state)).not.toContain(current().secretString);
    }
    for (const one of [updated, again]) expect(planned(one, turned).changed).toEqual([]);
    expect(await calls(() => update(again, turned))).toEqual([]);
  });

  it("rotates again only for another text", async () => {
    hasten();
    const once = await update(await create(still), turned);
    const silent = await refreshed(await update(once, still));
    expect(planned(silent, still).changed).toEqual([]);
    expect(planned(silent, turned).changed).toEqual([]);
    expect(planned(silent, { ...still, rotationTrigger: "2" }).changed).toEqual(["rotationTrigger"]);
    await update(silent, { ...still, rotationTrigger: "2" });
    expect(tasks()).toEqual(["SUCCESS", "SUCCESS"]);
    expect(current()).toMatchObject({ id: "v3" });
  });

  it("rotates nothing at creation", async () => {
    const operations = await calls(async () => {
      const created = await create(turned);
      expect(planned(created, turned).changed).toEqual([]);
      expect(planned(await refreshed(created), turned).changed).toEqual([]);
    });
    expect(operations).not.toContain("RotateSecret");
    expect(current()).toMatchObject({ id: "v1", secretString: canary });
  });

  it("rotates nothing where the secret is restored", async () => {
    hasten();
    await remove(await update(await create(still), turned));
    const operations = await calls(async () => {
      const restored = await create({ ...turned, rotationTrigger: "2" });
      expect(restored.state).toMatchObject({ rotationTrigger: "2", versionId: "v2", secretString: canary });
      expect(planned(restored, { ...turned, rotationTrigger: "2" }).changed).toEqual([]);
    });
    expect(operations).not.toContain("RotateSecret");
    expect(operations).not.toContain("CreateSecretVersion");
    expect(tasks()).toEqual(["SUCCESS"]);
  });

  it("waits for a rotation that runs already instead of a second one", async () => {
    const created = await create(still);
    await huawei("POST", path("/rotate"));
    hasten(400);
    const operations = await calls(() => update(created, turned));
    expect(operations).not.toContain("RotateSecret");
    expect(tasks()).toEqual(["SUCCESS"]);
    expect(current()).toMatchObject({ id: "v2" });
  });

  it("is no reason not to make a new version of a value that the program changes", async () => {
    hasten();
    const updated = await update(await create(still), turned);
    const wanted = { ...turned, secretString: `${canary} 2` };
    expect(planned(await refreshed(updated), wanted).changed).toEqual(["secretString"]);
    expect(await calls(() => update(updated, wanted))).toEqual(["CreateSecretVersion"]);
    expect(current()).toMatchObject({ id: "v3", secretString: `${canary} 2` });
  });

  it("together with a new value rotates from that", async () => {
    hasten();
    const created = await create(still);
    const wanted = { ...turned, secretString: `${canary} 2` };
    expect(await calls(() => update(created, wanted))).toEqual(["CreateSecretVersion", ...rotating]);
    expect(told(secrets()[0].versions)[1]).toEqual({ id: "v2", stages: ["SYSPREVIOUS"] });
  });
});

describe("a rotation that fails", () => {
  it("is an error with the task's code, and the next update rotates again", async () => {
    const created = await create(failing);
    hasten();
    const error = await failure(update(created, { ...failing, rotationTrigger: "1" }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.cause).toMatchObject({ kind: "other", code: "CSMS.0501" });
    expect(error.observed.state.rotationTrigger).toBeUndefined();
    expect(error.observed.state.rotationTaskId).toBeUndefined();
    expect(error.message).toMatch(
      /^CSMS RotateSecret of secret "db" failed: CSMS\.0501 \(task [0-9a-f-]{36}\)\. What CSMS says of it is left out, .* The next `pulumi up` tries it again\.$/,
    );
    expect(tasks()).toEqual(["FAILED"]);
    expect(planned(created, { ...failing, rotationTrigger: "1" }).changed).toEqual(["rotationTrigger"]);
    const updated = await update(created, turned);
    expect(tasks()).toEqual(["FAILED", "SUCCESS"]);
    expect(updated.state).toMatchObject({ rotationTrigger: "1", versionId: "v2" });
  });

  it.each([
    ["declared value", () => canary],
    ["value that CSMS has made", () => current().secretString],
  ])("whose message repeats the %s is told without its words", async (_, value) => {
    hasten();
    const before = await update(await create(still), turned);
    const failed = { ...turned, rotationFuncUrn: "urn:fss:fails", rotationTrigger: "2" };
    between(async ({ path: asked }, served) => {
      if (!asked.endsWith("/csms/tasks")) return undefined;
      const { tasks: all } = (await (await served()).json()) as Loose;
      const task_error_msg = `ALTER USER app PASSWORD '${value()}' failed`;
      return Response.json({ tasks: all.map((task: Loose) => ({ ...task, task_error_msg })) });
    });
    const error = await failure(update(before, failed));
    expect(error.message).toContain("CSMS.0501");
    expect(error.message).not.toContain(value());
  });

  it("to be followed is followed by the next update, instead of another one", async () => {
    const created = await create(still);
    fault("ListSecretTask", { kind: "quota", nth: 2 });
    const error = await failure(update(created, turned));
    expect(error).toBeInstanceOf(PartialFailure);
    hasten();
    healed();
    const left = await refreshed(error.observed);
    expect(left.state).toMatchObject({ rotationTaskId: emulated().csms.tasks[0].taskId, rotationTrigger: undefined });
    const updated = await update(left, turned);
    expect(tasks()).toEqual(["SUCCESS"]);
    expect(updated.state).toMatchObject({ rotationTrigger: "1", versionId: "v2", rotationTaskId: undefined });
  });

  it("after another change keeps that, and the trigger that was", async () => {
    hasten();
    const before = await update(await create(still), turned);
    const wanted = { ...failing, description: "two", rotationTrigger: "2" };
    const error = await failure(update(before, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ description: "two", rotationTrigger: "1" });
    expect(planned(error.observed, wanted).changed).toEqual(["rotationTrigger"]);
    expect(planned(await refreshed(error.observed), wanted).changed).toEqual(["rotationTrigger"]);
  });

  it("in what is read after it keeps the new trigger, so that it is not done again", async () => {
    const created = await create(still);
    hasten();
    fault("ListSecretVersions", { kind: "quota" });
    const error = await failure(update(created, turned));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ rotationTrigger: "1" });
    healed();
    const again = await refreshed(error.observed);
    expect(again.state).toMatchObject({ versionId: "v2", currentVersionId: "v2" });
    expect(planned(again, turned).changed).toEqual([]);
  });

  it("by not ending within ten minutes says so", async () => {
    const created = await create(still);
    hasten(700_000);
    between(async ({ path: asked }, served) => {
      if (!asked.endsWith("/csms/tasks")) return undefined;
      const { tasks: all } = (await (await served()).json()) as Loose;
      return Response.json({ tasks: all.map((task: Loose) => ({ ...task, task_status: "PROCESSING" })) });
    });
    const error = await failure(update(created, turned));
    expect(error.message).toMatch(/"db" failed: it has not ended within 10 minutes \(task .*tries it again/);
  });
});

describe("a value that the service rotates", () => {
  const auto = { ...still, autoRotation: true, rotationPeriod: "1d" };

  const giveEnd = () => huawei("PUT", path("/versions/v2"), { expire_time: Date.parse("2099-01-01T00:00:00Z") });
  const giveStage = () => huawei("PUT", path("/stages/theirs"), { version_id: "v2" });

  it.each([
    ["by itself", "an end", auto, giveEnd],
    ["by itself", "a stage", auto, giveStage],
    ["by a trigger", "an end", turned, giveEnd],
    ["by a trigger", "a stage", turned, giveStage],
  ])("%s is left alone also where somebody gives its version %s", async (_, __, inputs, give) => {
    const created = await create(inputs);
    await huawei("POST", path("/rotate"));
    hasten();
    await refreshed(created);
    const { secretString } = current();
    await give();
    const drifted = await refreshed(created);
    expect(planned(drifted, inputs).changed).toEqual([]);
    await update(drifted, { ...inputs, description: "two" });
    expect(current()).toMatchObject({ id: "v2", secretString });
  });

  it("is left alone also where the end is left out that the declared one had", async () => {
    const created = await create({ ...still, expireTime: "2099-01-01T00:00:00Z" });
    expect(await calls(() => update(created, auto))).toEqual(["UpdateSecret"]);
    const updated = await update(created, auto);
    await huawei("POST", path("/rotate"));
    hasten();
    const rotated = await refreshed(updated);
    for (const one of [updated, rotated]) expect(planned(one, auto).changed).toEqual([]);
    expect(secrets()[0].versions.map(({ id }: Loose) => id)).toEqual(["v1", "v2"]);
  });

  it("can be told an end again once no more trigger is declared", async () => {
    hasten();
    const rotated = await update(await create(still), turned);
    const ending = { ...still, expireTime: "2099-01-01T00:00:00Z", versionStages: ["blue"] };
    const updated = await refreshed(await update(rotated, ending));
    expect(planned(updated, ending).changed).toEqual([]);
    const { secretString } = current();
    await update(updated, still);
    expect(current()).toMatchObject({ id: "v2", secretString, stages: ["SYSCURRENT"] });
  });
});
