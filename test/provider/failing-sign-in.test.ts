import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../emulator/server";
import { rpcClient } from "../../provider/alicloud/client";
import { alicloudCredentials } from "../../provider/alicloud/credentials";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { connect } from "../../provider/huaweicloud/csms-client";
import { KnownCredentials } from "../../provider/known-credentials";
import { configFor } from "../stack-config";
import { failureOf } from "./failures";
import { idTokenIn, jwt, minute } from "./huaweicloud/signing-in";
import { recorder } from "./recorder";
import { sourceOf } from "./source";

type Texts = Record<string, string>;

let emulator: Emulator;
let home: string;
let knownCredentials: KnownCredentials;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "failing-"));
  vi.stubEnv("HOME", home);
  vi.useFakeTimers({ toFake: ["Date"] });
  emulator = await startEmulator({ now: () => Date.now() });
  knownCredentials = new KnownCredentials();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await emulator.close();
  rmSync(home, { recursive: true });
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** The settings of a stack without keys, and others. */
function source(config: Texts, env: Texts = {}) {
  const { url } = emulator;
  const none = { "alicloud:accessKey": "", "alicloud:secretKey": "", ...empty };
  const endpoints = { "alicloud:endpoints": JSON.stringify({ kms: url, gpdb: url, sts: url, ecsMetadata: url }) };
  return { ...sourceOf({ ...configFor(emulator), ...none, ...endpoints, ...config }, env), knownCredentials };
}
const empty = { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "" };

type Way = [config: Texts, env?: Texts];
const told = async (act: () => Promise<unknown>) => {
  try {
    return String(await act().then(() => "done"));
  } catch (error) {
    return (error as Error).message;
  }
};
const clouds = {
  /** One resource's call, as it connects and calls. */
  alicloud: (n: number, way: Way) =>
    told(async () => rpcClient(kmsApi, source(...way))("ListSecretVersionIds", "cn-hangzhou", { SecretName: `n${n}` })),
  huaweicloud: (n: number, way: Way) => {
    const place = { region: "cn-north-4", projectId: "0123456789abcdef0123456789abcdef" };
    return told(async () => connect(source(...way)).csms("ShowSecret", { ...place, path: { secret_name: `n${n}` } }));
  },
};
/** What five resources are told that go at once, and two that come later. */
async function tellSeven(cloud: keyof typeof clouds, way: Way) {
  const at = (n: number) => clouds[cloud](n, way);
  const first = await Promise.all([0, 1, 2, 3, 4].map(at));
  return [...first, await at(5), await at(6)];
}

const keysOf = (cloud: string): Texts => {
  const all = Object.entries(configFor(emulator));
  return Object.fromEntries(all.filter(([key]) => key.startsWith(cloud) && /Key$/.test(key)));
};
const asRole = (name: string, more: Texts = {}): Way => {
  const role = JSON.stringify({ roleArn: `acs:ram::1234567890123456:role/${name}` });
  return [{ ...keysOf("alicloud"), "alicloud:assumeRole": role, ...more }];
};
const asAgency = (agencyName: string, more: Texts = {}): Way => {
  const agency = JSON.stringify({ agencyName, domainName: "company" });
  return [{ ...keysOf("huaweicloud"), "huaweicloud:assumeRole": agency, ...more }];
};
/** Profiles of Alibaba Cloud's CLI whose program counts how often it runs, and gives no keys. */
function asProgram(): Way {
  mkdirSync(join(home, ".aliyun"), { recursive: true });
  const program = join(home, "program");
  writeFileSync(program, `#!/bin/sh\necho run >> ${join(home, "runs")}\nexit 1\n`, { mode: 0o700 });
  const profile = { name: "program", mode: "External", process_command: program };
  writeFileSync(join(home, ".aliyun/config.json"), JSON.stringify({ profiles: [profile] }));
  return [{ "alicloud:profile": "program" }];
}

const short = {
  alicloud: (n: number, code = "") =>
    `KMS ListSecretVersionIds of secret "n${n}" was not tried: cannot sign in to Alibaba Cloud${code}, see the first error.`,
  huaweicloud: (n: number, code = "") =>
    `CSMS ShowSecret of secret "n${n}" was not tried: cannot sign in to Huawei Cloud${code}, see the first error.`,
};

describe("a failure to sign in", () => {
  it.each<[string, keyof typeof clouds, RegExp, string]>([
    ["alicloud:ecsMetadata", "alicloud", /^no credentials for Alibaba Cloud; looked at /, "PUT"],
    ["huaweicloud:metadata", "huaweicloud", /^no credentials for Huawei Cloud; looked at /, "PUT GET"],
  ])(
    "since there are no credentials is told in full once, and costs one question: %s",
    async (name, cloud, full, asked) => {
      await using metadata = await recorder({ status: 404, body: "c4n4ry" });
      const [, service = ""] = name.split(":");
      const endpoints = JSON.stringify({ [service]: metadata.url });
      const [first, ...others] = await tellSeven(cloud, [{ [`${cloud}:endpoints`]: endpoints }]);
      expect(first).toMatch(full);
      expect(others).toEqual([1, 2, 3, 4, 5, 6].map((n) => short[cloud](n)));
      expect(metadata.requests.map(({ method }) => method).join(" ")).toMatch(new RegExp(`^${asked}`));
      expect(metadata.requests.length).toBeLessThan(4);
    },
  );

  it("that is known without asking is told in full once too", async () => {
    const env = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
    const [first, ...others] = await tellSeven("alicloud", [{}, env]);
    expect(first).toMatch(/^no credentials for Alibaba Cloud; looked at .*, then the RAM role of an ECS instance$/);
    expect(others).toEqual(Array(6).fill("cannot sign in to Alibaba Cloud, see the first error."));
    const [half, ...rest] = await tellSeven("huaweicloud", [{ "huaweicloud:accessKey": "ak" }]);
    expect(half).toContain("huaweicloud:accessKey is set but huaweicloud:secretKey is not");
    expect(rest).toEqual(Array(6).fill("cannot sign in to Huawei Cloud, see the first error."));
    expect(emulator.calls()).toEqual([]);
  });

  it("by a profile whose program gives no keys is told in full once, and the program runs once", async () => {
    const [first, ...others] = await tellSeven("alicloud", asProgram());
    expect(first).toMatch(/^the profile of ~\/\.aliyun\/config\.json, of mode External, gives no keys; sign in/);
    expect(others).toEqual([1, 2, 3, 4, 5, 6].map((n) => short.alicloud(n)));
    expect(readFileSync(join(home, "runs"), "utf8")).toBe("run\n");
  });

  it("that a cloud refuses is told in full once, and costs one question", async () => {
    const [role, ...others] = await tellSeven("alicloud", asRole("denying"));
    expect(role).toMatch(/^STS AssumeRole of role .* failed: NoPermission/);
    expect(others).toEqual([1, 2, 3, 4, 5, 6].map((n) => short.alicloud(n, " (NoPermission)")));
    const [agency, ...rest] = await tellSeven("huaweicloud", asAgency("not-found"));
    expect(agency).toMatch(/^cannot sign in to Huawei Cloud by the agency "not-found" .* failed: Not Found/);
    expect(rest).toEqual([1, 2, 3, 4, 5, 6].map((n) => short.huaweicloud(n, " (Not Found)")));
    const asked = emulator.calls().map(({ operation }) => operation);
    expect(asked).toEqual(["sts.AssumeRole", "iam.ListAuthDomains", "iam.CreateTemporaryAccessKeyByAgency"]);
  });

  it("that may pass is told in full once, and the next resource asks again at once", async () => {
    const retryAfter = 0;
    emulator.addFaults({ faults: [{ operation: "sts.*", kind: "throttle", retryAfter, times: 16 }] });
    const way = asRole("deploy");
    expect(await clouds.alicloud(0, way)).toMatch(/^STS AssumeRole of role .* failed: Throttling.*Try again|try again/);
    expect(await clouds.alicloud(1, way)).toMatch(short.alicloud(1, " (Throttling.User)"));
    expect(await clouds.alicloud(2, way)).toContain("Forbidden.ResourceNotFound");
  });

  it.each(["alicloud", "huaweicloud"] as const)(
    "of a metadata service that is out of order says nothing of credentials: %s",
    async (cloud) => {
      const operation = { alicloud: "ecsMetadata.ListRoles", huaweicloud: "metadata.ShowSecurityKey" }[cloud];
      emulator.addFaults({ faults: [{ operation, kind: "error", status: 503, times: 1 }] });
      expect(await clouds[cloud](0, [{}])).toMatch(/Forbidden\.ResourceNotFound|CSMS\.0106/);
    },
  );

  it("of a profile whose giver does not answer is none of credentials either", async () => {
    const closed = await recorder({});
    await closed[Symbol.asyncDispose]();
    const sso = {
      name: "sso",
      mode: "CloudSSO",
      cloud_sso_sign_in_url: closed.url,
      cloud_sso_account_id: "1",
      cloud_sso_access_config: "ac-1",
      access_token: "c4n4ry",
      cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3_600,
    };
    mkdirSync(join(home, ".aliyun"));
    writeFileSync(join(home, ".aliyun/config.json"), JSON.stringify({ profiles: [sso] }));
    const failure = await failureOf(alicloudCredentials(source({ "alicloud:profile": "sso" })).keys(), "c4n4ry");
    expect(failure).toMatchObject({ kind: "unavailable", code: "ECONNREFUSED", mayHaveActed: false });
    expect(failure.message).toMatch(/^the profile of .*, of mode CloudSSO, gives no keys, since there is no answer/);
  });

  it("since what gives keys gives the same ones again that have ended is told in full once", async () => {
    const keys = {
      AccessKeyId: "STS.x",
      AccessKeySecret: "c4n4ry",
      SecurityToken: "c4n4ry",
      Expiration: "2100-01-01T00:00:00Z",
    };
    await using giver = await recorder({ body: { Code: "Success", ...keys } });
    await using ended = await recorder({
      status: 403,
      body: { Code: "InvalidSecurityToken.Expired", Message: "ended" },
    });
    const endpoints = JSON.stringify({ kms: ended.url });
    const way: Way = [{ "alicloud:credentialsUri": giver.url, "alicloud:endpoints": endpoints }];
    const [first, ...others] = await tellSeven("alicloud", way);
    expect(first).toContain("InvalidSecurityToken.Expired: ended");
    for (const other of others) expect(other).toMatch(/ was not tried: .*, see the first error\.$/);
    expect(ended.requests).toHaveLength(1);
  });

  it("to renew keys that still hold is told in full once they have ended, as nobody heard of it before", async () => {
    const way = asAgency("deploy");
    expect(await clouds.huaweicloud(0, way)).toContain("CSMS.0106");
    emulator.addFaults({ faults: [{ operation: "iam.CreateTemporaryAccessKeyByAgency", kind: "quota" }] });
    pass(57 * minute);
    expect(await clouds.huaweicloud(1, way)).toContain("CSMS.0106");
    pass(4 * minute);
    expect(await clouds.huaweicloud(2, way)).toMatch(
      /^cannot sign in to Huawei Cloud by the agency "deploy" .* failed: /,
    );
    expect(await clouds.huaweicloud(3, way)).toMatch(
      /was not tried: cannot sign in to Huawei Cloud.*, see the first error\.$/,
    );
  });

  it("of an instance whose metadata is out of order passes, also where a profile names its agency", async () => {
    mkdirSync(join(home, ".hcloud"));
    const profile = { name: "instance", mode: "ecsAgency", region: "cn-north-4" };
    writeFileSync(join(home, ".hcloud/config.json"), JSON.stringify({ current: "instance", profiles: [profile] }));
    emulator.addFaults({ faults: [{ operation: "metadata.ShowSecurityKey", kind: "error", status: 503, times: 1 }] });
    expect(await clouds.huaweicloud(0, [{}])).toContain("CSMS.0106");
  });

  it("says nothing of another way, nor of another key, under the same account", async () => {
    await tellSeven("alicloud", asRole("denying"));
    expect(await clouds.alicloud(7, asRole("other"))).toContain("Forbidden.ResourceNotFound");
    const wrong = asAgency("deploy", { "huaweicloud:secretKey": "c4n4ry-wrong" });
    expect(await clouds.huaweicloud(0, wrong)).toContain("APIGW.0301");
    expect(await clouds.huaweicloud(1, wrong)).toBe(short.huaweicloud(1, " (APIGW.0301)"));
    expect(await clouds.huaweicloud(2, asAgency("deploy"))).toContain("CSMS.0106");
  });

  it("is asked about again after a minute, as what gives keys may have been put right", async () => {
    const way = asProgram();
    await tellSeven("alicloud", way);
    pass(minute);
    expect(await clouds.alicloud(7, way)).toBe(short.alicloud(7));
    const { accessKey: access_key_id, secretKey: access_key_secret } = DEFAULT_CREDENTIALS;
    const keys = JSON.stringify({ mode: "AK", access_key_id, access_key_secret });
    writeFileSync(join(home, "program"), `#!/bin/sh\necho '${keys}'\n`);
    expect(await clouds.alicloud(8, way)).toBe(short.alicloud(8));
    pass(minute);
    expect(await clouds.alicloud(9, way)).toContain("Forbidden.ResourceNotFound");
  });

  it("by a token that IAM refuses says nothing of the next one in its file", async () => {
    const file = join(home, "token");
    writeFileSync(file, "c4n4ry");
    const way: Way = [{}, idTokenIn(file)];
    const [first, ...others] = await tellSeven("huaweicloud", way);
    expect(first).toContain("IAM CreateUnscopedTokenWithIdToken failed: Unauthorized");
    expect(others).toEqual([1, 2, 3, 4, 5, 6].map((n) => short.huaweicloud(n, " (Unauthorized)")));
    writeFileSync(file, jwt(10));
    pass(minute);
    expect(await clouds.huaweicloud(7, way)).toContain("CSMS.0106");
  });

  it("while many wait for the same project is told in full once", async () => {
    const { projectOf } = connect(source(asAgency("not-found")[0]));
    const messages = await Promise.all([1, 2, 3].map(() => told(() => projectOf("cn-north-4"))));
    expect(messages[0]).toMatch(/^cannot sign in to Huawei Cloud by the agency "not-found"/);
    const rest = "IAM ListProjects was not tried: cannot sign in to Huawei Cloud (Not Found), see the first error.";
    expect(messages.slice(1)).toEqual([rest, rest]);
  });
});
