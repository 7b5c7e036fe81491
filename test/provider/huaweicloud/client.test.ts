import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import { DEFAULT_CREDENTIALS, type Emulator, type FaultPlan, startEmulator } from "../../../emulator/server";
import { restClient } from "../../../provider/huaweicloud/client";
import { huaweicloudSignIn } from "../../../provider/huaweicloud/credentials";
import { csmsApi } from "../../../provider/huaweicloud/csms-api";
import { iamApi } from "../../../provider/huaweicloud/iam-api";
import type { SettingsSource } from "../../../provider/settings";
import { configFor } from "../../stack-config";
import { failureOf } from "../failures";
import { type Answer, recorder } from "../recorder";
import { sourceOf } from "../source";

const canary = "canary-b7c2";
const canaries = [canary, "canary-sk", "canary-sts", "canary-token"];
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

const region = "cn-north-4";
const place = { region, projectId: projectIdOf(region) };
const named = { ...place, path: { secret_name: "db" } };
const body = { name: "db", secret_string: canary, description: undefined };
const csmsWith = (source: SettingsSource) => restClient(csmsApi, source, huaweicloudSignIn(source));
const csms = (changes: Record<string, string | undefined> = {}) =>
  csmsWith(sourceOf({ ...configFor(emulator), ...changes }));
const create = (client = csms()) => client("CreateSecret", { ...place, body });
const show = (client = csms()) => client("ShowSecret", named);

const temporaryKeys = {
  "huaweicloud:accessKey": "ak",
  "huaweicloud:secretKey": "canary-sk",
  "huaweicloud:securityToken": "canary-sts",
};
const onlyToken = (token: string) => ({
  "huaweicloud:accessKey": undefined,
  "huaweicloud:secretKey": undefined,
  "huaweicloud:token": token,
});
/** CSMS with a server of one's own in its place. */
const csmsAt = (url: string, keys: Record<string, string | undefined> = temporaryKeys) =>
  csmsWith(sourceOf({ ...configFor({ url }), ...keys }));

describe("a call", () => {
  it("is signed so that the service takes it, whatever stands in it", async () => {
    const value = `${canary} +&=%/~*'()!"\\\n\té𝒌`;
    const client = csms();
    await client("CreateSecret", { ...place, body: { ...body, secret_string: value, description: "é" } });
    const { secret } = await show();
    expect(secret).toMatchObject({ name: "db", state: "ENABLED", description: "é" });
    const { version } = await client("ShowSecretVersion", { ...named, path: { ...named.path, version_id: "latest" } });
    expect(version.secret_string).toBe(value);
    const query = { limit: "10", marker: undefined, event_name: "e" };
    expect((await client("ListSecrets", { ...place, query })).secrets).toEqual([]);
    const tags = { action: "create", tags: [{ key: "a b=é", value: "/@ +" }] };
    await client("BatchCreateOrDeleteTags", { ...place, path: { secret_id: secret.id }, body: tags });
    const listed = await client("ListSecretTags", { ...place, path: { secret_id: secret.id } });
    expect(listed.tags).toEqual(tags.tags);
    await client("DeleteSecret", named);
    expect((await failureOf(show())).kind).toBe("notFound");
  });

  it("may be signed in by a token", async () => {
    const { token } = DEFAULT_CREDENTIALS;
    expect(await create(csms(onlyToken(token)))).toMatchObject({ secret: { name: "db" } });
    const wrong = await failureOf(show(csms(onlyToken("canary-token"))), ...canaries, token);
    expect(wrong.kind).toBe("credentials");
  });

  it("asks IAM for the region's project", async () => {
    const source = sourceOf(configFor(emulator));
    const iam = restClient(iamApi, source, huaweicloudSignIn(source));
    const { projects } = await iam("ListProjects", { region, query: { name: region } });
    expect(projects).toEqual([{ id: place.projectId, name: region }]);
  });

  it("finds the public addresses", () => {
    expect([csmsApi.publicHost(region), iamApi.publicHost()]).toEqual([
      "kms.cn-north-4.myhuaweicloud.com",
      "iam.myhuaweicloud.com",
    ]);
  });

  it("sends values in the body alone, and never its secret key", async () => {
    await using server = await recorder({ status: 400, body: { error_code: "CSMS.0002" } });
    await failureOf(create(csmsAt(server.url)), ...canaries);
    const [request] = server.requests;
    expect([request?.method, request?.url]).toEqual(["POST", `/v1/${place.projectId}/secrets`]);
    expect(JSON.parse(request?.body ?? "")).toEqual({ name: "db", secret_string: canary });
    expect(JSON.stringify(request?.headers)).not.toMatch(new RegExp(`${canary}|canary-sk`));
    expect(request?.headers).toMatchObject({ "x-security-token": "canary-sts", "x-project-id": place.projectId });
    expect(request?.headers.authorization).toMatch(
      /^SDK-HMAC-SHA256 Access=ak, SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, Signature=/,
    );
  });

  it("sends a token in its header alone, and a GET without a body", async () => {
    await using server = await recorder({ status: 400, body: { error_code: "CSMS.0002" } });
    await failureOf(show(csmsAt(server.url, onlyToken("canary-token"))), ...canaries);
    const [{ headers = {}, url, body: sent } = {}] = server.requests;
    expect(headers).toMatchObject({ "x-auth-token": "canary-token" });
    expect(headers.authorization).toBeUndefined();
    expect([url, sent]).toEqual([`/v1/${place.projectId}/secrets/db`, ""]);
  });
});

describe("a refusal", () => {
  it("may have its request's id in the body", async () => {
    const refusal = { error_code: "APIGW.0101", error_msg: "in words", request_id: "r2" };
    await using server = await recorder({ status: 404, body: refusal });
    expect(await failureOf(show(csmsAt(server.url)))).toMatchObject({ requestId: "r2", kind: "other" });
  });

  it.each<[string, string, Record<string, string | undefined>]>([
    ["secret", canary, temporaryKeys],
    ["key", "canary-sk", temporaryKeys],
    ["security token", "canary-sts", temporaryKeys],
    ["token", "canary-token", onlyToken("canary-token")],
  ])("that repeats the %s is told without its words", async (_, said, keys) => {
    await using server = await recorder({ status: 400, body: { error_code: "CSMS.0002", error_msg: `not ${said}` } });
    const error = await failureOf(create(csmsAt(server.url, keys)), ...canaries);
    expect(error.message).toContain("CSMS.0002: (the message is left out");
  });

  it("of wrong credentials is none of a missing secret", async () => {
    for (const wrong of [{ "huaweicloud:accessKey": "nobody" }, { "huaweicloud:secretKey": canary }])
      expect(await failureOf(show(csms(wrong)), canary)).toMatchObject({ kind: "credentials", status: 401 });
  });

  it.each([-1, 1])(
    "of a signature whose time is %d h off names the clock, and that of a token never",
    async (hours) => {
      const skewed = { operation: "*", kind: "clockSkew", ms: hours * 3_600_000 } as const;
      emulator.addFaults({ faults: [skewed] });
      const error = await failureOf(show());
      expect(error).toMatchObject({ kind: "clock", code: "APIGW.0301", status: 401 });
      expect(error.message).toMatch(/set this machine's clock\.$/);
      const wrong = await failureOf(show(csms(onlyToken("canary-token"))), ...canaries);
      expect(wrong).toMatchObject({ kind: "credentials", code: "CSMS.0301" });
    },
  );
});

describe("an answer that is none", () => {
  const impostors: [string, Answer][] = [
    ["a page", { body: "<html></html>" }],
    ["a page with an error status", { status: 404, body: "<html></html>" }],
    ["nothing with an error status", { status: 404, body: "" }],
    ["null", { body: "null" }],
    ["an error without a code", { status: 404, body: { error_msg: "in words" } }],
  ];
  it.each(impostors)("is %s: nothing counts as done", async (_, answer) => {
    await using server = await recorder(answer);
    const client = csmsAt(server.url);
    expect(await failureOf(client("DeleteSecret", named))).toMatchObject({ kind: "unavailable" });
    const tags = { ...place, path: { secret_id: "id" }, body: { action: "create", tags: [] } };
    expect(await failureOf(client("BatchCreateOrDeleteTags", tags))).toMatchObject({ kind: "unavailable" });
  });
});

describe("under faults", () => {
  const fault = (rule: FaultPlan["faults"][number]) => emulator.addFaults({ faults: [rule] });
  const operation = "csms.CreateSecret";

  it("a throttled call is repeated until it comes through", async () => {
    fault({ operation, kind: "throttle", times: 3, retryAfter: 0 });
    expect(await create()).toMatchObject({ secret: { name: "db" } });
    expect(emulator.calls().map(({ status }) => status)).toEqual([429, 429, 429, 200]);
  });

  it.each(["loseAnswer", "truncate", "garbage", "html", "wrongShape", "redirect", "resetBefore"] as const)(
    "%s: creating is not repeated, and reading is",
    async (kind) => {
      fault({ operation, kind, times: 1 });
      expect(await failureOf(create(), ...canaries)).toMatchObject({ kind: "unavailable", mayHaveActed: true });
      expect(emulator.calls().length).toBe(1);
      emulator.reset();
      await create();
      fault({ operation: "csms.ShowSecret", kind, times: 1 });
      expect(await show()).toMatchObject({ secret: { name: "db" } });
      expect(emulator.calls().length).toBe(3);
    },
  );
});
