import { describe, expect, it, vi } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { hasten, told } from "../wire";

const { client, create, update, remove, refreshed, planned, calls, fault, healed, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const before = {
  name: "db",
  projectId: projectIdOf("cn-north-4"),
  secretString: canary,
  description: "before",
  tags: { old: "1", both: "1" },
};
const wanted = {
  ...before,
  secretString: `${canary} 2`,
  description: "after",
  kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f",
  tags: { both: "2", new: "2" },
};
const rotated = { secretType: "RDS-FG", rotationConfig: '{"InstanceId":"rds-1","SecretSubType":"SingleUser"}' };

async function waits(inputs = before) {
  const created = await create(inputs);
  await remove(created);
  return created;
}

const asWanted = {
  state: "ENABLED",
  description: "after",
  scheduledDeleteTime: null,
  tags: { both: "2", new: "2" },
  versions: [
    { secretString: canary, stages: ["SYSPREVIOUS"] },
    { secretString: `${canary} 2`, stages: ["SYSCURRENT"], kmsKeyId: wanted.kmsKeyId },
  ],
};

describe("create of a name that waits for deletion", () => {
  it("restores the secret and brings it to what is declared, the key before the version", async () => {
    const { id } = await waits();
    const restored = await create(wanted);
    expect(secrets()).toMatchObject([{ id, ...asWanted }]);
    expect(restored).toMatchObject({ id, state: { ...wanted, versionId: "v2", currentVersionId: "v2" } });
    expect(planned(await refreshed(restored), wanted).changed).toEqual([]);
  });

  it("makes no version where the value is as declared", async () => {
    await waits();
    const called = await calls(() => create(before));
    expect(called.slice(0, 4)).toEqual(["CreateSecret", "ShowSecret", "RestoreSecret", "ShowSecret"]);
    expect(called.slice(4).sort()).toEqual(["ListSecretTags", "ListSecretVersions", "ShowSecretVersion"]);
    expect(secrets()).toMatchObject([{ state: "ENABLED", versions: [{ id: "v1" }] }]);
  });

  it("clears what is not declared", async () => {
    await waits();
    await create({ ...before, description: undefined, tags: undefined });
    expect(secrets()).toMatchObject([{ description: "", tags: {}, versions: [{ id: "v1" }] }]);
  });

  it("is refused where something differs that cannot change, and leaves it waiting", async () => {
    await waits();
    const waiting = secrets();
    const error = await failure(create({ ...wanted, ...rotated }));
    expect(error).toMatchObject({ kind: "pendingDeletion" });
    expect(error.message).toMatch(/secretType, rotationConfig.*new name.*forceDeleteWithoutRecovery: true/);
    expect(secrets()).toEqual(waiting);
  });

  it("restores the secret also where its enterprise project differs, and moves it", async () => {
    const { id } = await waits();
    hasten();
    const moved = { ...wanted, enterpriseProjectId: "1" };
    const restored = await create(moved);
    expect(secrets()).toMatchObject([{ id, ...asWanted, enterpriseProjectId: "1" }]);
    expect(planned(await refreshed(restored), moved).changed).toEqual([]);
  });

  it("tells the current value for the declared one, whichever was declared before", async () => {
    const created = await waits({ ...before, versionStages: ["blue"] } as typeof before);
    const restored = await create(before);
    expect(restored).toMatchObject({ id: created.id, state: { versionId: "v1", versionStages: [] } });
    expect(told(secrets()[0].versions)).toEqual([{ id: "v1", stages: ["SYSCURRENT"] }]);
  });

  it("with force ends one that cannot become what is declared", async () => {
    const { id } = await waits();
    const created = await create({ ...wanted, ...rotated, forceDeleteWithoutRecovery: true });
    expect(created.id).not.toBe(id);
    expect(secrets()).toMatchObject([{ id: created.id, secretType: "RDS-FG", versions: [{ id: "v1" }] }]);
  });

  it("finds the secret that took the place of an ended one, when that answer is lost", async () => {
    await waits();
    fault("CreateSecret", { kind: "loseAnswer", nth: 2 });
    const created = await create({ ...wanted, ...rotated, forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ id: created.id }]);
  });

  it("with force still restores one that can become what is declared", async () => {
    const { id } = await waits();
    await create({ ...wanted, forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ id, ...asWanted }]);
  });

  it.each([
    [
      "a rotation config that the service refuses",
      { rotationConfig: '{"InstanceId":"","SecretSubType":""}' },
      undefined,
    ],
    ["a quota", {}, "quota"],
  ] as const)("ends nothing where the inputs are refused for %s", async (_, inputs, kind) => {
    const created = await waits();
    const waiting = secrets();
    if (kind) fault("CreateSecret", { kind });
    // What check lets pass and the service does not.
    const unchecked = { ...created.state, ...rotated, ...inputs, forceDeleteWithoutRecovery: true };
    await failure(csmsSecret.create(client(), unchecked));
    expect(secrets()).toEqual(waiting);
  });

  it("repeats a restoring whose answer is lost", async () => {
    await waits();
    fault("RestoreSecret", { kind: "loseAnswer", times: 1 });
    await create(wanted);
    expect(secrets()).toMatchObject([asWanted]);
  });
});

describe("a restoring that fails half-way", () => {
  it.each([
    ["ShowSecret", 2],
    ["ListSecretTags", 1],
    ["ListSecretVersions", 1],
    ["ShowSecretVersion", 1],
    ["UpdateSecret", 1],
    ["CreateSecretVersion", 1],
    ["BatchCreateOrDeleteTags", 1],
    ["BatchCreateOrDeleteTags", 2],
  ])("at %s (call %d) keeps the secret, and the next update finishes it", async (operation, nth) => {
    const { id } = await waits();
    fault(operation, { kind: "quota", nth });
    const error: Loose = await failure(create(wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.id).toBe(id);
    healed();
    const finished = await update(error.observed, wanted);
    expect(secrets()).toMatchObject([asWanted]);
    expect(planned(finished, wanted).changed).toEqual([]);
  });

  it.each(["loseAnswer", "resetBefore"] as const)(
    "by %s alone keeps the secret, and the next update finishes it",
    async (kind) => {
      vi.spyOn(Math, "random").mockReturnValue(0);
      const { id } = await waits();
      fault("RestoreSecret", { kind });
      const error: Loose = await failure(create(wanted));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({ id, existed: true });
      healed();
      const finished = await update(error.observed, wanted);
      expect(secrets()).toMatchObject([asWanted]);
      expect(planned(finished, wanted).changed).toEqual([]);
    },
  );

  it("since it is refused keeps nothing", async () => {
    await waits();
    fault("RestoreSecret", { kind: "quota" });
    expect(await failure(create(wanted))).toMatchObject({ name: "CloudError", kind: "quota" });
  });

  it("before the secret is ended by force keeps it, and the next up replaces it", async () => {
    const { id } = await waits();
    fault("DeleteSecret", { kind: "quota" });
    const other = { ...wanted, ...rotated, forceDeleteWithoutRecovery: true };
    const { observed }: Loose = await failure(create(other));
    healed();
    expect(observed).toMatchObject({ id, existed: true });
    const { replaces, deleteBeforeReplace } = planned(observed, other);
    expect([replaces, deleteBeforeReplace]).toEqual([["secretType", "rotationConfig"], true]);
    await remove({ ...observed, state: { ...observed.state, forceDeleteWithoutRecovery: true } });
    expect(secrets()).toEqual([]);
  });
});
