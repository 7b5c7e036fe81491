import { AliyunKmsSecret, type AliyunKmsSecretArgs, CsmsSecret, type CsmsSecretArgs } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

const program =
  (kms: Partial<AliyunKmsSecretArgs> = {}, csms: Partial<CsmsSecretArgs> = {}) =>
  async () => {
    new AliyunKmsSecret("kms", {
      secretName: "app",
      secretData: "c4n4ry",
      versionId: "1",
      encryptionKeyId: "key-1",
      ...kms,
    });
    new CsmsSecret("csms", { name: "app", secretString: "c4n4ry", enterpriseProjectId: "ep-1", ...csms });
  };

const rotation = JSON.stringify({ InstanceId: "rds-1", SecretSubType: "SingleUser" });

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
  await stack.up(program());
});
afterAll(() => stack.stop());

describe("a change that cannot be carried out", { timeout: 120_000 }, () => {
  it.each([
    [
      "a version id that stays while the value changes",
      program({ secretData: "c4n4ry new" }),
      /versionId: secretData changes/,
    ],
    [
      "a replacement below the same name",
      program({ encryptionKeyId: "key-2" }),
      /set forceDeleteWithoutRecovery: true/,
    ],
    [
      "one on the other cloud",
      program({}, { secretType: "RDS-FG", rotationConfig: rotation }),
      /rotationConfig needs a new secret.*give a new name, or set/,
    ],
    [
      "a new value beside the one that is kept current",
      program({ secretData: "c4n4ry new", versionId: "2", currentVersionId: "1" }),
      /currentVersionId: keeps another version current/,
    ],
    [
      "a stage for a value that the service rotates",
      program({}, { versionStages: ["blue"], autoRotation: true }),
      /versionStages: cannot be given together with autoRotation/,
    ],
    [
      "a type that lacks what it is rotated by",
      program({ secretType: "Rds", extendedConfig: { secretSubType: "SingleUser" } as never }),
      /extendedConfig\.dbInstanceId: must be a string, but is missing/,
    ],
    [
      "a replica where the secret itself is",
      program({}, { replicaRegions: ["cn-north-4"] }),
      /replicaRegions\[0\]: is the region of the secret itself/,
    ],
    [
      "two values in one secret",
      program({}, { secretBinary: "AA==" }),
      /secretString: exactly one of secretString and secretBinary is needed/,
    ],
  ])("%s is refused at preview, and leaves everything untouched", async (_, changed, reason) => {
    const before = { calls: stack.emulator.calls().length, state: stack.state() };
    const failure = await stack.preview(changed).catch((error: Error) => error.message);
    expect(failure).toMatch(reason);
    expect(failure).not.toContain("c4n4ry");
    expect({ calls: stack.emulator.calls().length, state: stack.state() }).toEqual(before);
  });

  it("is refused by up as well", async () => {
    await expect(stack.up(program({ encryptionKeyId: "key-2" }))).rejects.toThrow(/encryptionKeyId needs a new secret/);
    expect(held(stack.emulator, "kms").app).toMatchObject({ EncryptionKeyId: "key-1", PlannedDeleteTime: undefined });
  });
});

describe("a difference that nothing can settle", { timeout: 120_000 }, () => {
  it("is shown by a refresh, and refused by the next preview", async () => {
    const hand = byHand(stack.emulator);
    await hand.kms("DeleteSecret", { SecretName: "app", ForceDeleteWithoutRecovery: "true" });
    const theirs = { SecretName: "app", SecretData: "c4n4ry", VersionId: "1", EncryptionKeyId: "key-9" };
    await hand.kms("CreateSecret", theirs);
    expect((await stack.refresh()).printed).toMatch(/kms updated .*\[diff: ~encryptionKeyId\]/);
    expect(stack.state().kms?.outputs).toMatchObject({ encryptionKeyId: "key-9" });
    await expect(stack.preview(program())).rejects.toThrow(/encryptionKeyId needs a new secret/);
    expect((await stack.up(program({ encryptionKeyId: "key-9" }))).steps).toEqual([]);
  });
});

describe("forceDeleteWithoutRecovery", { timeout: 120_000 }, () => {
  it("lets a replacement take the same name, the old secret first deleted for good", async () => {
    const { steps } = await stack.up(
      program(
        { encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true },
        { secretType: "RDS-FG", rotationConfig: rotation, forceDeleteWithoutRecovery: true },
      ),
    );
    for (const name of ["kms", "csms"]) {
      const own = steps.filter((step) => step.endsWith(` ${name}`));
      expect(own).toEqual([`delete-replaced ${name}`, `replace ${name}`, `create-replacement ${name}`]);
    }
    expect(held(stack.emulator, "kms").app).toMatchObject({ EncryptionKeyId: "key-2", Versions: { length: 1 } });
    expect(held(stack.emulator, "csms").app).toMatchObject({ secretType: "RDS-FG", state: "ENABLED" });
  });

  it("leaves the secret to the next up where making the new one fails, also where the change is taken back", async () => {
    stack.emulator.addFaults({ faults: [{ operation: "kms.CreateSecret", kind: "quota", times: 1 }] });
    const kms = { encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true };
    const csms = { secretType: "RDS-FG", rotationConfig: rotation, forceDeleteWithoutRecovery: true } as const;
    const failure = await stack.up(program({ ...kms, encryptionKeyId: "key-3" }, csms)).catch((error) => error.message);
    expect(failure).toMatch(/KMS CreateSecret of secret "app" failed/);
    expect(held(stack.emulator, "kms")).toEqual({});
    await stack.up(program(kms, csms));
    expect(held(stack.emulator, "kms").app).toMatchObject({ EncryptionKeyId: "key-2" });
    expect((await stack.up()).steps).toEqual([]);
  });

  it("leaves nothing behind at destroy", async () => {
    await stack.destroy();
    expect([held(stack.emulator, "kms"), held(stack.emulator, "csms")]).toEqual([{}, {}]);
  });
});
