import { describe, expect, it, vi } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { anHourAgo, canary, failure, onEmulator } from "../../support";
import { between, path, projectId, settled } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, update, remove, confirm, planned, calls, fault, healed, huawei, secrets } = on;

const first = { name: "db", projectId, secretString: canary };
const second = { ...first, secretString: `${canary} 2` };

it.each([
  ["current", {}, ["SYSCURRENT"]],
  ["beside the current one", { currentVersionId: "v1", versionStages: ["next"] }, ["next"]],
])(
  "a value %s of which nobody knows whether it was put is looked for by the next update, and put no second time",
  async (_, how, stages) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const created = await create(first);
    const wanted = { ...second, ...how };
    fault("CreateSecretVersion", { kind: "loseAnswer", times: 1 });
    fault("ShowSecretVersion", { kind: "error", status: 503 });
    const error = await failure(update(created, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /An earlier call, whose answer was lost, may have been carried out: CSMS CreateSecret/,
    );
    expect(secrets()[0].versions).toHaveLength(2);
    healed();
    let reached = created;
    const operations = await calls(async () => {
      reached = await update(error.observed, wanted);
    });
    expect(operations).not.toContain("CreateSecretVersion");
    expect(secrets()[0].versions).toMatchObject([{}, { secretString: second.secretString, stages }]);
    await settled(on, reached, wanted);
  },
);

it("a secret that was rolled back before it was deleted comes back so, with no other version", async () => {
  const back = { ...second, currentVersionId: "v1" };
  await remove(await update(await update(await create(first), second), back));
  const restored = await create(back);
  expect(secrets()[0].versions).toMatchObject([{ stages: ["SYSCURRENT"] }, { stages: ["SYSPREVIOUS"] }]);
  expect(restored.state).toMatchObject({ versionId: "v2", currentVersionId: "v1" });
  await settled(on, restored, back);
});

it("a change of which no answer ever came is looked at by the next update, also where it is taken back", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("UpdateSecret", { kind: "loseAnswer" });
  const error = await failure(update(created, { ...first, description: "after" }));
  expect(error).toBeInstanceOf(PartialFailure);
  expect(secrets()[0].description).toBe("after");
  healed();
  const reached = await update(error.observed, first);
  expect(secrets()[0].description).toBe("");
  expect(planned(reached, first).changed).toEqual([]);
});

describe("a create of which nobody knows whether it happened", () => {
  /** Carried out or not. */
  async function unconfirmed(kind: "loseAnswer" | "resetBefore", inputs: object = {}) {
    fault("CreateSecret", { kind, times: 1 });
    fault("ShowSecret", { kind: "quota" });
    const error = await failure(create({ ...first, ...inputs }));
    healed();
    return error;
  }

  it("is kept, with its place and when it was made", async () => {
    const error = await unconfirmed("loseAnswer", { projectId: undefined });
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(/ShowSecret .* may have been carried out: CSMS CreateSecret of secret "db" .* kept/);
    expect(error.observed).toMatchObject({ id: "unconfirmed:db", state: { ...first, region: "cn-north-4" } });
    const { started, ended } = error.observed.unconfirmed;
    const created = secrets()[0].createTime;
    expect([started, created, ended]).toEqual([started, created, ended].toSorted());
  });

  it("is confirmed by its secret, and what comes after a create is still to do", async () => {
    const tags = { team: "shop" };
    const { observed } = await unconfirmed("loseAnswer", { tags });
    const found = await confirm(observed);
    expect(found).toMatchObject({ id: secrets()[0].id, state: { ...first, versionId: "v1" } });
    const wanted = { ...first, tags };
    if (found) expect(planned(found, wanted).changed).toEqual(["tags"]);
    if (found) await settled(on, await update(found, wanted), wanted);
  });

  it("is confirmed by nothing where nothing is there, or waits for deletion", async () => {
    const { observed } = await unconfirmed("resetBefore");
    expect(await confirm(observed)).toBeUndefined();
    const other = await unconfirmed("loseAnswer");
    await remove({ ...other.observed, id: secrets()[0].id });
    expect(await failure(confirm(other.observed))).toMatchObject({ kind: "exists" });
  });

  it.each([
    ["has another value", () => create({ ...first, secretString: `${canary} theirs` })],
    ["has another description", () => create({ ...first, description: "theirs" })],
    ["was there before", () => anHourAgo(() => create(first))],
    ["has had another value", async () => update(await create({ ...first, secretString: `${canary} 0` }), first)],
  ])("is not confirmed by what %s", async (_, make) => {
    const { observed } = await unconfirmed("resetBefore");
    await make();
    expect(await failure(confirm(observed))).toMatchObject({ kind: "exists" });
  });

  it("is not confirmed by what was made later, alike in everything", async () => {
    const { observed } = await anHourAgo(() => unconfirmed("resetBefore"));
    await create(first);
    expect(await failure(confirm(observed))).toMatchObject({ kind: "exists" });
  });
});

it("a deletion whose answer is lost is done where the secret is gone by then", async () => {
  const created = await create(first);
  fault("DeleteSecretForSchedule", { kind: "resetBefore", times: 1 });
  between(async (asked) => {
    if (asked.path.endsWith("/scheduled-deleted-tasks/create") && secrets().length > 0) await huawei("DELETE", path());
  });
  expect(await calls(() => remove(created))).toContain("ShowSecret");
  expect(secrets()).toEqual([]);
});
