import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { failures } from "../../../emulator/huaweicloud/failures";
import { type Emulator, startEmulator } from "../../../emulator/server";
import type { ErrorKind } from "../../../provider/errors";
import { errorCodes, kindOfCode } from "../../../provider/huaweicloud/error-codes";
import { codesWrittenIn } from "../emulated-codes";
import { recorder } from "../recorder";
import { failureAt } from "../services";

// Repeated at once.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));

describe("the table", () => {
  it("has each code once", () => {
    const codes = Object.values<readonly string[]>(errorCodes).flat();
    expect(codes.toSorted()).toEqual([...new Set(codes)].sort());
  });

  // The code of a rotation's function stands in a task, and answers no call.
  const inTasks: readonly string[] = [failures.rotationFunction[1]];
  const listed = [...Object.values(failures).map(([, code]) => code), ...codesWrittenIn("huaweicloud")];
  const emulated = [...new Set(listed)].filter((code) => !inTasks.includes(code)).sort();
  it.each(emulated)("has %s, which the emulator answers", (code) => {
    expect(kindOfCode(code)).toBeDefined();
  });

  it("is held against all that the emulator answers", () => {
    const some = ["CSMS.0005", "CSMS.0101", "CSMS.0204", "EPS.0006", "APIGW.0202", "APIG.0101", "Forbidden"];
    expect(emulated).toEqual(expect.arrayContaining(some));
  });
});

type Service = "csms" | "iam" | "eps";
const titles = { csms: 'CSMS CreateSecret of secret "app"', iam: "IAM ListProjects", eps: "EPS MigrateResource" };
const isRepeated = (service: Service, kind: ErrorKind) =>
  kind === "throttled" || (kind === "unavailable" && service !== "csms");

/** Reading the projects acts on nothing. */
const mayAct = (service: Service, kind: ErrorKind) => kind === "unavailable" && service !== "iam";

async function refusedWith(service: Service, status: number, body: unknown) {
  await using server = await recorder({ status, headers: { "x-request-id": "r1" }, body });
  const error = await failureAt(service, server.url);
  return { error, attempts: server.requests.length };
}

describe("a refusal", () => {
  // The status says something else than the code wherever it can.
  it.each<[Service, number, string, ErrorKind, RegExp]>([
    ["csms", 400, "CSMS.0005", "notFound", /Run `pulumi refresh`/],
    ["csms", 400, "CSMS.0106", "notFound", /Run `pulumi refresh`/],
    ["eps", 400, "EPS.0005", "notFound", /Run `pulumi refresh`/],
    ["csms", 404, "CSMS.0103", "pendingDeletion", /It waits for deletion/],
    ["csms", 404, "CSMS.0107", "pendingDeletion", /It waits for deletion/],
    ["csms", 404, "CSMS.0108", "notPending", /in words \(HTTP 404, request r1\)\.$/],
    ["csms", 400, "APIGW.0308", "throttled", /try again later, or with a lower `pulumi up --parallel`\.$/],
    ["eps", 403, "EPS.0006", "throttled", /try again later, or with a lower `pulumi up --parallel`\.$/],
    ["csms", 404, "CSMS.0302", "denied", /Allow the operation in the policies/],
    ["csms", 400, "CSMS.0401", "denied", /Allow the operation in the policies/],
    ["csms", 404, "APIGW.0302", "denied", /Allow the operation in the policies/],
    ["iam", 404, "IAM.0003", "denied", /Allow the operation in the policies/],
    ["eps", 404, "EPS.0004", "denied", /Allow the operation in the policies/],
    ["csms", 400, "CSMS.0301", "credentials", /Check the access key/],
    ["csms", 404, "APIGW.0301", "credentials", /Check the access key/],
    ["csms", 404, "APIG.0301", "credentials", /Check the access key/],
    ["iam", 404, "IAM.0001", "credentials", /Check the access key/],
    ["eps", 404, "EPS.0003", "credentials", /Check the access key/],
    ["csms", 404, "CSMS.0202", "quota", /ask the cloud for a higher quota\.$/],
    ["csms", 404, "CSMS.0203", "quota", /ask the cloud for a higher quota\.$/],
    ["csms", 404, "CSMS.0204", "quota", /ask the cloud for a higher quota\.$/],
    ["csms", 404, "CSMS.0002", "invalid", /in words \(HTTP 404, request r1\)\.$/],
    ["csms", 404, "CSMS.0105", "invalid", /in words \(HTTP 404, request r1\)\.$/],
    ["csms", 404, "APIGW.0202", "unavailable", /Try again\.$/],
    ["eps", 404, "EPS.0000", "unavailable", /Try again\.$/],
    ["iam", 404, "IAM.0006", "unavailable", /Try again\.$/],
    ["csms", 404, "APIG.0101", "other", /in words \(HTTP 404, request r1\)\.$/],
    ["csms", 404, "APIGW.0101", "other", /in words \(HTTP 404, request r1\)\.$/],
    ["iam", 404, "IAM.0004", "other", /in words \(HTTP 404, request r1\)\.$/],
    ["csms", 404, "CSMS.0109", "other", /in words \(HTTP 404, request r1\)\.$/],
  ])(
    "of %s with HTTP %d %s is %s in each of its forms, and says what to do",
    async (service, status, code, kind, next) => {
      const detail = { error_code: code, error_msg: "in words" };
      const forms = [
        detail,
        { error: detail },
        { code, message: "in words" },
        { error: { code, message: "in words" } },
      ];
      for (const form of isRepeated(service, kind) ? [detail] : forms) {
        const { error, attempts } = await refusedWith(service, status, form);
        expect(error).toMatchObject({ kind, code, status, requestId: "r1", mayHaveActed: mayAct(service, kind) });
        const told = `${titles[service]} failed: ${code}: in words (HTTP ${status}, request r1).`;
        expect(error.message.startsWith(told)).toBe(true);
        expect(error.message).toMatch(next);
        expect(attempts).toBe(isRepeated(service, kind) ? 8 : 1);
      }
    },
  );

  it.each<[number, string, ErrorKind]>([
    [401, "Unauthorized", "credentials"],
    [403, "Forbidden", "denied"],
    [400, "Bad Request", "invalid"],
    [404, "Not Found", "other"],
  ])("of IAM in its own form, %d %s, is %s at once", async (status, title, kind) => {
    const body = { error: { code: status, title, message: "in words" } };
    const { error, attempts } = await refusedWith("iam", status, body);
    expect(error).toMatchObject({ kind, code: title, status, mayHaveActed: false });
    expect(error.message).toContain(`IAM ListProjects failed: ${title}: in words (HTTP ${status}, request r1).`);
    expect(attempts).toBe(1);
  });

  it("of IAM without a title has its number for a code", async () => {
    const { error } = await refusedWith("iam", 403, { error: { code: 403, message: "in words" } });
    expect(error).toMatchObject({ kind: "other", code: "403" });
  });

  it("keeps its code where a field beside it is of another type", async () => {
    const odd = { error_code: "CSMS.0106", error_msg: null, code: {}, title: 1, error: "none", request_id: 7 };
    const { error } = await refusedWith("csms", 404, odd);
    expect(error).toMatchObject({ kind: "notFound", code: "CSMS.0106" });
    expect(error.message).toContain("CSMS.0106: no message (HTTP 404, request r1).");
  });
});

describe("a code that no table has", () => {
  const codes = ["CSMS.9999", "NotFound", "APIGW.9999", "404", "constructor", "__proto__"];
  it.each([400, 401, 403, 404, 409, 410, 499])("with HTTP %d is other", async (status) => {
    for (const code of codes) {
      const { error, attempts } = await refusedWith("csms", status, { error_code: code, error_msg: "in words" });
      expect([error.kind, error.code, error.mayHaveActed, attempts]).toEqual(["other", code, false, 1]);
    }
  });

  it.each([500, 502, 503, 504])("with HTTP %d is unavailable, and may have acted", async (status) => {
    for (const code of codes) {
      const { error, attempts } = await refusedWith("csms", status, { error: { error_code: code } });
      expect([error.kind, error.code, error.mayHaveActed, attempts]).toEqual(["unavailable", code, true, 1]);
    }
  });

  it("with HTTP 429 is throttled", async () => {
    const { error, attempts } = await refusedWith("csms", 429, { error_code: "CSMS.9999" });
    expect([error.kind, error.mayHaveActed, attempts]).toEqual(["throttled", false, 8]);
  });
});

describe("the emulator's IAM", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  it.each([
    ["quota", "denied", "Forbidden"],
    ["throttle", "throttled", "APIGW.0308"],
  ] as const)("under the fault %s is %s", async (kind, expected, code) => {
    emulator.reset();
    emulator.addFaults({ faults: [{ operation: "iam.*", kind }] });
    expect(await failureAt("iam", emulator.url)).toMatchObject({ kind: expected, code });
  });
});
