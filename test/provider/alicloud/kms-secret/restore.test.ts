import { describe, expect, it, vi } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { stagesOf, versionsOf } from "./support";

const { create, update, remove, refreshed, planned, calls, client, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const before = {
  secretName: "db",
  secretData: canary,
  versionId: "v-1",
  description: "before",
  tags: { old: "1", both: "1" },
};
const wanted = {
  secretName: "db",
  secretData: `${canary} 2`,
  versionId: "v-2",
  description: "after",
  tags: { both: "2", new: "2" },
};
const waits = async (inputs: object = before) => remove(await create({ ...before, ...inputs }));

const asWanted = {
  Description: "after",
  Tags: { both: "2", new: "2" },
  PlannedDeleteTime: undefined,
  Versions: [
    { VersionId: "v-1", SecretData: canary, VersionStages: ["ACSPrevious"] },
    { VersionId: "v-2", SecretData: `${canary} 2`, VersionStages: ["ACSCurrent"] },
  ],
};

describe("create of a name that waits for deletion", () => {
  it("restores the secret and brings it to what is declared", async () => {
    await waits();
    const restored = await create(wanted);
    expect(secrets()).toMatchObject([asWanted]);
    expect(restored.state).toMatchObject({ ...wanted, currentVersionId: "v-2", state: "ENABLED" });
    const found = await refreshed(restored);
    expect(planned(found, wanted).changed).toEqual([]);
    expect(versionsOf(restored.state)).toEqual(versionsOf(found.state));
  });

  it("changes only what differs", async () => {
    await waits();
    const operations = await calls(() => create({ ...before, description: "after" }));
    expect(operations.slice(0, 4)).toEqual(["CreateSecret", "DescribeSecret", "RestoreSecret", "DescribeSecret"]);
    expect(operations.slice(4, 6).sort()).toEqual(["GetSecretValue", "ListSecretVersionIds"]);
    expect(operations.slice(6)).toEqual(["UpdateSecret"]);
    expect(secrets()).toMatchObject([{ Description: "after", Versions: [{ VersionId: "v-1" }] }]);
  });

  it("brings its stages to what is declared", async () => {
    await waits({ versionStages: ["old", "both"] });
    const inputs = { ...before, versionStages: ["both", "new"] };
    const restored = await create(inputs);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "both", "new"] });
    expect(planned(await refreshed(restored), inputs).changed).toEqual([]);
  });

  it("clears what is not declared", async () => {
    await waits();
    await create({ secretName: "db", secretData: canary });
    expect(secrets()).toMatchObject([{ Description: "", Tags: {}, Versions: [{ VersionId: "v-1" }] }]);
  });

  it("makes its version current again where KMS has it already", async () => {
    const first = await create(before);
    await remove(await update(first, { ...before, secretData: "between", versionId: "v-2" }));
    expect(await create(before)).toMatchObject({ state: { versionId: "v-1", currentVersionId: "v-1" } });
    expect(secrets()[0].Versions).toMatchObject([
      { VersionStages: ["ACSCurrent"] },
      { VersionStages: ["ACSPrevious"] },
    ]);
  });

  it("is refused where another key encrypts it, and leaves it waiting", async () => {
    await waits({ encryptionKeyId: "key-1" });
    const waiting = secrets();
    const error = await failure(create({ ...wanted, encryptionKeyId: "key-2" }));
    expect(error).toMatchObject({ kind: "pendingDeletion", message: expect.stringContaining("encryptionKeyId") });
    expect(error.message).toMatch(/new secretName.*forceDeleteWithoutRecovery: true/);
    expect(secrets()).toEqual(waiting);
  });

  it("with force ends one that another key encrypts", async () => {
    await waits({ encryptionKeyId: "key-1" });
    await create({ ...wanted, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ EncryptionKeyId: "key-2", Versions: [{ VersionId: "v-2" }] }]);
  });

  it("finds the secret that took the place of an ended one, when that answer is lost", async () => {
    await waits({ encryptionKeyId: "key-1" });
    fault("CreateSecret", { kind: "loseAnswer", nth: 2 });
    const created = await create({ ...wanted, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ Arn: created.id, EncryptionKeyId: "key-2" }]);
  });

  it("with force still restores one that can become what is declared", async () => {
    await waits();
    await create({ ...wanted, forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([asWanted]);
  });

  it.each([
    ["a key that is not there", { encryptionKeyId: "key-not-found" }, undefined],
    ["a quota", { encryptionKeyId: "key-2" }, "quota"],
  ] as const)("ends nothing where the inputs are refused for %s", async (_, inputs, kind) => {
    await waits({ encryptionKeyId: "key-1" });
    const waiting = secrets();
    if (kind) fault("CreateSecret", { kind });
    await failure(create({ ...wanted, ...inputs, forceDeleteWithoutRecovery: true }));
    expect(secrets()).toEqual(waiting);
  });

  it("restores a secret of another type no more than one of another key", async () => {
    await client()("CreateSecret", "cn-hangzhou", {
      SecretName: "db",
      SecretType: "Rds",
      SecretData: '{"Accounts":[{"AccountName":"a","AccountPassword":"b"}]}',
      VersionId: "v-1",
      ExtendedConfig: '{"SecretSubType":"SingleUser","DBInstanceId":"rm-1"}',
    });
    await client()("DeleteSecret", "cn-hangzhou", { SecretName: "db" });
    const waiting = secrets();
    expect(await failure(create(wanted))).toMatchObject({ kind: "pendingDeletion" });
    expect(secrets()).toEqual(waiting);
    await create({ ...wanted, forceDeleteWithoutRecovery: true });
    expect(secrets()).toMatchObject([{ SecretType: "Generic" }]);
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
    ...["DescribeSecret", "ListSecretVersionIds", "GetSecretValue", "PutSecretValue"],
    ...["UpdateSecret", "UntagResource", "TagResource"],
  ])("at %s keeps the secret, and the next update finishes it", async (operation) => {
    await waits();
    const { Arn } = secrets()[0];
    // The first DescribeSecret is the look at what waits.
    fault(operation, operation === "DescribeSecret" ? { kind: "quota", nth: 2 } : { kind: "quota" });
    const error: Loose = await failure(create(wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.id).toBe(Arn);
    healed();
    const finished = await update(error.observed, wanted);
    expect(secrets()).toMatchObject([asWanted]);
    expect(planned(finished, wanted).changed).toEqual([]);
  });

  it.each(["loseAnswer", "resetBefore"] as const)(
    "by %s alone keeps the secret, and the next update finishes it",
    async (kind) => {
      vi.spyOn(Math, "random").mockReturnValue(0);
      await waits();
      fault("RestoreSecret", { kind });
      const error: Loose = await failure(create(wanted));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({ id: secrets()[0].Arn, existed: true });
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
    await waits({ encryptionKeyId: "key-1" });
    fault("DeleteSecret", { kind: "quota" });
    const other = { ...wanted, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true };
    const { observed }: Loose = await failure(create(other));
    healed();
    expect(observed).toMatchObject({ id: secrets()[0].Arn, existed: true });
    expect(planned(observed, other)).toMatchObject({ replaces: ["encryptionKeyId"], deleteBeforeReplace: true });
    await remove({ ...observed, state: { ...observed.state, forceDeleteWithoutRecovery: true } });
    expect(secrets()).toEqual([]);
  });
});
