import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import { otherSecretWaits, surelyDelete } from "../../provider/deletion";
import { unchangeable } from "../../provider/diff";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "./support";

describe("a secret that waits for deletion", () => {
  const waiting = { name: "db", secretType: "COMMON", enterpriseProjectId: "0", description: "old", region: "r" };
  const differing = (wanted: object) => unchangeable(csmsSecret, waiting, { ...waiting, ...wanted });

  it("can become what is declared where all that differs changes in place", () => {
    expect(differing({ description: "new", tags: { a: "1" }, secretString: "v", rotationPeriod: "1d" })).toEqual([]);
    expect(differing({ secretType: undefined, enterpriseProjectId: undefined })).toEqual([]);
  });

  it("cannot where a new secret would be needed, or a change is refused", () => {
    expect(differing({ secretType: "RDS-FG", kmsKeyId: "k", description: "new" })).toEqual(["secretType"]);
    const replicated = { ...waiting, replicaRegions: [{ region: "cn-east-3", kmsKeyId: "k1" }] };
    const wanted = { ...waiting, replicaRegions: [{ region: "cn-east-3", kmsKeyId: "k2" }] };
    expect(unchangeable(csmsSecret, replicated, wanted)).toEqual(["replicaRegions"]);
    // That is no refusal of the field twice.
    expect(differing({ secretType: "RDS-FG", forceDeleteWithoutRecovery: true })).toEqual(["secretType"]);
  });

  it("is told with both ways out", () => {
    const error = otherSecretWaits('CSMS CreateSecret of secret "db"', "name", ["secretType", "enterpriseProjectId"]);
    expect(error.kind).toBe("pendingDeletion");
    expect(error.message).toBe(
      'CSMS CreateSecret of secret "db" failed: a secret of this name waits for deletion, and what cannot be changed in it is not as declared (secretType, enterpriseProjectId). Give a new name, or set forceDeleteWithoutRecovery: true, which deletes what waits for good.',
    );
  });
});

const kms = ["KMS", aliyunKmsSecret, "kms", { secretName: "db", secretData: canary }, "DescribeSecret"] as const;
const gpdb = [
  "AnalyticDB",
  analyticDbSecret,
  "gpdb",
  { dbInstanceId: "gp-1", username: "app", password: canary },
  "GetSecretValue",
] as const;
const csms = ["CSMS", csmsSecret, "csms", { name: "db", secretString: canary }, "ShowSecret"] as const;

describe.each([kms, gpdb, csms])("a deletion by %s that gets no answer", (_, definition, service, inputs, look) => {
  const { create, client, fault, healed, calls } = onEmulator(definition, service);
  const lost = async (kind: "loseAnswer" | "resetBefore") => {
    const created = await create(inputs);
    fault("DeleteSecret*", { kind });
    return created;
  };

  it("is done where nothing is there any more", async () => {
    const created = await lost("loseAnswer");
    await surelyDelete(definition, client(), created);
    healed();
    expect(await definition.read(client(), created.id, created.state)).toBeUndefined();
  });

  it("is done too where another attempt is refused after that", async () => {
    const created = await create(inputs);
    fault("DeleteSecret*", { kind: "loseAnswer", nth: 1 });
    fault("DeleteSecret*", { kind: "clockSkew", ms: -40 * 60_000, nth: 2 });
    await surelyDelete(definition, client(), created);
    healed();
    expect(await definition.read(client(), created.id, created.state)).toBeUndefined();
  });

  it("is not looked at where it was refused", async () => {
    const created = await create(inputs);
    fault("DeleteSecret*", { kind: "clockSkew", ms: -40 * 60_000 });
    const asked = await calls(async () => {
      expect((await failure(surelyDelete(definition, client(), created))).message).toContain("clock");
    });
    expect(asked.at(-1)).toMatch(/^DeleteSecret/);
  });

  it("is a failure where the secret is there", async () => {
    const created = await lost("resetBefore");
    const { message } = await failure(surelyDelete(definition, client(), created));
    expect(message).toMatch(/DeleteSecret.* failed: [^\n]* Try again\.$/);
  });

  it("asks for a refresh where nobody can tell", async () => {
    const created = await lost("loseAnswer");
    // What KMS and CSMS delete is looked at before.
    for (const nth of service === "gpdb" ? [1] : [2, 3, 4, 5, 6]) fault(look, { kind: "quota", nth });
    const asked = await calls(async () => {
      const { message } = await failure(surelyDelete(definition, client(), created));
      expect(message).toMatch(/ It may be deleted already: run `pulumi refresh` before the next up\.$/);
    });
    expect(asked.at(-1)).toBe(look);
  });
});
