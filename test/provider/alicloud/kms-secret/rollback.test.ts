import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { type Observed, PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { canary, failure, onEmulator } from "../../support";
import { stagesOf, versionsOf } from "./support";

const { create, update, remove, refreshed, planned, calls, client, secrets } = onEmulator(aliyunKmsSecret, "kms");

const value = (n: number) => ({ secretName: "db", secretData: `${canary} ${n}`, versionId: `v-${n}` });
const current = () => Object.entries(stagesOf(secrets()[0])).find(([, stages]) => stages.includes("ACSCurrent"))?.[0];

/** A secret with so many values, the last of which is declared. */
async function withValues(count: number): Promise<Observed> {
  let last = await create(value(1));
  for (let n = 2; n <= count; n++) last = await update(last, value(n));
  return last;
}

async function settled(reached: Observed, inputs: Values): Promise<Observed> {
  const found = await refreshed(reached);
  expect(planned(reached, inputs)).toMatchObject({ changed: [], refused: [] });
  expect(planned(found, inputs)).toMatchObject({ changed: [], refused: [] });
  expect(versionsOf(reached.state)).toEqual(versionsOf(found.state));
  return found;
}

/** An update's result and its calls, after which nothing is left to do. */
async function changes(from: Observed, inputs: Values): Promise<[string[], Observed]> {
  let updated = from;
  const operations = await calls(async () => {
    updated = await update(from, inputs);
  });
  await settled(updated, inputs);
  return [operations, updated];
}

describe("currentVersionId", () => {
  it.each([
    ["the one before", 2, "v-1"],
    ["one without any stage", 3, "v-1"],
    ["one without any stage among many", 10, "v-5"],
  ])("rolls back to %s with one call, and keeps the declared value in the state", async (_, count, to) => {
    const inputs = { ...value(count), currentVersionId: to };
    const [operations, updated] = await changes(await withValues(count), inputs);
    expect(operations).toEqual(["UpdateSecretVersionStage"]);
    expect(current()).toBe(to);
    expect(updated.state).toMatchObject({ ...value(count), currentVersionId: to });
  });

  it("rolls back without a versionId, too", async () => {
    const inputs = { secretName: "db", secretData: canary };
    const created = await create(inputs);
    const next = { ...inputs, secretData: `${canary} 2` };
    const updated = await update(created, next);
    await changes(updated, { ...next, currentVersionId: created.state.versionId });
    expect(current()).toBe(created.state.versionId);
  });

  it("that is the version of the value is no change", async () => {
    const [operations] = await changes(await withValues(2), { ...value(2), currentVersionId: "v-2" });
    expect(operations).toEqual([]);
  });

  it("that is left out again comes back with one call", async () => {
    const [, back] = await changes(await withValues(3), { ...value(3), currentVersionId: "v-1" });
    const [operations, again] = await changes(await refreshed(back), value(3));
    expect(operations).toEqual(["UpdateSecretVersionStage"]);
    expect(current()).toBe("v-3");
    expect(again.state).toMatchObject({ ...value(3), currentVersionId: "v-3" });
  });

  it("goes further back while it is rolled back", async () => {
    const [, back] = await changes(await withValues(3), { ...value(3), currentVersionId: "v-2" });
    await changes(back, { ...value(3), currentVersionId: "v-1" });
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent"], "v-2": ["ACSPrevious"], "v-3": [] });
  });

  it("is brought back to where somebody else moved it away from", async () => {
    const inputs = { ...value(2), currentVersionId: "v-1" };
    const [, back] = await changes(await withValues(2), inputs);
    await client()("PutSecretValue", "cn-hangzhou", { SecretName: "db", VersionId: "theirs", SecretData: "theirs" });
    const drifted = await refreshed(back);
    expect(planned(drifted, inputs).changed).toEqual(["currentVersionId"]);
    expect((await changes(drifted, inputs))[0]).toEqual(["UpdateSecretVersionStage"]);
    expect(current()).toBe("v-1");
  });

  it("that KMS does not keep is an error that says which it does, and changes nothing", async () => {
    const updated = await withValues(2);
    const before = secrets();
    const error = await failure(update(updated, { ...value(2), currentVersionId: "v-9" }));
    expect(error).toMatchObject({ kind: "invalid", name: "CloudError" });
    expect(error.message).toMatch(/"db" failed: there is no version v-9\. Name one .*\(when last seen: v-1, v-2\)/);
    expect(error.message).toContain("`pulumi refresh`");
    expect(secrets()).toEqual(before);
  });
});

describe("a new value while rolled back", () => {
  const rolledBack = async () => (await changes(await withValues(2), { ...value(2), currentVersionId: "v-1" }))[1];
  const beside = { ...value(3), currentVersionId: "v-1", versionStages: ["next"] };

  it("is put beside the current one with one call", async () => {
    const [operations, { state }] = await changes(await rolledBack(), beside);
    expect(operations).toEqual(["PutSecretValue"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent"], "v-2": ["ACSPrevious"], "v-3": ["next"] });
    expect(state).toMatchObject({ ...value(3), currentVersionId: "v-1", versionStages: ["next"] });
  });

  it("takes the stage from the one before, and becomes current by leaving currentVersionId out", async () => {
    const [, next] = await changes(await rolledBack(), beside);
    const [, last] = await changes(next, { ...beside, ...value(4) });
    expect(stagesOf(secrets()[0])).toMatchObject({ "v-1": ["ACSCurrent"], "v-3": [], "v-4": ["next"] });
    const [operations] = await changes(last, { ...value(4), versionStages: ["next"] });
    expect(operations).toEqual(["UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toMatchObject({ "v-1": ["ACSPrevious"], "v-4": ["ACSCurrent", "next"] });
  });

  it("is refused without a stage of its own", async () => {
    const { refused } = planned(await rolledBack(), { ...value(3), currentVersionId: "v-1" });
    expect(refused).toMatchObject([{ property: "currentVersionId", reason: expect.stringContaining("versionStages") }]);
  });

  it("becomes current in its own call where currentVersionId is left out", async () => {
    const [operations] = await changes(await rolledBack(), value(3));
    expect(operations).toEqual(["PutSecretValue"]);
    expect(current()).toBe("v-3");
  });

  it("leaves the current one there, however many come", async () => {
    let last = await rolledBack();
    for (let n = 3; n <= 13; n++) [, last] = await changes(last, { ...beside, ...value(n) });
    expect(current()).toBe("v-1");
    expect(versionsOf(last.state)).toHaveLength(10);
  });
});

describe("currentVersionId at creation", () => {
  const inputs = { ...value(2), currentVersionId: "v-1" };

  it("is refused before anything is made", async () => {
    const act = async () => {
      const error = await failure(create(inputs));
      expect(error).toMatchObject({ kind: "invalid" });
      expect(error.message).toMatch(/"db" failed: currentVersionId names a version that a new secret does not have/);
    };
    expect(await calls(act)).toEqual(["DescribeSecret"]);
    expect(secrets()).toEqual([]);
  });

  it("that is the version of the value is as good as none", async () => {
    expect(await calls(() => create({ ...value(1), currentVersionId: "v-1" }))).toEqual(["CreateSecret"]);
  });

  it("says that the name is taken where it is", async () => {
    await withValues(2);
    expect(await failure(create(inputs))).toMatchObject({ kind: "exists" });
  });

  it("counts where the name waits for deletion", async () => {
    await remove(await withValues(2));
    await settled(await create(inputs), inputs);
    expect(current()).toBe("v-1");
    expect(secrets()[0].Versions).toHaveLength(2);
  });

  it("of a secret rolled back before its deletion knows the value again, though the provider names its version", async () => {
    await remove(await update(await withValues(2), inputs));
    const unnamed = { ...inputs, versionId: undefined };
    await settled(await create(unnamed), unnamed);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent"], "v-2": ["ACSPrevious"] });
  });

  it("of a restored secret that lacks the value takes none but by a stage of its own", async () => {
    await remove(await update(await withValues(2), inputs));
    const other = { ...inputs, versionId: undefined, secretData: `${canary} other` };
    const error = await failure(create(other));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(/so the new value needs a stage of its own\. Give versionStages/);
    const wanted = { ...other, versionStages: ["next"] };
    await settled(await update(error.observed, wanted), wanted);
    expect(current()).toBe("v-1");
  });

  it("counts where the secret was rolled back before its deletion", async () => {
    await remove(await update(await withValues(2), inputs));
    await settled(await create(inputs), inputs);
    expect(current()).toBe("v-1");
    expect(secrets()[0].Versions).toHaveLength(2);
  });

  it("that KMS does not keep is told after the restoring, and leaving it out finishes that", async () => {
    await remove(await withValues(2));
    const error = await failure(create({ ...inputs, currentVersionId: "v-9" }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(/there is no version v-9\. Name one .*\(when last seen: v-1, v-2\)/);
    await settled(await update(error.observed, value(2)), value(2));
    expect(current()).toBe("v-2");
  });

  it("counts where the secret is taken over", async () => {
    await withValues(2);
    const adopted = await create({ ...inputs, adoptExisting: true });
    await settled(adopted, inputs);
    expect(current()).toBe("v-1");
    expect(adopted.state).toMatchObject(inputs);
  });

  it("keeps force from ending for good what cannot be restored as declared", async () => {
    await remove(await create({ ...value(1), encryptionKeyId: "key-1" }));
    const waiting = secrets();
    const error = await failure(create({ ...inputs, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true }));
    expect(error.message).toMatch(/currentVersionId names a version that a new secret does not have/);
    expect(secrets()).toEqual(waiting);
  });
});
