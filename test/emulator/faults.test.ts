import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FaultPlan, Faults } from "../../emulator/faults";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../emulator/server";
import { acs3, type Options } from "./alicloud/acs3";
import { control, exchange } from "./http";

type Rule = FaultPlan["faults"][number];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

const fault = (rule: Partial<Rule> & { kind: Rule["kind"] }) =>
  emulator.addFaults({ faults: [{ operation: "kms.CreateSecret", ...rule } as Rule] });

const create = (options: Options = {}) =>
  acs3(emulator.port, "CreateSecret", { SecretName: "db", SecretData: "x", VersionId: "v1" }, options);

const stored = () => (emulator.state().kms as { secrets: unknown[] }).secrets.length;

const codeOf = (text: string): unknown => JSON.parse(text).Code;

describe("a fault", () => {
  it("throttle answers in the words of each cloud, with Retry-After when asked", async () => {
    emulator.addFaults({ faults: [{ operation: "*", kind: "throttle", retryAfter: 7 }] });
    const kms = await create();
    expect([kms.status, codeOf(kms.text), kms.headers["retry-after"]]).toEqual([429, "Rejected.Throttling", "7"]);
    const gpdb = await acs3(emulator.port, "ListSecrets", {}, { version: "2016-05-03" });
    expect([gpdb.status, codeOf(gpdb.text)]).toEqual([400, "Throttling.User"]);
    const csms = await exchange(emulator.port, { path: `/v1/${"0".repeat(32)}/secrets` });
    expect([csms.status, JSON.parse(csms.text).error_code]).toEqual([429, "APIGW.0308"]);
    const eps = await exchange(emulator.port, {
      method: "POST",
      path: "/v1.0/enterprise-projects/0/resources-migrate",
    });
    expect([eps.status, JSON.parse(eps.text).error.error_code]).toEqual([403, "EPS.0006"]);
    expect(stored()).toBe(0);
  });

  it("keeps to the format that the client reads", async () => {
    fault({ kind: "throttle" });
    const { text } = await create({ headers: { accept: "application/xml" } });
    expect(text).toContain("<Code>Rejected.Throttling</Code>");
  });

  it("quota answers in the words of each cloud", async () => {
    emulator.addFaults({ faults: [{ operation: "*", kind: "quota" }] });
    const kms = await create();
    expect([kms.status, codeOf(kms.text)]).toEqual([400, "Rejected.LimitExceeded"]);
    const gpdb = await acs3(emulator.port, "CreateSecret", {}, { version: "2016-05-03" });
    expect([gpdb.status, codeOf(gpdb.text)]).toEqual([400, "QuotaExceeded.Secret"]);
    const csms = await exchange(emulator.port, { path: `/v1/${"0".repeat(32)}/secrets` });
    expect([csms.status, JSON.parse(csms.text).error_code]).toEqual([400, "CSMS.0202"]);
  });

  it.each([
    [500, "2016-01-20", "InternalFailure"],
    [503, "2016-01-20", "ServiceUnavailableTemporary"],
    [500, "2016-05-03", "InternalError"],
    [503, "2016-05-03", "ServiceUnavailable"],
  ] as const)("error %d has the code of version %s", async (status, version, code) => {
    emulator.addFaults({ faults: [{ operation: "*", kind: "error", status, retryAfter: 2 }] });
    const reply = await acs3(emulator.port, "CreateSecret", {}, { version });
    expect([reply.status, codeOf(reply.text), reply.headers["retry-after"]]).toEqual([status, code, "2"]);
  });

  it("error can strike after the service acted", async () => {
    fault({ kind: "error", status: 500, act: true });
    expect((await create()).status).toBe(500);
    expect(stored()).toBe(1);
  });

  it("resetBefore cuts the connection, and nothing was done", async () => {
    fault({ kind: "resetBefore" });
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(stored()).toBe(0);
    expect(emulator.calls()).toMatchObject([{ operation: "kms.CreateSecret", status: 0, fault: "resetBefore" }]);
  });

  it("loseAnswer cuts the connection, and it was done", async () => {
    fault({ kind: "loseAnswer" });
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(stored()).toBe(1);
    expect(emulator.calls()).toMatchObject([{ status: 0, fault: "loseAnswer" }]);
  });

  it("truncate sends half of the body that it announced", async () => {
    fault({ kind: "truncate" });
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(stored()).toBe(1);
  });

  it("stall sends the headers and then nothing for as long as the client waits", async () => {
    fault({ kind: "stall" });
    const outcome = await Promise.race([
      create().catch((error: Error) => error),
      new Promise((resolve) => setTimeout(() => resolve("waiting"), 150)),
    ]);
    expect(outcome).toBe("waiting");
    expect(stored()).toBe(1);
  });

  it.each(["stall", "truncate"] as const)(
    "%s strikes an answer without a body too, and no other call",
    async (kind) => {
      const headers = { "x-auth-token": DEFAULT_CREDENTIALS.token, "content-type": "application/json" };
      const secrets = `/v1/${"0".repeat(32)}/secrets`;
      const at = (method: string, path: string, body?: string) =>
        fetch(`${emulator.url}${path}`, { method, headers, body: body ?? null, signal: AbortSignal.timeout(500) });
      expect((await at("POST", secrets, JSON.stringify({ name: "db", secret_string: "x" }))).status).toBe(200);
      emulator.addFaults({ faults: [{ operation: "csms.DeleteSecret", kind }] });
      await expect(at("DELETE", `${secrets}/db`)).rejects.toThrow(
        kind === "stall" ? /aborted due to timeout/ : "fetch failed",
      );
      expect(emulator.calls().at(-1)).toMatchObject({ operation: "csms.DeleteSecret", fault: kind });
      expect((await at("GET", `${secrets}/db`)).status).toBe(404);
    },
  );

  it.each([
    ["garbage", 200, "application/json"],
    ["html", 502, "text/html; charset=utf-8"],
    ["wrongShape", 200, "application/json"],
    ["redirect", 302, undefined],
  ] as const)("%s takes the place of the service, or of its answer only", async (kind, status, type) => {
    fault({ kind, times: 1 });
    const reply = await create();
    expect([reply.status, reply.headers["content-type"]]).toEqual([status, type]);
    expect(stored()).toBe(0);
    fault({ kind, act: true });
    expect((await create()).status).toBe(status);
    expect(stored()).toBe(1);
  });

  it("garbage is no JSON, wrongShape is JSON without what is expected, redirect stays on loopback", async () => {
    const struckBy = (kind: "garbage" | "wrongShape" | "redirect") => {
      fault({ kind, times: 1 });
      return create();
    };
    const garbage = await struckBy("garbage");
    expect(() => JSON.parse(garbage.text)).toThrow(SyntaxError);
    expect(JSON.parse((await struckBy("wrongShape")).text)).not.toHaveProperty("Arn");
    expect((await struckBy("redirect")).headers.location).toBe(`${emulator.url}/_emulator/elsewhere`);
  });

  it("delay holds the answer back, and adds to another fault", async () => {
    fault({ kind: "delay", ms: 60 });
    fault({ kind: "delay", ms: 60 });
    fault({ kind: "quota" });
    const before = performance.now();
    expect((await create()).status).toBe(400);
    expect(performance.now() - before).toBeGreaterThanOrEqual(119);
  });

  it("clockSkew makes right dates wrong, for the calls that it strikes", async () => {
    fault({ kind: "clockSkew", ms: 20 * 60_000, times: 1 });
    const reply = await create();
    expect([reply.status, codeOf(reply.text)]).toEqual([400, "IllegalTimestamp"]);
    const right = await create();
    expect(right.status).toBe(200);
    const datedAt = (of: typeof reply) => Date.parse(of.headers.date ?? "");
    expect((datedAt(reply) - datedAt(right)) / 60_000).toBeCloseTo(20, 0);
    expect(Math.abs(datedAt(right) - Date.now())).toBeLessThan(10_000);
  });
});

describe("a plan", () => {
  const strikes = (rule: Partial<Rule>, calls: number, seed?: number): boolean[] => {
    const faults = new Faults(["kms.CreateSecret"]);
    faults.add({ ...(seed && { seed }), faults: [{ operation: "kms.*", kind: "quota", ...rule } as Rule] });
    return Array.from({ length: calls }, () => faults.strike("kms.CreateSecret", 0).rule !== undefined);
  };

  it("strikes every call, the nth, or the first few", () => {
    expect(strikes({}, 3)).toEqual([true, true, true]);
    expect(strikes({ nth: 2 }, 3)).toEqual([false, true, false]);
    expect(strikes({ times: 2 }, 3)).toEqual([true, true, false]);
  });

  it("strikes what is more than a number of calls in any second", () => {
    const faults = new Faults(["kms.CreateSecret"]);
    faults.add({ faults: [{ operation: "*", kind: "throttle", perSecond: 2 }] });
    const times = [0, 100, 200, 999, 1_000, 1_050, 1_100, 5_000];
    const struck = times.filter((time) => faults.strike("kms.CreateSecret", time).rule);
    expect(struck).toEqual([200, 999, 1_050]);
  });

  it("strikes a share of the calls, the same ones for the same seed", () => {
    const struck = strikes({ share: 0.3 }, 2000, 7);
    expect(struck.filter(Boolean).length / 2000).toBeCloseTo(0.3, 1);
    expect(strikes({ share: 0.3 }, 2000, 7)).toEqual(struck);
    expect(strikes({ share: 0.3 }, 2000, 8)).not.toEqual(struck);
    expect(strikes({ share: 0 }, 50)).not.toContain(true);
    expect(strikes({ share: 1 }, 50)).not.toContain(false);
  });

  it.each([
    ["kms.CreateSecret", "kms.CreateSecret", true],
    ["kms.*", "kms.CreateSecret", true],
    ["*.CreateSecret", "gpdb.CreateSecret", true],
    ["kms.Create*", "kms.DescribeSecret", false],
    ["kms.Create", "kms.CreateSecret", false],
    ["CreateSecret", "kms.CreateSecret", false],
    ["kmsxCreateSecret", "kms.CreateSecret", false],
    ["kms.C.*", "kms.CreateSecret", false],
  ])("aimed at %s, does it strike %s? %s", (operation, called, expected) => {
    const faults = new Faults([called, operation.replaceAll("*", "Any")]);
    faults.add({ faults: [{ operation, kind: "quota" }] });
    expect(faults.strike(called, 0).rule !== undefined).toBe(expected);
  });

  it("is taken, shown with its effect, and cleared at /_emulator/faults", async () => {
    const plan = { seed: 3, faults: [{ operation: "kms.*", kind: "quota", times: 1 }] };
    const post = (body: unknown) =>
      control(emulator.url, "faults", { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
    const shown = { operation: "kms.*", kind: "quota", times: 1, seed: 3 };
    expect(await post(plan)).toEqual({ status: 200, json: { faults: [{ ...shown, matched: 0, fired: 0 }] } });
    await create();
    await create();
    expect((await control(emulator.url, "faults")).json).toEqual({ faults: [{ ...shown, matched: 2, fired: 1 }] });
    await post(plan);
    expect((await control(emulator.url, "faults")).json).toMatchObject({ faults: [shown, shown] });
    expect((await control(emulator.url, "faults", { method: "DELETE" })).json).toEqual({ faults: [] });
    expect((await control(emulator.url, "faults")).json).toEqual({ faults: [] });
  });

  it.each([
    ["no JSON", "kms"],
    ["no faults", { faults: [] }],
    ["an unknown kind", { faults: [{ operation: "*", kind: "flood" }] }],
    ["an unknown field", { faults: [{ operation: "*", kind: "quota", often: true }] }],
    ["a share above 1", { faults: [{ operation: "*", kind: "quota", share: 2 }] }],
    ["a delay without its time", { faults: [{ operation: "*", kind: "delay" }] }],
    ["a status that is no fault", { faults: [{ operation: "*", kind: "error", status: 200 }] }],
    ["a delay of nothing", { faults: [{ operation: "*", kind: "delay", ms: 0 }] }],
    ["a delay that no timer takes", { faults: [{ operation: "*", kind: "delay", ms: 2 ** 31 }] }],
    ["a clock that is right", { faults: [{ operation: "*", kind: "clockSkew", ms: 0 }] }],
    ["a clock that no date tells", { faults: [{ operation: "*", kind: "clockSkew", ms: Number.MIN_SAFE_INTEGER }] }],
    ["an operation that there is not", { faults: [{ operation: "csms.DeleteSecrt", kind: "quota" }] }],
    ["two ways to choose calls", { faults: [{ operation: "*", kind: "quota", nth: 1, share: 0.5 }] }],
  ])("is refused with %s", async (_, plan) => {
    const body = typeof plan === "string" ? plan : JSON.stringify(plan);
    const { status, json } = await control(emulator.url, "faults", { method: "POST", body });
    expect([status, json]).toEqual([400, { error: expect.any(String) }]);
    expect((await control(emulator.url, "faults")).json).toEqual({ faults: [] });
  });
});
