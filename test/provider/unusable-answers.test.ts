import type { ServerResponse } from "node:http";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { gpdbApi } from "../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { stsApi } from "../../provider/alicloud/sts-api";
import { csmsApi } from "../../provider/huaweicloud/csms-api";
import { epsApi } from "../../provider/huaweicloud/eps-api";
import { iamApi } from "../../provider/huaweicloud/iam-api";
import { type Answer, recorder } from "./recorder";
import { failureAt, services } from "./services";

// Repeated at once.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));

const call = {
  kms: 'KMS CreateSecret of secret "app"',
  gpdb: 'AnalyticDB CreateSecret of secret "app"',
  csms: 'CSMS CreateSecret of secret "app"',
  iam: "IAM ListProjects",
  eps: "EPS MigrateResource",
};
/** Only what is the same when it is done twice is done again. */
const attempts = { kms: 1, gpdb: 1, csms: 1, iam: 8, eps: 8 };
/** EPS answers a move with nothing to read. */
const readable = services.filter((service) => service !== "eps");

type Reply = Answer | ((response: ServerResponse) => unknown);
const page = "<html><h1>Sign in</h1></html>";
const noJson = "the reply is no JSON; something on the way to the service may have answered";
const noAnswer = "the reply is no answer of the service";
const otherShape = "the reply is not what the service documents";
const lost = "no answer from 127.0.0.1:";
const half = (response: ServerResponse) =>
  response.writeHead(200, { "content-length": "100" }).write('{"RequestId"', () => response.destroy());

/** What the services never give, and how it is told. */
const impostors: readonly [what: string, reply: Reply, said: string][] = [
  ["a page", { body: page }, noJson],
  ["a page with 404", { status: 404, body: page }, noJson],
  ["a page with 503", { status: 503, body: page }, noJson],
  ["half of JSON", { body: '{"RequestId": "r", "Arn' }, noJson],
  ["less than was announced", half, lost],
  ["no reply", (response) => response.destroy(), lost],
  ["too much", { body: `"${"x".repeat(4 * 1024 * 1024)}"` }, "the reply is larger than 4194304 bytes"],
  ["a redirect", { status: 302, headers: { location: "/login" } }, "the service answered with a redirect"],
  ["nothing", {}, "the reply is empty"],
  ["nothing with 404", { status: 404 }, noAnswer],
  ["nothing with 502", { status: 502 }, noAnswer],
  ["an error without a code", { status: 404, body: { RequestId: "r", request_id: "r", error: {} } }, noAnswer],
  ["an error of other types", { status: 404, body: { Code: 1, Message: [], error_code: {}, code: null } }, noAnswer],
  ["a list with 404", { status: 404, body: [{ Code: "A", error_code: "A" }] }, noAnswer],
  ["a list", { body: [] }, otherShape],
  ["null", { body: "null" }, otherShape],
];
const unreadable: typeof impostors = [
  ["another shape", { body: { RequestId: "r", Arn: 1, secret: { id: 1 }, projects: "none" } }, otherShape],
];

async function expectUnusable(service: (typeof services)[number], reply: Reply, said: string) {
  await using server = await recorder(reply);
  const error = await failureAt(service, server.url);
  // Reading acts on nothing.
  expect(error).toMatchObject({ kind: "unavailable", mayHaveActed: service !== "iam" });
  expect(error.message.startsWith(`${call[service]} failed: `)).toBe(true);
  expect(error.message).toContain(said);
  expect(error.message).toMatch(/^[^\n]* Try again\.$/);
  expect(server.requests.length).toBe(attempts[service]);
}

describe.each(services)("%s is answered", (service) => {
  it.each(impostors)("%s: one clear error, nothing counts as gone or done", (_, reply, said) =>
    expectUnusable(service, reply, said),
  );

  it("by nobody: it cannot have acted", async () => {
    const server = await recorder({});
    await server[Symbol.asyncDispose]();
    const error = await failureAt(service, server.url);
    expect(error).toMatchObject({ kind: "unavailable", code: "ECONNREFUSED", mayHaveActed: false });
    expect(error.message).toContain(`${call[service]} failed: ECONNREFUSED: ${lost}`);
  });

  it("without TLS where TLS is asked for: it was told nothing", async () => {
    await using server = await recorder({});
    const error = await failureAt(service, server.url.replace("http:", "https:"));
    expect(error).toMatchObject({ kind: "settings", mayHaveActed: false });
    expect(error.message).toContain("no trusted connection to 127.0.0.1:");
    expect(server.requests).toEqual([]);
  });
});

it.each(services)(
  "%s is throttled by what is in front of it: that is waited for as long as it asks",
  async (service) => {
    await using server = await recorder({ status: 429, headers: { "retry-after": "7" }, body: page });
    vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
    const told = failureAt(service, server.url);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    for (let seconds = 0; server.requests.length < 8 && seconds < 60; seconds += 7) {
      const before = server.requests.length;
      await vi.advanceTimersByTimeAsync(6_900);
      expect(server.requests).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(200);
      await vi.waitFor(() => expect(server.requests).toHaveLength(before + 1));
    }
    expect(await told).toMatchObject({ kind: "throttled", status: 429, retryAfterMs: 7_000, mayHaveActed: false });
    vi.useRealTimers();
  },
);

describe.each(readable)("%s is answered", (service) => {
  it.each(unreadable)("%s: one clear error", (_, reply, said) => expectUnusable(service, reply, said));
});

describe("another shape", () => {
  const apis = [kmsApi, gpdbApi, stsApi, csmsApi, epsApi, iamApi];
  const operations = apis.flatMap(({ title, operations }) =>
    Object.entries(operations).map(([name, { reply }]) => [`${title} ${name}`, reply] as const),
  );
  /** What they answer is not documented; a look at what they change follows. */
  const looked = ["CSMS CreateSecretReplica", "CSMS DeleteSecretReplica", "EPS MigrateResource"];

  it.each(operations)("is no answer of %s", (name, reply) => {
    expect(reply.safeParse({ unexpected: [{ shape: true }] }).success).toBe(looked.includes(name));
  });
});
