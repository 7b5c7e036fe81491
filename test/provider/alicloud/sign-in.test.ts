import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator, type WireRequest } from "../../../emulator/server";
import { rpcClient } from "../../../provider/alicloud/client";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { gpdbApi } from "../../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../../provider/alicloud/kms-api";
import type { SettingsSource } from "../../../provider/settings";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";

const account = "1234567890123456";
const arn = (name: string) => `acs:ram::${account}:role/${name}`;
const providerArn = `acs:ram::${account}:oidc-provider/ack`;
const minute = 60_000;
const { accessKey, secretKey } = DEFAULT_CREDENTIALS;

let emulator: Emulator;
let home: string;
/** What was sent, token and form. */
let seen: WireRequest[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "sign-in-"));
  vi.stubEnv("HOME", home);
  seen = [];
  vi.useFakeTimers({ toFake: ["Date"] });
  emulator = await startEmulator({ now: () => Date.now(), onRequest: (request) => seen.push(request) });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await emulator.close();
  rmSync(home, { recursive: true });
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
/** A token of an OIDC provider, as pods have in a file. */
const jwt = (lastsMs = 60 * minute, subject = "c4n4ry") => {
  const claims = { iss: "https://oidc.example.com", sub: subject, aud: "sts", exp: (Date.now() + lastsMs) / 1000 };
  return ["{}", JSON.stringify(claims), "c4n4ry"].map((part) => Buffer.from(part).toString("base64url")).join(".");
};
const file = (name: string, content: string) => {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** Writes profiles, and configures one of them. */
const profiles = (name: string, ...all: object[]): Settings => {
  file(".aliyun/config.json", JSON.stringify({ current: "first", profiles: all }));
  return [name === "first" ? {} : { profile: name }];
};
type Settings = [config: Record<string, unknown>, env?: Record<string, string>];
/** Settings that know the emulator and nothing else. */
const source = (config: Record<string, unknown> = {}, env: Record<string, string> = {}) => {
  const { url } = emulator;
  const texts = Object.entries(config).map(([key, value]) => [
    `alicloud:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const endpoints = JSON.stringify({ kms: url, gpdb: url, sts: url, ecsMetadata: url });
  return sourceOf({ "alicloud:endpoints": endpoints, ...Object.fromEntries(texts) }, env);
};
const keys = { accessKey, secretKey };
/** A client's call that asks for nothing but an answer. */
const lister = (from: SettingsSource) => {
  const call = rpcClient(gpdbApi, from);
  return () => call("ListSecrets", "cn-hangzhou", { DBInstanceId: "gp-1" });
};
const listed = (from: SettingsSource) => lister(from)();
const secret = (name: string) => ({ SecretName: name, SecretData: "c4n4ry", VersionId: "v1" });
/** The operations that were called. */
const called = () => emulator.calls().map(({ operation }) => operation);
const sessions = () => (emulator.state().sts as { sessions: Record<string, string>[] }).sessions;
const formOf = (action: string) =>
  new URLSearchParams(seen.find(({ headers }) => headers["x-acs-action"] === action)?.body.toString());

const oidcVariables = () => ({
  ALIBABA_CLOUD_ROLE_ARN: arn("pod"),
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: providerArn,
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: file("token", jwt()),
});
const oidc = () => ({ roleArn: arn("ci"), oidcProviderArn: providerArn, oidcToken: jwt() });
const profileKeys = { access_key_id: accessKey, access_key_secret: secretKey };
const byOidc = ["sts.AssumeRoleWithOIDC"];
const byRole = ["sts.AssumeRole"];
const byEcs = ["ecsMetadata.PutToken", "ecsMetadata.GetRoleKeys"];

describe("each way to sign in is one that KMS and AnalyticDB accept", () => {
  it.each<[string, () => Settings, string[]]>([
    ["assumeRole with keys", () => [{ ...keys, assumeRole: { roleArn: arn("deploy") } }], byRole],
    ["assumeRole without a role", () => [{ ...keys, assumeRole: { roleArn: "" } }], []],
    ["assumeRoleWithOidc and a token", () => [{ assumeRoleWithOidc: oidc() }], byOidc],
    [
      "assumeRoleWithOidc and a file",
      () => [{ assumeRoleWithOidc: { ...oidc(), oidcToken: undefined, oidcTokenFile: file("token", `${jwt()}\n`) } }],
      byOidc,
    ],
    ["assumeRoleWithOidc filled from the environment", () => [{ assumeRoleWithOidc: {} }, oidcVariables()], byOidc],
    ["the variables of RRSA", () => [{}, oidcVariables()], byOidc],
    [
      "assumeRole with the variables of RRSA",
      () => [{ assumeRole: { roleArn: arn("deploy") } }, oidcVariables()],
      [...byOidc, ...byRole],
    ],
    ["the RAM role of the instance", () => [{ ecsRoleName: "emulated-instance" }], byEcs],
    ["the same from the environment", () => [{}, { ALIBABA_CLOUD_ECS_METADATA: "emulated-instance" }], byEcs],
    [
      "the RAM role that the instance has, where nothing else is set",
      () => [{}],
      ["ecsMetadata.PutToken", "ecsMetadata.ListRoles", "ecsMetadata.GetRoleKeys"],
    ],
    ["a profile of mode AK", () => profiles("p", { name: "p", mode: "AK", ...profileKeys }), []],
    [
      "a profile of mode RamRoleArn",
      () => profiles("p", { name: "p", mode: "RamRoleArn", ...profileKeys, ram_role_arn: arn("deploy") }),
      byRole,
    ],
    [
      "a profile of mode EcsRamRole",
      () => profiles("p", { name: "p", mode: "EcsRamRole", ram_role_name: "emulated-instance" }),
      byEcs,
    ],
    [
      "a profile of mode RamRoleArnWithRoleName",
      () => {
        const both = { ram_role_name: "emulated-instance", ram_role_arn: arn("deploy") };
        return profiles("p", { name: "p", mode: "RamRoleArnWithRoleName", ...both });
      },
      [...byEcs, ...byRole],
    ],
    [
      "a profile of mode OIDC, the current one",
      () => {
        const by = { oidc_provider_arn: providerArn, oidc_token_file: file("token", jwt()), ram_role_arn: arn("ci") };
        return profiles("first", { name: "first", mode: "OIDC", ...by });
      },
      byOidc,
    ],
    [
      "a profile of mode ChainableRamRoleArn",
      () => {
        const last = { name: "last", mode: "ChainableRamRoleArn", source_profile: "p", ram_role_arn: arn("deploy") };
        return profiles("last", last, { name: "p", mode: "RamRoleArn", ...profileKeys, ram_role_arn: arn("hub") });
      },
      [...byRole, ...byRole],
    ],
  ])("%s", async (_, settings, signingIn) => {
    const from = source(...settings());
    await listed(from);
    await rpcClient(kmsApi, from)("CreateSecret", "cn-hangzhou", secret("app"));
    expect(called()).toEqual([...signingIn, "gpdb.ListSecrets", "kms.CreateSecret"]);
  });

  it.each<[string, (uri: string) => Settings]>([
    ["the configuration", (uri) => [{ credentialsUri: uri }]],
    ["the environment", (uri) => [{}, { ALIBABA_CLOUD_CREDENTIALS_URI: uri }]],
    ["a profile", (uri) => profiles("p", { name: "p", mode: "CredentialsURI", credentials_uri: uri })],
  ])("an address that answers keys, named by %s", async (_, settings) => {
    const given = await alicloudCredentials(source({ ecsRoleName: "emulated-instance" })).keys();
    const body = { Code: "Success", AccessKeyId: given.accessKey, AccessKeySecret: given.secretKey };
    const rest = { SecurityToken: given.securityToken, Expiration: new Date(Date.now() + 60 * minute).toISOString() };
    await using sidecar = await recorder({ body: { ...body, ...rest } });
    await listed(source(...settings(`${sidecar.url}/keys?c4n4ry`)));
    expect(sidecar.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /keys?c4n4ry"]);
  });

  it("sends STS all that is configured, and in no URL", async () => {
    const more = { sessionName: "ci-7", policy: '{"Version":"1"}', sessionExpiration: "900", externalId: 42 };
    await listed(source({ ...keys, assumeRole: { roleArn: arn("deploy"), ...more } }));
    expect(Object.fromEntries(formOf("AssumeRole"))).toEqual({
      RoleArn: arn("deploy"),
      RoleSessionName: "ci-7",
      DurationSeconds: "900",
      Policy: more.policy,
      ExternalId: "42",
    });
    const withOidc = { ...oidc(), roleSessionName: "ci-8", policy: more.policy, sessionExpiration: 1_000 };
    await listed(source({ assumeRoleWithOidc: withOidc }));
    expect(Object.fromEntries(formOf("AssumeRoleWithOIDC"))).toEqual({
      RoleArn: arn("ci"),
      RoleSessionName: "ci-8",
      DurationSeconds: "1000",
      Policy: more.policy,
      OIDCProviderArn: providerArn,
      OIDCToken: withOidc.oidcToken,
    });
    expect(seen.map(({ rawQuery }) => rawQuery).join("")).toBe("");
  });

  it("asks old instances, which have no tokens, without one, unless that is turned off", async () => {
    const given = { AccessKeyId: "ak", AccessKeySecret: "c4n4ry", SecurityToken: "c4n4ry" };
    const body = { Code: "Success", ...given, Expiration: new Date(Date.now() + 60 * minute).toISOString() };
    await using server = await recorder((response, { method }) =>
      method === "PUT" ? response.writeHead(404).end() : response.end(JSON.stringify(body)),
    );
    const env = { ALIBABA_CLOUD_ECS_METADATA_ENDPOINT: server.url };
    const from = (more = {}) => sourceOf({ "alicloud:ecsRoleName": "old" }, { ...env, ...more });
    expect((await alicloudCredentials(from()).keys()).accessKey).toBe("ak");
    const error = await failureOf(alicloudCredentials(from({ ALIBABA_CLOUD_IMDSV1_DISABLED: "true" })).keys());
    expect(error.message).toMatch(/^the metadata service of ECS failed: it refuses to answer/);
  });
});

describe("temporary keys", () => {
  const roleSource = (name: string) => source({ ...keys, assumeRole: { roleArn: arn(name) } });
  const signIns = () => called().filter((operation) => operation.startsWith("sts.")).length;

  it("are asked for once by all resources of the process, however many call at once", async () => {
    const clients = Array.from({ length: 10 }, () => lister(roleSource("one")));
    await Promise.all(clients.map((call) => call()));
    await rpcClient(kmsApi, roleSource("one"))("CreateSecret", "cn-hangzhou", secret("app"));
    expect([signIns(), called().length]).toEqual([1, 12]);
    await listed(roleSource("another"));
    expect(signIns()).toBe(2);
  });

  it("stand for one account in the limits of calls, whatever they are now", async () => {
    const { account: ofRole } = alicloudCredentials(roleSource("one"));
    expect([ofRole, alicloudCredentials(source({ assumeRoleWithOidc: oidc() })).account]).toEqual([account, account]);
  });

  it("are renewed a few minutes before they end, through hours of calls", async () => {
    const call = lister(roleSource("long"));
    for (let passed = 0; passed < 180; passed += 7) {
      await call();
      pass(7 * minute);
    }
    expect(emulator.calls().filter(({ status }) => status !== 200)).toEqual([]);
    // At 0, 56, 112 and 168 minutes: an hour each, less the last minutes.
    expect(signIns()).toBe(4);
  });

  it("of each role in a chain are renewed, and a token is read from its file anew", async () => {
    const variables = oidcVariables();
    const call = lister(source({ assumeRole: { roleArn: arn("chained") } }, variables));
    for (let hour = 0; hour < 3; hour++) {
      file("token", jwt(60 * minute, `c4n4ry-${hour}`));
      await call();
      pass(58 * minute);
    }
    expect(called()).toEqual(Array.from({ length: 3 }, () => [...byOidc, ...byRole, "gpdb.ListSecrets"]).flat());
  });

  it("of an instance are taken from it again before they end", async () => {
    const call = lister(source({ ecsRoleName: "emulated-instance" }));
    for (let hour = 0; hour < 12; hour++) {
      await call();
      pass(59 * minute);
    }
    expect(emulator.calls().filter(({ status }) => status !== 200)).toEqual([]);
    expect(sessions()).toHaveLength(2);
  });

  it("that the service takes for ended are renewed once, and the call made again, once for all", async () => {
    const call = rpcClient(kmsApi, roleSource("early"));
    const create = (name: string) => call("CreateSecret", "cn-hangzhou", secret(name));
    await create("before");
    // As where the service's clock is before this machine's.
    const [session] = sessions();
    emulator.load({ ...emulator.state(), sts: { sessions: [{ ...session, Expiration: "2020-01-01T00:00:00Z" }] } });
    await Promise.all(["a", "b", "c"].map(create));
    expect(called().filter((operation) => operation.startsWith("sts."))).toEqual(byRole);
    expect(emulator.calls().filter(({ status }) => status === 400)).toHaveLength(3);
  });

  it("go on to be used while they last where no others can be had", async () => {
    const call = lister(roleSource("kept"));
    await call();
    pass(57 * minute);
    emulator.addFaults({ faults: [{ operation: "sts.*", kind: "error", status: 503 }] });
    await call();
    await call();
    expect(emulator.calls().map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "sts.AssumeRole 200",
      "gpdb.ListSecrets 200",
      "sts.AssumeRole 503",
      "gpdb.ListSecrets 200",
      "gpdb.ListSecrets 200",
    ]);
  });

  it("are asked for again where STS is unavailable for a while, also for a call that must not be made twice", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    emulator.addFaults({ faults: [{ operation: "sts.*", kind: "loseAnswer", times: 2 }] });
    const call = rpcClient(kmsApi, roleSource("late"));
    await call("CreateSecret", "cn-hangzhou", secret("app"));
    expect(called()).toEqual([...byRole, ...byRole, ...byRole, "kms.CreateSecret"]);
  });
});

describe("a refusal", () => {
  const refused = async (config: Record<string, unknown>, env = {}) =>
    failureOf((async () => listed(source(config, env)))(), "c4n4ry", secretKey, home);

  it.each<[string, () => Record<string, unknown>, string, RegExp]>([
    [
      "of a role that does not exist",
      () => ({ ...keys, assumeRole: { roleArn: arn("not-found") } }),
      "EntityNotExist.Role",
      /^STS AssumeRole of role "acs:ram::1234567890123456:role\/not-found" failed: EntityNotExist.Role/,
    ],
    [
      "of a role that may not be taken on",
      () => ({ ...keys, assumeRole: { roleArn: arn("denying") } }),
      "NoPermission",
      /You are not authorized/,
    ],
    [
      "of the keys",
      () => ({ accessKey, secretKey: "c4n4ry", assumeRole: { roleArn: arn("deploy") } }),
      "SignatureDoesNotMatch",
      /^STS AssumeRole of role .*Check the access key/,
    ],
    [
      "of an OIDC provider",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcProviderArn: `${providerArn}-not-found` } }),
      "EntityNotExist.OIDCProvider",
      /^STS AssumeRoleWithOIDC of role /,
    ],
    [
      "of an OIDC token",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcToken: "c4n4ry-no-token" } }),
      "AuthenticationFail.OIDCToken.Invalid",
      /This JsonWebToken is invalid/,
    ],
  ])("%s says so, and never that a secret is gone", async (_, config, code, said) => {
    const error = await refused(config());
    expect(error).toMatchObject({ kind: "credentials", code, mayHaveActed: false });
    expect(error.message).toMatch(said);
  });

  it("of a role of an instance says so", async () => {
    const error = await refused({ ecsRoleName: "another" });
    expect(error).toMatchObject({ kind: "credentials", status: 404 });
    expect(error.message).toMatch(/^the metadata service of ECS failed: the instance has no such RAM role/);
  });

  it("of an address that answers keys repeats nothing of it", async () => {
    await using sidecar = await recorder({ status: 403, body: { SecurityToken: "c4n4ry" } });
    const error = await refused({ credentialsUri: `${sidecar.url}/c4n4ry?c4n4ry` });
    expect(error).toMatchObject({ kind: "credentials", status: 403 });
    expect(error.message).toMatch(/^the credentials service of alicloud:credentialsUri failed: it refuses to answer/);
    await using odd = await recorder({ body: { Code: "Success", SecurityToken: "c4n4ry" } });
    const { message } = await failureOf(
      alicloudCredentials(source({ credentialsUri: `${odd.url}/c4n4ry` })).keys(),
      "c4n4ry",
    );
    expect(message).toContain("the answer holds no temporary keys");
  });
});

describe("what is wrong with the settings is told before anything is asked", () => {
  const allowed = "(allowed in alicloud:assumeRole: roleArn, sessionName, policy, sessionExpiration, externalId)";
  const token = () => file("old", jwt(-minute));

  it.each<[string, () => Record<string, unknown>, string | RegExp]>([
    ["a text", () => ({ assumeRole: "c4n4ry" }), `alicloud:assumeRole must be an object, but is missing ${allowed}`],
    [
      "no role",
      () => ({ assumeRole: {} }),
      /^alicloud:assumeRole.roleArn must be .*\(allowed in alicloud:assumeRole: /,
    ],
    [
      "another role",
      () => ({ assumeRole: { roleArn: "c4n4ry" } }),
      /^alicloud:assumeRole.roleArn must be the ARN of a/,
    ],
    [
      "an unknown member",
      () => ({ assumeRole: { roleArn: arn("a"), role_arn: "c4n4ry" } }),
      `alicloud:assumeRole has members that are not allowed: role_arn ${allowed}`,
    ],
    [
      "a duration",
      () => ({ assumeRole: { roleArn: arn("a"), sessionExpiration: 60 } }),
      `alicloud:assumeRole.sessionExpiration must be a whole number of seconds from 900 to 43200 ${allowed}`,
    ],
    [
      "a session name",
      () => ({ assumeRole: { roleArn: arn("a"), sessionName: "c4n4ry c4n4ry" } }),
      /^alicloud:assumeRole.sessionName must be 2 to 64 letters, digits or/,
    ],
    [
      "no provider",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcProviderArn: undefined } }),
      "alicloud:assumeRoleWithOidc.oidcProviderArn is missing, and so is ALIBABA_CLOUD_OIDC_PROVIDER_ARN in the environment",
    ],
    [
      "a file that is not there",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcToken: undefined, oidcTokenFile: "/c4n4ry" } }),
      "alicloud:assumeRoleWithOidc.oidcTokenFile names a file that cannot be read (ENOENT)",
    ],
    [
      "an empty file",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcToken: undefined, oidcTokenFile: file("empty", "\n") } }),
      /^alicloud:assumeRoleWithOidc.oidcTokenFile names an empty file/,
    ],
    [
      "a token that has ended",
      () => ({ assumeRoleWithOidc: { ...oidc(), oidcToken: undefined, oidcTokenFile: token() } }),
      /^the OIDC token of alicloud:assumeRoleWithOidc.oidcTokenFile ended at 20.*; get a new one from its provider$/,
    ],
    [
      "an address without TLS",
      () => ({ credentialsUri: "http://c4n4ry.example.com/keys" }),
      /^alicloud:credentialsUri is an http: address, which would send keys unencrypted/,
    ],
    ["no address", () => ({ credentialsUri: "c4n4ry" }), /^alicloud:credentialsUri must be a URL such as/],
    [
      "an instance elsewhere without TLS",
      () => ({ ecsRoleName: "a", endpoints: { ecsMetadata: "http://10.0.0.1" } }),
      /^alicloud:endpoints \(ecsMetadata\) is an http: address/,
    ],
  ])("%s", async (_, config, said) => {
    const error = await failureOf(
      (async () => alicloudCredentials(source({ ...keys, ...without(config()) })))(),
      "c4n4ry",
      home,
    );
    expect(error.kind).toBe("settings");
    if (typeof said === "string") expect(error.message).toBe(said);
    else expect(error.message).toMatch(said);
    expect(emulator.calls()).toEqual([]);
  });

  it("a token file that RRSA names and that is not there", async () => {
    const variables = { ...oidcVariables(), ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/c4n4ry" };
    const { message } = await failureOf((async () => alicloudCredentials(source({}, variables)))(), "c4n4ry");
    expect(message).toBe("ALIBABA_CLOUD_OIDC_TOKEN_FILE names a file that cannot be read (ENOENT)");
  });

  it("the metadata service of ECS is there without TLS, as the cloud has it", () => {
    for (const address of ["http://100.100.100.200", "http://169.254.169.254"])
      expect(() =>
        alicloudCredentials(source({ ecsRoleName: "a", endpoints: { ecsMetadata: address } })),
      ).not.toThrow();
  });
});

/** Ways that come after keys are looked at only without those. */
const without = (config: Record<string, unknown>) =>
  "assumeRole" in config ? config : { accessKey: "", secretKey: "", ...config };
