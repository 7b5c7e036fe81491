import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { isKind } from "../../../provider/errors";
import { leaks } from "../../e2e/leaks";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";

/** Which of its libraries the vendor prints with; nothing here depends on it. */
const debug = createRequire(createRequire(__filename).resolve("httpx"))("debug");

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "credentials-"));
  for (const name of Object.keys(process.env)) if (/^(ALIBABA_CLOUD|ALICLOUD)_/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", home);
  // The chain asks the metadata service of the machine, which tests must not.
  vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** Writes what Alibaba Cloud's CLI keeps; a text is written as it is. */
function cliConfig(content: unknown) {
  mkdirSync(join(home, ".aliyun"), { recursive: true });
  writeFileSync(join(home, ".aliyun/config.json"), typeof content === "string" ? content : JSON.stringify(content));
}
const profile = (name: string, more: object = {}) => ({
  name,
  mode: "AK",
  access_key_id: `ak-${name}`,
  access_key_secret: `sk-${name}`,
  ...more,
});
const keysOf = (name: string, securityToken?: string) => ({
  accessKey: `ak-${name}`,
  secretKey: `sk-${name}`,
  securityToken,
});

const configured = { "alicloud:accessKey": "ak-config", "alicloud:secretKey": "sk-config" };
const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: "ak-env", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "sk-env" };
const named = { "alicloud:profile": "work" };

describe("keys", () => {
  beforeEach(() => cliConfig({ current: "home", profiles: [profile("home"), profile("work")] }));

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ["the configuration", { ...configured, ...named }, environment, "config"],
    ["the profile that the configuration names", named, environment, "work"],
    ["the environment", {}, environment, "env"],
    ["the vendor's chain", {}, {}, "home"],
  ])("are those of %s, before what comes after it", async (_, config, env, from) => {
    expect(await alicloudCredentials(sourceOf(config, env))()).toEqual(keysOf(from));
  });

  it("keep their token, from the configuration, the environment and a profile", async () => {
    const token = { "alicloud:securityToken": "t" };
    expect(await alicloudCredentials(sourceOf({ ...configured, ...token }))()).toEqual(keysOf("config", "t"));
    const env = { ...environment, ALIBABA_CLOUD_SECURITY_TOKEN: "t" };
    expect(await alicloudCredentials(sourceOf({}, env))()).toEqual(keysOf("env", "t"));
    cliConfig({ profiles: [profile("work", { mode: "StsToken", sts_token: "t" })] });
    expect(await alicloudCredentials(sourceOf(named))()).toEqual(keysOf("work", "t"));
  });

  it("in half a pair are an error at once, not another place's keys", () => {
    const half = () => alicloudCredentials(sourceOf({ "alicloud:accessKey": "ak" }, environment));
    expect(half).toThrow("alicloud:accessKey is set but alicloud:secretKey is not");
  });
});

describe("where nothing gives keys", () => {
  const places = [
    "alicloud:accessKey and alicloud:secretKey in the stack's configuration",
    "alicloud:profile in the stack's configuration",
    "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment",
    "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment",
    "Alibaba Cloud's default chain",
  ];

  it("one error names every place that was looked at", async () => {
    const error = await failureOf(alicloudCredentials(sourceOf())());
    expect(error.kind).toBe("settings");
    const where = places.map((place) => error.message.indexOf(place));
    expect(where).not.toContain(-1);
    expect(where).toEqual([...where].sort((a, b) => a - b));
  });

  it.each<[string, Record<string, string>]>([
    ["the chain", {}],
    ["a profile", named],
  ])("%s repeats nothing of a file that it cannot read", async (_, config) => {
    cliConfig('{"profiles": [{"access_key_secret": "canary-sk"');
    const error = await failureOf(alicloudCredentials(sourceOf(config))(), "canary-sk", home);
    expect(error.kind).toBe("settings");
    expect(error.cause).toBeUndefined();
  });

  it("a profile that is missing is named as such, and nothing else is tried", async () => {
    cliConfig({ profiles: [profile("home")] });
    const { message } = await failureOf(alicloudCredentials(sourceOf(named, environment))());
    expect(message).toBe("alicloud:profile names a profile of ~/.aliyun/config.json that cannot be used");
  });

  it.each<[string, Record<string, string>]>([
    ["the chain", {}],
    ["a profile", named],
  ])("%s is asked anew by the next call", async (_, config) => {
    const credentials = alicloudCredentials(sourceOf(config));
    for (let n = 0; n < 2; n++) expect((await failureOf(credentials())).kind).toBe("settings");
    cliConfig({ current: "work", profiles: [profile("work")] });
    expect(await credentials()).toEqual(keysOf("work"));
  });
});

it("what DEBUG=* has the vendor's libraries print holds no key", async () => {
  const keys = { AccessKeyId: "ak", AccessKeySecret: "c4n4ry-sk", SecurityToken: "c4n4ry-token" };
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  await using server = await recorder({ body: { Code: "Success", ...keys, Expiration: expiration } });
  vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", server.url);
  let printed = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  debug.enable("*");
  try {
    expect((await alicloudCredentials(sourceOf())()).secretKey).toBe(keys.AccessKeySecret);
    debug("other")("still says what it says");
  } finally {
    debug.disable();
    write.mockRestore();
  }
  expect(printed).toContain("still says what it says");
  expect(
    leaks({ "the debug output": printed }, { secretKey: keys.AccessKeySecret, token: keys.SecurityToken }),
  ).toEqual([]);
});

describe("calls at the same time", () => {
  it("ask the vendor once, and again only when it has answered", async () => {
    const keys = { AccessKeyId: "ak-uri", AccessKeySecret: "sk-uri", SecurityToken: "t" };
    const body = { Code: "Success", ...keys, Expiration: new Date(Date.now() + 3_600_000).toISOString() };
    await using server = await recorder((response) => setTimeout(() => response.end(JSON.stringify(body)), 50));
    vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", server.url);
    const credentials = alicloudCredentials(sourceOf());
    const all = await Promise.all(Array.from({ length: 20 }, credentials));
    expect(new Set(all.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(keysOf("uri", "t"))]));
    expect(server.requests.length).toBe(1);
    // Temporary keys last: the vendor's library keeps them.
    await credentials();
    expect(server.requests.length).toBe(1);
  });

  it("fail together, and the next one may succeed", async () => {
    const credentials = alicloudCredentials(sourceOf(named));
    const failures = await Promise.all([credentials, credentials].map((ask) => ask().catch((error: unknown) => error)));
    expect(failures.every((error) => isKind(error, "settings"))).toBe(true);
    cliConfig({ profiles: [profile("work")] });
    expect(await credentials()).toEqual(keysOf("work"));
  });
});
