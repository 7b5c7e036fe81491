import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, type FaultPlan, startEmulator } from "../../../emulator/server";
import { rpcClient } from "../../../provider/alicloud/client";
import { gpdbApi } from "../../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../../provider/alicloud/kms-api";
import { configFor } from "../../stack-config";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";

const canary = "canary-a41f";
const canaries = [canary, "canary-sk", "canary-sts"];
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  // Repeated at once.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const kms = (changes: Record<string, string> = {}) =>
  rpcClient(kmsApi, sourceOf({ ...configFor(emulator), ...changes }));
const secret = { SecretName: "db", SecretData: canary, VersionId: "v1" };
const create = (client = kms()) => client("CreateSecret", "cn-hangzhou", secret);
const get = (client = kms()) => client("GetSecretValue", "cn-hangzhou", { SecretName: "db" });

/** Both services with a server of one's own in their place. */
function clientsAt(url: string) {
  const source = sourceOf({
    "alicloud:endpoints": JSON.stringify({ kms: url, gpdb: url }),
    "alicloud:accessKey": "ak",
    "alicloud:secretKey": "canary-sk",
    "alicloud:securityToken": "canary-sts",
  });
  return { kms: rpcClient(kmsApi, source), gpdb: rpcClient(gpdbApi, source) };
}
const createGpdb = { DBInstanceId: "gp-1", SecretName: "s", Username: "app", Password: canary };

describe("a call", () => {
  it("is signed so that the services take it, whatever stands in it", async () => {
    const value = `${canary} +&=%/~*'()!"\\\n\té𝒌`;
    await kms()("CreateSecret", "cn-hangzhou", { ...secret, SecretData: value, Description: "", Tags: undefined });
    expect(await get()).toMatchObject({ SecretData: value, VersionId: "v1" });
    const gpdb = rpcClient(gpdbApi, sourceOf(configFor(emulator)));
    const { SecretArn } = await gpdb("CreateSecret", "cn-beijing", { ...createGpdb, Password: value });
    const read = await gpdb("GetSecretValue", "cn-beijing", { DBInstanceId: "gp-1", SecretArn });
    expect(read).toMatchObject({ Password: value, SecretArn: expect.stringMatching(/^acs:gpdb:cn-beijing:/) });
  });

  it("goes to its own region", async () => {
    await kms()("CreateSecret", "ap-southeast-1", secret);
    expect((await failureOf(get(), ...canaries)).kind).toBe("notFound");
    const found = await kms()("DescribeSecret", "ap-southeast-1", { SecretName: "db" });
    expect(found.Arn).toMatch(/^acs:kms:ap-southeast-1:/);
  });

  it.each([
    [kmsApi, "cn-hangzhou", "kms.cn-hangzhou.aliyuncs.com"],
    [gpdbApi, "cn-hangzhou", "gpdb.aliyuncs.com"],
    [gpdbApi, "cn-beijing", "gpdb.cn-beijing.aliyuncs.com"],
    [gpdbApi, "eu-central-1", "gpdb.eu-central-1.aliyuncs.com"],
    [gpdbApi, "cn-hangzhou-finance", "gpdb.aliyuncs.com"],
  ])("of $title finds the public address of %s: %s", (service, region, host) => {
    expect(service.publicHost(region)).toBe(host);
  });

  it("sends values in the body alone, and never its secret key", async () => {
    await using server = await recorder({ body: { RequestId: "r", Arn: "a", SecretName: "db", VersionId: "v1" } });
    await create(clientsAt(server.url).kms);
    const [{ method, url, headers, body } = { headers: {} }] = server.requests as Partial<
      (typeof server.requests)[0]
    >[];
    expect([method, url]).toEqual(["POST", "/"]);
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ ...secret, RegionId: "cn-hangzhou" });
    expect(JSON.stringify(headers)).not.toContain(canary);
    expect(JSON.stringify([headers, body])).not.toContain("canary-sk");
    // Temporary keys are nothing without their token, which is signed too.
    expect(headers).toMatchObject({ "x-acs-accesskey-id": "ak", "x-acs-security-token": "canary-sts" });
    expect(headers?.authorization).toMatch(
      /^ACS3-HMAC-SHA256 Credential=ak,SignedHeaders=[^,]*;x-acs-security-token[;,]/,
    );
  });

  it("is signed anew each time", async () => {
    emulator.addFaults({ faults: [{ operation: "*.TagResource", kind: "error", status: 500, act: true, times: 2 }] });
    await create();
    const Tags = JSON.stringify([{ TagKey: "a", TagValue: "1" }]);
    await kms()("TagResource", "cn-hangzhou", { SecretName: "db", Tags });
    expect(emulator.calls().map(({ status }) => status)).toEqual([200, 500, 500, 200]);
  });
});

describe("a refusal", () => {
  const rpc = (Code: string) => ({ Code, Message: "in words", RequestId: "r1" });
  it.each(["secret", "key", "token"])("that repeats the %s is told without its words", async (what) => {
    const said = { secret: canary, key: "canary-sk", token: "canary-sts" }[what];
    await using server = await recorder({ status: 400, body: { ...rpc("InvalidParameter"), Message: `not ${said}` } });
    const error = await failureOf(create(clientsAt(server.url).kms), ...canaries);
    expect(error.message).toContain("InvalidParameter: (the message is left out");
  });

  it("of wrong credentials is none of a missing secret", async () => {
    const unknownKey = await failureOf(get(kms({ "alicloud:accessKey": "nobody" })));
    expect(unknownKey).toMatchObject({ kind: "credentials", status: 404, code: "InvalidAccessKeyId.NotFound" });
    const wrongKey = await failureOf(get(kms({ "alicloud:secretKey": canary })), canary, DEFAULT_CREDENTIALS.secretKey);
    expect(wrongKey).toMatchObject({ kind: "credentials", code: "SignatureDoesNotMatch" });
    emulator.addFaults({ faults: [{ operation: "*", kind: "clockSkew", ms: 3_600_000 }] });
    expect(await failureOf(get())).toMatchObject({ kind: "clock" });
  });
});

it("a failure with HTTP 200, without its code and words, may have acted", async () => {
  await using server = await recorder({ body: { Status: "fail" } });
  const error = await failureOf(create(clientsAt(server.url).kms), ...canaries);
  expect(error).toMatchObject({ kind: "unavailable", mayHaveActed: true, status: 200 });
  expect(error.message).toContain("the reply is no answer of the service");
  expect(server.requests.length).toBe(1);
});

describe("under faults", () => {
  const fault = (rule: FaultPlan["faults"][number]) => emulator.addFaults({ faults: [rule] });
  const operation = "kms.CreateSecret";

  it("a throttled call is repeated until it comes through", async () => {
    fault({ operation, kind: "throttle", times: 3, retryAfter: 0 });
    expect(await create()).toMatchObject({ SecretName: "db" });
    expect(emulator.calls().map(({ status }) => status)).toEqual([429, 429, 429, 200]);
  });

  it("a secret for an instance that still starts is made once that is ready", async () => {
    const starting = { Code: "IncorrectDBInstanceState", Message: "in words", RequestId: "r1" };
    const done = { RequestId: "r2", Status: "success", SecretArn: "a", SecretName: "s" };
    let refusals = 0;
    await using server = await recorder((response) => {
      const isStarting = refusals++ < 3;
      response.writeHead(isStarting ? 403 : 200).end(JSON.stringify(isStarting ? starting : done));
    });
    expect(await clientsAt(server.url).gpdb("CreateSecret", "cn-beijing", createGpdb)).toEqual(done);
    expect(server.requests.length).toBe(4);
  });

  it.each(["loseAnswer", "truncate", "garbage", "html", "wrongShape", "redirect", "resetBefore"] as const)(
    "%s: creating is not repeated, and reading is",
    async (kind) => {
      fault({ operation, kind, times: 1 });
      expect(await failureOf(create(), ...canaries)).toMatchObject({ kind: "unavailable", mayHaveActed: true });
      expect(emulator.calls().length).toBe(1);
      emulator.reset();
      await create();
      fault({ operation: "kms.GetSecretValue", kind, times: 1 });
      expect(await get()).toMatchObject({ SecretData: canary });
      expect(emulator.calls().length).toBe(3);
    },
  );
});
