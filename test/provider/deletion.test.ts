import { describe, expect, it } from "vitest";
import { otherSecretWaits } from "../../provider/deletion";
import { unchangeable } from "../../provider/diff";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";

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
