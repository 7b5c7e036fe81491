import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import { failure, onEmulator } from "../../support";
import { kinds, managed } from "./managed";
import { versionsOf } from "./support";

const { create, update, remove, refreshed, planned, calls, client, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const rds = managed.Rds;
const every = (rotationInterval: string) => ({ ...rds, automaticRotation: true, rotationInterval });
const off = { AutomaticRotation: "Disabled" };
const on = (RotationInterval: string) => ({ AutomaticRotation: "Enabled", RotationInterval });

describe("automaticRotation", () => {
  it.each(kinds)("of the type %s is on from the creation, and read back without a difference", async (_, inputs) => {
    const declared = { ...inputs, automaticRotation: true, rotationInterval: "7d" };
    const created = await create(declared);
    expect(secrets()).toMatchObject([on("604800s")]);
    expect(created.state.nextRotationDate).toBe(secrets()[0].NextRotationDate);
    const found = await refreshed(created);
    expect(planned(found, declared).changed).toEqual([]);
    expect(found.state).toMatchObject({ automaticRotation: true, nextRotationDate: secrets()[0].NextRotationDate });
  });

  it.each([
    ["is turned on", rds, every("7d"), ["UpdateSecretRotationPolicy"], on("604800s")],
    ["has another interval", every("7d"), every("8d"), ["UpdateSecretRotationPolicy"], on("691200s")],
    ["has the same interval in hours", every("7d"), every("168h"), [], on("604800s")],
    ["has the same interval in seconds", every("168h"), every("604800s"), [], on("604800s")],
    ["is turned off by leaving it out", every("7d"), rds, ["UpdateSecretRotationPolicy"], off],
    ["is turned off", every("7d"), { ...every("7d"), automaticRotation: false }, ["UpdateSecretRotationPolicy"], off],
    ["is off with an interval that stands by", rds, { ...rds, rotationInterval: "7d" }, [], off],
    ["is off, spelled out", rds, { ...rds, automaticRotation: false }, [], off],
  ])("%s", async (_, from, to, operations, reached) => {
    for (const refreshes of [false, true]) {
      const created = await create({ ...from, secretName: `db-${refreshes}` });
      const start = refreshes ? await refreshed(created) : created;
      const wanted = { ...to, secretName: `db-${refreshes}` };
      let updated = start;
      const act = async () => {
        updated = await update(start, wanted);
      };
      expect(await calls(act)).toEqual(operations);
      expect(secrets().at(-1)).toMatchObject(reached);
      // What an update changes is known again after a refresh.
      if (operations.length > 0) expect(updated.state.nextRotationDate).toBeUndefined();
      expect(planned(updated, wanted).changed).toEqual([]);
      expect(planned(await refreshed(updated), wanted).changed).toEqual([]);
    }
  });

  it.each([
    ["off", { EnableAutomaticRotation: "false" }, ["automaticRotation", "rotationInterval"]],
    ["to another interval", { EnableAutomaticRotation: "true", RotationInterval: "9d" }, ["rotationInterval"]],
  ])("that somebody turned %s is brought back", async (_, parameters, changed) => {
    const created = await create(every("7d"));
    await client()("UpdateSecretRotationPolicy", "cn-hangzhou", { SecretName: "db", ...parameters });
    const drifted = await refreshed(created);
    expect(planned(drifted, every("7d")).changed).toEqual(changed);
    expect(await calls(() => update(drifted, every("7d")))).toEqual(["UpdateSecretRotationPolicy"]);
    expect(secrets()).toMatchObject([on("604800s")]);
  });
});

/** What a run of the program leads to: its calls are those of the update. */
const triggered = (rotationTrigger?: string) => ({ ...rds, rotationTrigger });
const versionCount = () => secrets()[0].Versions.length;

describe("rotationTrigger", () => {
  it.each(kinds)("rotates a secret of the type %s once, and tells its new version", async (_, inputs) => {
    const created = await create({ ...inputs, automaticRotation: true, rotationInterval: "7d" });
    const wanted = { ...inputs, automaticRotation: true, rotationInterval: "7d", rotationTrigger: "now" };
    let updated = created;
    const act = async () => {
      updated = await update(created, wanted);
    };
    expect(await calls(act)).toEqual(["RotateSecret", "ListSecretVersionIds"]);
    expect(versionCount()).toBe(2);
    const current = secrets()[0].Versions[1].VersionId;
    expect(updated.state).toMatchObject({ rotationTrigger: "now", versionId: current, currentVersionId: current });
    expect(updated.state.secretData).toBe(inputs.secretData ?? "$Auto");
    const found = await refreshed(updated);
    expect(versionsOf(updated.state)).toEqual(versionsOf(found.state));
    expect(planned(updated, wanted).changed).toEqual([]);
    expect(planned(found, wanted).changed).toEqual([]);
    expect(await calls(() => update(found, wanted))).toEqual([]);
  });

  it("does nothing at creation", async () => {
    expect(await calls(() => create(triggered("first")))).toEqual(["CreateSecret"]);
  });

  it("does nothing when it is left out, nor when the same text comes back", async () => {
    let last = await create(triggered("first"));
    for (const trigger of [undefined, "first"]) {
      expect(planned(last, triggered(trigger)).changed).toEqual([]);
      last = await update(await refreshed(last), triggered(trigger));
    }
    expect(versionCount()).toBe(1);
  });

  it("rotates when it is given for the first time", async () => {
    await update(await create(rds), triggered("first"));
    expect(versionCount()).toBe(2);
  });

  it.each([false, true])("rotates each time from a to b and back, refreshed in between: %s", async (refreshes) => {
    let last = await create(triggered("a"));
    for (const [n, trigger] of ["b", "a", "b", "a"].entries()) {
      last = await update(refreshes ? await refreshed(last) : last, triggered(trigger));
      expect(versionCount()).toBe(n + 2);
    }
  });

  it("with a declared version of the first value rotates no less", async () => {
    const created = await create({ ...rds, versionId: "v-1" });
    const wanted = { ...triggered("now"), versionId: "v-1" };
    const updated = await update(created, wanted);
    expect(versionCount()).toBe(2);
    expect(planned(updated, wanted)).toMatchObject({ changed: [], refused: [] });
    expect(await calls(() => update(updated, wanted))).toEqual([]);
  });

  it("does nothing on restoring", async () => {
    await remove(await create(triggered("a")));
    const restored = await create(triggered("b"));
    expect(versionCount()).toBe(1);
    expect(planned(restored, triggered("b")).changed).toEqual([]);
    await update(restored, triggered("c"));
    expect(versionCount()).toBe(2);
  });

  it("does nothing on taking over", async () => {
    await create(rds);
    const adopted = await create({ ...triggered("b"), adoptExisting: true });
    expect(versionCount()).toBe(1);
    expect(planned(adopted, triggered("b")).changed).toEqual([]);
  });

  it("rotates a secret of its own region", async () => {
    await create(rds);
    await update(await create({ ...rds, regionId: "cn-beijing" }), { ...triggered("now"), regionId: "cn-beijing" });
    expect(secrets().map(({ RegionId, Versions }) => [RegionId, Versions.length])).toEqual([
      ["cn-hangzhou", 1],
      ["cn-beijing", 2],
    ]);
  });
});

describe("a rotation that fails", () => {
  it("keeps the old trigger in the state, so that the next update rotates", async () => {
    const created = await create(triggered("a"));
    fault("RotateSecret", { kind: "quota" });
    const error = await failure(update(created, { ...triggered("b"), description: "two" }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ rotationTrigger: "a", description: "two" });
    expect(versionCount()).toBe(1);
    healed();
    const wanted = { ...triggered("b"), description: "two" };
    expect(planned(error.observed, wanted).changed).toEqual(["rotationTrigger"]);
    expect(await calls(() => update(error.observed, wanted))).toEqual(["RotateSecret", "ListSecretVersionIds"]);
    expect(versionCount()).toBe(2);
  });

  it("as the only change is an ordinary error", async () => {
    const created = await create(triggered("a"));
    fault("RotateSecret", { kind: "quota" });
    expect(await failure(update(created, triggered("b")))).not.toBeInstanceOf(PartialFailure);
  });

  it("by a lost answer is repeated, and rotates once", async () => {
    const created = await create(rds);
    fault("RotateSecret", { kind: "loseAnswer", times: 1 });
    expect(await calls(() => update(created, triggered("b")))).toEqual([
      ...["RotateSecret", "RotateSecret", "ListSecretVersionIds"],
    ]);
    expect(versionCount()).toBe(2);
  });

  it.each([false, true])(
    "by lost answers alone is done once over two updates, refreshed between: %s",
    async (fresh) => {
      const created = await create(triggered("a"));
      fault("RotateSecret", { kind: "error", status: 503, retryAfter: 0, act: true });
      await failure(update(created, triggered("b")));
      expect(versionCount()).toBe(2);
      healed();
      const updated = await update(fresh ? await refreshed(created) : created, triggered("b"));
      expect(versionCount()).toBe(2);
      expect(planned(updated, triggered("b")).changed).toEqual([]);
      expect(planned(await refreshed(updated), triggered("b")).changed).toEqual([]);
      await update(updated, triggered("a"));
      await update(await refreshed(updated), triggered("a"));
      expect(versionCount()).toBe(3);
    },
  );

  it("after it, while its versions are listed, leaves nothing to do but that", async () => {
    const created = await create(triggered("a"));
    fault("ListSecretVersionIds", { kind: "quota" });
    const error = await failure(update(created, triggered("b")));
    expect(error).toBeInstanceOf(PartialFailure);
    const { versionId } = error.observed.state;
    expect(error.observed.state).toMatchObject({ rotationTrigger: "b", currentVersionId: versionId });
    expect(versionId).not.toBe(created.state.versionId);
    healed();
    expect(planned(error.observed, triggered("b")).changed).toEqual([]);
    expect(await calls(() => update(error.observed, triggered("b")))).toEqual([]);
    expect(planned(await refreshed(error.observed), triggered("b")).changed).toEqual([]);
    expect(versionCount()).toBe(2);
  });
});
