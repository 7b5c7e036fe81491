import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import type { CloudError } from "../../../provider/errors";
import type { SettingsSource } from "../../../provider/settings";
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

/** Settings on a machine that is no ECS instance: tests must not ask the metadata service that there may be. */
const offEcs = (config = {}, env = {}) => sourceOf(config, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", ...env });

const configured = { "alicloud:accessKey": "ak-config", "alicloud:secretKey": "sk-config" };
const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: "ak-env", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "sk-env" };
const named = { "alicloud:profile": "work" };

describe("keys", () => {
  beforeEach(() => cliConfig({ current: "home", profiles: [profile("home"), profile("work")] }));

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ["the configuration", { ...configured, ...named }, environment, "config"],
    ["the profile that the configuration names", named, environment, "work"],
    ["the environment", {}, environment, "env"],
    ["the current profile", {}, {}, "home"],
  ])("are those of %s, before what comes after it", async (_, config, env, from) => {
    expect(await alicloudCredentials(offEcs(config, env)).keys()).toEqual(keysOf(from));
  });

  it("keep their token, from the configuration, the environment and a profile", async () => {
    const token = { "alicloud:securityToken": "t" };
    expect(await alicloudCredentials(offEcs({ ...configured, ...token })).keys()).toEqual(keysOf("config", "t"));
    const env = { ...environment, ALIBABA_CLOUD_SECURITY_TOKEN: "t" };
    expect(await alicloudCredentials(offEcs({}, env)).keys()).toEqual(keysOf("env", "t"));
    cliConfig({ profiles: [profile("work", { mode: "StsToken", sts_token: "t" })] });
    expect(await alicloudCredentials(offEcs(named)).keys()).toEqual(keysOf("work", "t"));
  });

  it("in half a pair are an error at once, not another place's keys", () => {
    const half = () => alicloudCredentials(offEcs({ "alicloud:accessKey": "ak" }, environment));
    expect(half).toThrow("alicloud:accessKey is set but alicloud:secretKey is not");
  });
});

describe("where nothing gives keys", () => {
  const places = [
    "alicloud:accessKey and alicloud:secretKey in the configuration (the stack's, or the CloudSecretsProvider's)",
    "alicloud:profile, alicloud:assumeRoleWithOidc, alicloud:ecsRoleName, alicloud:credentialsUri in the configuration (the stack's, or the CloudSecretsProvider's)",
    "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment",
    "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment",
    "ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE in the environment",
    "~/.aliyun/config.json",
    "~/.alibabacloud/credentials",
    "ALIBABA_CLOUD_CREDENTIALS_URI",
    "the RAM role of an ECS instance",
  ];
  const expectPlaces = ({ kind, message }: CloudError) => {
    expect(kind).toBe("credentials");
    const where = places.map((place) => message.indexOf(place));
    expect(where).not.toContain(-1);
    expect(where).toEqual([...where].sort((a, b) => a - b));
  };

  it("one error at once names every place that was looked at", async () => {
    expectPlaces(await refusalOf(offEcs()));
  });

  it("the metadata service of ECS is asked last, at the first call", async () => {
    await using server = await recorder({ status: 404, body: "not found" });
    const env = { ALIBABA_CLOUD_ECS_METADATA_ENDPOINT: server.url };
    const credentials = alicloudCredentials(sourceOf({}, env));
    expect(server.requests).toEqual([]);
    const error = await failureOf(credentials.keys());
    expectPlaces(error);
    expect(error.message).toMatch(/where the metadata service of ECS failed: the instance has no such RAM role/);
  });

  it("an empty profile, as the CLI writes it first, counts as none", async () => {
    cliConfig({ current: "default", profiles: [{ name: "default", mode: "AK", access_key_id: "" }] });
    expectPlaces(await refusalOf(offEcs()));
  });
});

/** What is said at once, which a preview shows. */
const refusalOf = (source: SettingsSource, ...canaries: string[]) =>
  failureOf((async () => alicloudCredentials(source))(), ...canaries);

describe("a file of profiles", () => {
  const cannotBeUsed = "alicloud:profile names a profile of ~/.aliyun/config.json that cannot be used: ";

  it.each<[string, Record<string, string>]>([
    ["the current profile", {}],
    ["a profile", named],
  ])("that cannot be read is told at once for %s, and repeats nothing of it", async (_, config) => {
    cliConfig('{"profiles": [{"access_key_secret": "c4n4ry-sk"');
    const error = await refusalOf(offEcs(config), "c4n4ry-sk", home);
    expect(error.kind).toBe("settings");
    expect(error.message).toContain("cannot be used: the file is not what Alibaba Cloud's CLI writes");
    expect(error.cause).toBeUndefined();
  });

  it("that is missing is told at once where it is named", async () => {
    expect((await refusalOf(offEcs(named, environment))).message).toBe(
      `${cannotBeUsed}the file cannot be read (ENOENT); correct or unset alicloud:profile`,
    );
    const other = { "alicloud:sharedCredentialsFile": join(home, "c4n4ry.json") };
    expect((await refusalOf(offEcs(other, environment), "c4n4ry")).message).toBe(
      "the current profile of the file of alicloud:sharedCredentialsFile cannot be used: the file cannot be read (ENOENT); correct or unset alicloud:sharedCredentialsFile",
    );
  });

  it("may be another one", async () => {
    writeFileSync(
      join(home, "other.json"),
      JSON.stringify({ current: "home", profiles: [profile("home"), profile("work")] }),
    );
    const other = { "alicloud:sharedCredentialsFile": "~/other.json" };
    expect(await alicloudCredentials(offEcs(other, environment)).keys()).toEqual(keysOf("home"));
    expect(await alicloudCredentials(offEcs({ ...other, ...named })).keys()).toEqual(keysOf("work"));
    const env = { ALICLOUD_SHARED_CREDENTIALS_FILE: join(home, "other.json"), ALICLOUD_PROFILE: "work" };
    expect(await alicloudCredentials(offEcs({}, env)).keys()).toEqual(keysOf("work"));
  });

  const role = { ram_role_arn: "acs:ram::1234567890123456:role/deploy" };
  it.each<[string, object, string]>([
    ["another name", { name: "home" }, "there is none of that name; correct or unset alicloud:profile"],
    ["an unknown mode", { mode: "c4n4ry" }, "its mode is none that is known here"],
    ["no key", { access_key_secret: "" }, "its mode AK needs access_key_secret"],
    ["no token", { mode: "StsToken" }, "its mode StsToken needs sts_token"],
    [
      "a token that has ended",
      { mode: "StsToken", sts_token: "c4n4ry", sts_expiration: 1_700_000_000 },
      "its token ended at 2023-11-14T22:13:20.000Z; get a new one",
    ],
    ["no role", { mode: "RamRoleArn" }, "its mode RamRoleArn needs ram_role_arn"],
    ["a wrong role", { mode: "RamRoleArn", ram_role_arn: "c4n4ry" }, "its ram_role_arn is not the ARN of a RAM role"],
    [
      "a wrong duration",
      { mode: "RamRoleArn", ...role, expired_seconds: 60 },
      "its expired_seconds must be a whole number of seconds from 900 to 43200",
    ],
    ["no source", { mode: "ChainableRamRoleArn", ...role }, "its mode ChainableRamRoleArn needs source_profile"],
    [
      "a source that is missing",
      { mode: "ChainableRamRoleArn", ...role, source_profile: "c4n4ry" },
      "its source_profile is not there",
    ],
    [
      "itself as source",
      { mode: "ChainableRamRoleArn", ...role, source_profile: "work" },
      "it is its own source_profile",
    ],
    ["no provider", { mode: "OIDC", ...role, oidc_token_file: __filename }, "its mode OIDC needs oidc_provider_arn"],
  ])("with %s is told at once", async (_, more, reason) => {
    cliConfig({ profiles: [profile("work", more)] });
    expect((await refusalOf(offEcs(named, environment), "c4n4ry", home)).message).toBe(cannotBeUsed + reason);
  });

  it("whose mode only the vendor's library has must be where that looks", async () => {
    writeFileSync(join(home, "other.json"), JSON.stringify({ profiles: [profile("work", { mode: "CloudSSO" })] }));
    const { message } = await refusalOf(offEcs({ ...named, "alicloud:sharedCredentialsFile": "~/other.json" }));
    expect(message).toContain("its mode CloudSSO works only in ~/.aliyun/config.json");
  });

  it("whose program gives the keys is read by the vendor's library, which is asked anew after a failure", async () => {
    const failing = profile("program", { mode: "External", process_command: "false" });
    cliConfig({ profiles: [failing] });
    const credentials = alicloudCredentials(offEcs({ "alicloud:profile": "program" }));
    const failures = await Promise.all([1, 2].map(() => failureOf(credentials.keys(), home)));
    for (const error of failures)
      expect(error.message).toMatch(
        /^the profile of ~\/.aliyun\/config.json, of mode External, gives no keys; sign in/,
      );
    const keys = { mode: "AK", access_key_id: "ak-work", access_key_secret: "sk-work" };
    cliConfig({ profiles: [{ ...failing, process_command: `echo ${JSON.stringify(JSON.stringify(keys))}` }] });
    expect(await credentials.keys()).toEqual(keysOf("work"));
  });

  it("of the vendor's other tools is read by its library", async () => {
    mkdirSync(join(home, ".alibabacloud"));
    const lines = ["[default]", "type = access_key", "access_key_id = ak-ini", "access_key_secret = sk-ini"];
    writeFileSync(join(home, ".alibabacloud/credentials"), lines.join("\n"));
    expect(await alicloudCredentials(offEcs()).keys()).toEqual(keysOf("ini"));
    const missing = { ALIBABA_CLOUD_CREDENTIALS_FILE: join(home, "c4n4ry") };
    const { message } = await refusalOf(offEcs({}, missing), "c4n4ry");
    expect(message).toBe("ALIBABA_CLOUD_CREDENTIALS_FILE in the environment names a file that is not there");
  });

  it("of the vendor's other tools is read anew where the file has changed", async () => {
    mkdirSync(join(home, ".alibabacloud"));
    const file = join(home, ".alibabacloud/credentials");
    const write = (name: string, at: Date) => {
      writeFileSync(file, `[default]\ntype = access_key\naccess_key_id = ak-${name}\naccess_key_secret = sk-${name}`);
      utimesSync(file, at, at);
    };
    write("old", new Date(2_026, 1));
    const credentials = alicloudCredentials(offEcs());
    expect(await credentials.keys()).toEqual(keysOf("old"));
    write("new", new Date(2_026, 2));
    expect(await credentials.keys()).toEqual(keysOf("new"));
  });
});

it("Cloud SSO gives the keys by the vendor's library, and what DEBUG=* has that print holds none of them", async () => {
  const keys = { AccessKeyId: "ak-sso", AccessKeySecret: "c4n4ry-sk", SecurityToken: "c4n4ry-token" };
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  await using server = await recorder({ body: { CloudCredential: { ...keys, Expiration: expiration } } });
  const sso = {
    mode: "CloudSSO",
    cloud_sso_sign_in_url: server.url,
    cloud_sso_account_id: "1",
    cloud_sso_access_config: "ac-1",
    access_token: "c4n4ry-access",
    cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3_600,
  };
  cliConfig({ profiles: [profile("sso", sso)] });
  let printed = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  debug.enable("*");
  try {
    const { secretKey } = await alicloudCredentials(offEcs({ "alicloud:profile": "sso" })).keys();
    expect(secretKey).toBe(keys.AccessKeySecret);
    debug("other")("still says what it says");
  } finally {
    debug.disable();
    write.mockRestore();
  }
  expect(printed).toContain("still says what it says");
  const hidden = { secretKey: keys.AccessKeySecret, token: keys.SecurityToken, access: sso.access_token };
  expect(leaks({ "the debug output": printed }, hidden)).toEqual([]);
});
