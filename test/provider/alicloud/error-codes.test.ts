import { beforeEach, describe, expect, it, vi } from "vitest";
import { errorCodes, kindOfCode } from "../../../provider/alicloud/error-codes";
import type { ErrorKind } from "../../../provider/errors";
import { codesWrittenIn } from "../emulated-codes";
import { recorder } from "../recorder";
import { failureAt } from "../services";

// Repeated at once.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));

describe("the table", () => {
  it("has each code once", () => {
    const codes = Object.values(errorCodes).flat().map(String);
    expect(codes.toSorted()).toEqual([...new Set(codes)].sort());
  });

  const emulated = codesWrittenIn("alicloud");
  it.each(emulated)("has %s, which the emulator answers", (code) => {
    expect(kindOfCode(code)).toBeDefined();
  });

  it("is held against all that the emulator answers", () => {
    const some = ["Forbidden.KeyNotFound", "SignatureNonceUsed", "IllegalTimestamp", "QuotaExceeded.Secret"];
    expect(emulated).toEqual(expect.arrayContaining([...some, "InvalidSecretName.Malformed", "TestConnection.Failed"]));
  });

  it.each<[string, ErrorKind]>([
    ["Throttling.SomethingNew", "throttled"],
    ["InvalidUsername.ValueNotSupported", "invalid"],
    ["InvalidSecurityToken.Malformed", "credentials"],
    ["InvalidDBInstanceId.NotFound", "notFound"],
  ])("takes %s for %s, by its own name before any pattern", (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });
});

const refusal = (Code: string) => ({ Code, Message: "in words", RequestId: "r1" });

/** What becomes of a refusal; how often it was asked for beside. */
async function refusedWith(service: "kms" | "gpdb", status: number, code: string, more = {}) {
  await using server = await recorder({ status, body: { ...refusal(code), ...more } });
  const error = await failureAt(service, server.url);
  return { error, attempts: server.requests.length };
}

describe("a refusal", () => {
  // The status says something else than the code wherever it can.
  it.each<["kms" | "gpdb", number, string, ErrorKind, RegExp]>([
    ["kms", 400, "Forbidden.ResourceNotFound", "notFound", /Run `pulumi refresh`/],
    ["gpdb", 404, "Secret.NotFound", "notFound", /Run `pulumi refresh`/],
    ["gpdb", 400, "InvalidDBInstanceId.NotFound", "notFound", /Run `pulumi refresh`/],
    ["kms", 404, "Rejected.ResourceExist", "exists", /adoptExisting: true/],
    ["gpdb", 404, "Secret.AlreadyExists", "exists", /adoptExisting: true/],
    ["kms", 404, "Rejected.ResourceInDeleteWindow", "pendingDeletion", /It waits for deletion/],
    ["kms", 404, "Rejected.ResourceInUse", "notPending", /in words \(HTTP 404, request r1\)\.$/],
    ["kms", 400, "Throttling", "throttled", /try again later, or with a lower `pulumi up --parallel`\.$/],
    ["gpdb", 403, "OperationDenied.DBInstanceStatus", "notReady", /wait until it runs, then try again\.$/],
    ["gpdb", 404, "IncorrectDBInstanceState", "notReady", /wait until it runs, then try again\.$/],
    ["kms", 404, "Forbidden.NoPermission", "denied", /Allow the operation in the policies/],
    ["gpdb", 404, "Forbidden.RAM", "denied", /Allow the operation in the policies/],
    ["kms", 404, "InvalidAccessKeyId.NotFound", "credentials", /Check the access key/],
    ["gpdb", 404, "InvalidAccessKeyId.NotFound", "credentials", /Check the access key/],
    ["kms", 400, "IllegalTimestamp", "clock", /set this machine's clock\.$/],
    ["kms", 400, "Rejected.LimitExceeded", "quota", /ask the cloud for a higher quota\.$/],
    ["kms", 404, "InvalidParameter", "invalid", /in words \(HTTP 404, request r1\)\.$/],
    ["kms", 400, "InternalFailure", "unavailable", /Try again\.$/],
    ["gpdb", 404, "ServiceUnavailable", "unavailable", /Try again\.$/],
    ["kms", 400, "SignatureNonceUsed", "unavailable", /Try again\.$/],
  ])("of %s with HTTP %d %s is %s, and says what to do", async (service, status, code, kind, next) => {
    const { error, attempts } = await refusedWith(service, status, code);
    expect(error).toMatchObject({ kind, code, status, requestId: "r1", mayHaveActed: kind === "unavailable" });
    const title = service === "kms" ? "KMS" : "AnalyticDB";
    const told = `${title} CreateSecret of secret "app" failed: ${code}: in words (HTTP ${status}, request r1).`;
    expect(error.message.startsWith(told)).toBe(true);
    expect(error.message).toMatch(next);
    expect(attempts).toBe(kind === "throttled" || kind === "notReady" ? 8 : 1);
  });

  it.each([
    ["Secret.NotFound", "notFound"],
    ["TestConnection.Failed", "other"],
    ["SomethingNew.NotFound", "other"],
  ])("of AnalyticDB with HTTP 200 and a status of fail, %s, is %s", async (code, kind) => {
    for (const Status of ["fail", "Fail", "failed"]) {
      const { error } = await refusedWith("gpdb", 200, code, { Status });
      expect(error).toMatchObject({ kind, code, status: 200, requestId: "r1" });
    }
  });

  it.each([
    ...["Forbidden.KeyNotFound", "Forbidden.KeyVersionNotFound", "Forbidden.AliasNotFound"],
    ...["Rejected.PendingDeletion", "Rejected.Disabled", "Forbidden.DKMSInstanceNotFound"],
    ...["Forbidden.InstanceNotFound", "InvalidRegionId.NotFound", "InvalidAction.NotFound"],
    ...["Forbidden.KmsServiceNotEnabled", "Forbidden.InDebt", "Forbidden.InDebtOverdue"],
  ])("of a key, an instance or the account, %s, says nothing of the secret", async (code) => {
    const { error, attempts } = await refusedWith("kms", 404, code);
    expect([error.kind, error.code, attempts]).toEqual(["other", code, 1]);
  });

  it("keeps its code where a field beside it is of another type", async () => {
    const odd = { Message: null, RequestId: 7, Status: 404, HttpStatus: "404" };
    const { error } = await refusedWith("kms", 404, "Forbidden.ResourceNotFound", odd);
    expect(error).toMatchObject({ kind: "notFound", code: "Forbidden.ResourceNotFound" });
    expect(error.message).toContain("Forbidden.ResourceNotFound: no message (HTTP 404).");
  });
});

describe("a code that no table has", () => {
  const codes = ["SomethingNew", "NotFound", "Secret.Gone", "404", "constructor", "__proto__"];
  it.each([200, 400, 403, 404, 409, 410, 429, 499])("with HTTP %d is other", async (status) => {
    for (const code of codes) {
      const { error, attempts } = await refusedWith("gpdb", status, code, { Status: "fail" });
      expect([error.kind, error.code, error.mayHaveActed, attempts]).toEqual(["other", code, false, 1]);
    }
  });

  it.each([500, 502, 503, 504])("with HTTP %d is unavailable, and may have acted", async (status) => {
    for (const code of codes) {
      const { error, attempts } = await refusedWith("kms", status, code);
      expect([error.kind, error.code, error.mayHaveActed, attempts]).toEqual(["unavailable", code, true, 1]);
    }
  });
});
