import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exchange } from "../http";
import type { Options, Parameters } from "./acs3";
import { type Answer, type RpcClient, rpcClient } from "./rpc-client";

const role = "acs:ram::2222333344445555:role/deploy";
const assuming = { RoleArn: role, RoleSessionName: "ci" };

let sts: RpcClient;
beforeEach(async () => {
  sts = await rpcClient("2015-04-01");
});
afterEach(() => sts.emulator.close());

/** How a call is signed with temporary keys. */
const signedBy = ({ AccessKeyId, AccessKeySecret, SecurityToken }: Answer, more: Options = {}): Options => ({
  accessKey: AccessKeyId,
  secretKey: AccessKeySecret,
  headers: { "x-acs-security-token": SecurityToken },
  ...more,
});
const kms = { version: "2016-01-20" };
const codeOf = async (call: Promise<{ status: number; body: Answer }>) => {
  const { status, body } = await call;
  return [status, body.Code];
};

describe("AssumeRole", () => {
  it("gives keys with a token, and says whose they are", async () => {
    const { Credentials, AssumedRoleUser } = await sts.ok("AssumeRole", assuming);
    expect(Credentials).toEqual({
      AccessKeyId: expect.stringMatching(/^STS\.\w{20,}$/),
      AccessKeySecret: expect.stringMatching(/^\w{40,}$/),
      SecurityToken: expect.stringMatching(/^CAIS\w{100,}$/),
      Expiration: sts.iso(1 / 24),
    });
    expect(AssumedRoleUser.Arn).toBe("acs:ram::2222333344445555:assumed-role/deploy/ci");
    const { body } = await sts.call("GetCallerIdentity", {}, signedBy(Credentials));
    expect(body).toMatchObject({ AccountId: "2222333344445555", IdentityType: "AssumedRoleUser" });
    expect(body.Arn).toBe(AssumedRoleUser.Arn);
    expect(await sts.ok("GetCallerIdentity")).toMatchObject({ IdentityType: "Account" });
  });

  it.each<[string, Parameters, number, string]>([
    ["no role", { RoleSessionName: "ci" }, 400, "MissingParameter.RoleArn"],
    ["a role that is none", { ...assuming, RoleArn: "deploy" }, 400, "InvalidParameter.RoleArn"],
    ["no session", { RoleArn: role }, 400, "MissingParameter.RoleSessionName"],
    ["a session of one letter", { ...assuming, RoleSessionName: "a" }, 400, "InvalidParameter.RoleSessionName"],
    ["too short a time", { ...assuming, DurationSeconds: "899" }, 400, "InvalidParameter.DurationSeconds"],
    ["a role that does not exist", { ...assuming, RoleArn: `${role}-not-found` }, 404, "EntityNotExist.Role"],
    ["a role for others", { ...assuming, RoleArn: `${role}-denying` }, 403, "NoPermission"],
  ])("refuses %s", async (_, parameters, status, code) => {
    expect(await sts.refused("AssumeRole", parameters)).toEqual([status, code]);
  });

  it("is refused without a signature, and with a wrong one", async () => {
    const wrong = { secretKey: "other" };
    expect(await codeOf(sts.call("AssumeRole", assuming, wrong))).toEqual([400, "SignatureDoesNotMatch"]);
    const headers = { "x-acs-action": "AssumeRole", "x-acs-version": "2015-04-01", accept: "application/json" };
    const { text } = await exchange(sts.emulator.port, { method: "POST", headers });
    expect(JSON.parse(text).Code).toBe("MissingParameter");
  });
});

describe("AssumeRoleWithOIDC", () => {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");
  const token = (exp: number) => `${part({})}.${part({ iss: "https://o", sub: "s", aud: "sts", exp })}.c2ln`;
  const now = Date.parse("2026-03-01T08:00:00Z") / 1000;
  const given = {
    ...assuming,
    OIDCProviderArn: "acs:ram::2222333344445555:oidc-provider/ack",
    OIDCToken: token(now + 60),
  };
  const unsigned = async (parameters: Parameters) => {
    const form = "application/x-www-form-urlencoded";
    const { status, text } = await exchange(sts.emulator.port, {
      method: "POST",
      headers: {
        "x-acs-action": "AssumeRoleWithOIDC",
        "x-acs-version": "2015-04-01",
        accept: "application/json",
        "content-type": form,
      },
      body: new URLSearchParams(parameters).toString(),
    });
    return { status, body: JSON.parse(text) };
  };

  it("needs no signature, and gives keys with a token", async () => {
    const { status, body } = await unsigned(given);
    expect(status).toBe(200);
    expect(body.OIDCTokenInfo).toEqual({ Issuer: "https://o", Subject: "s", ClientIds: "sts" });
    const options = signedBy(body.Credentials, kms);
    expect((await sts.call("ListSecrets", {}, options)).status).toBe(200);
  });

  it.each<[string, Parameters, number, string]>([
    ["no token", { ...given, OIDCToken: "" }, 400, "MissingParameter.OIDCToken"],
    ["what is no token", { ...given, OIDCToken: "word" }, 400, "AuthenticationFail.OIDCToken.Invalid"],
    ["a token that has ended", { ...given, OIDCToken: token(now) }, 400, "AuthenticationFail.OIDCToken.Expired"],
    ["a provider that is none", { ...given, OIDCProviderArn: role }, 400, "InvalidParameter.OIDCProviderArn"],
    [
      "a provider that does not exist",
      { ...given, OIDCProviderArn: `${given.OIDCProviderArn}-not-found` },
      404,
      "EntityNotExist.OIDCProvider",
    ],
    ["a role that does not exist", { ...given, RoleArn: `${role}-not-found` }, 404, "EntityNotExist.Role"],
  ])("refuses %s", async (_, parameters, status, code) => {
    expect(await codeOf(unsigned(parameters))).toEqual([status, code]);
  });
});

describe("temporary keys", () => {
  const issue = async (seconds = 900) =>
    (await sts.ok("AssumeRole", { ...assuming, DurationSeconds: String(seconds) })).Credentials;

  it.each(["2016-01-20", "2016-05-03"])("are accepted by version %s until they end", async (version) => {
    const parameters = { DBInstanceId: "gp-1", RegionId: "cn-hangzhou" };
    const list = (options: Options) => sts.call("ListSecrets", parameters, { version, ...options });
    const credentials = await issue();
    sts.passSeconds(899);
    expect((await list(signedBy(credentials))).status).toBe(200);
    sts.passSeconds(1);
    expect(await codeOf(list(signedBy(credentials)))).toEqual([400, "InvalidSecurityToken.Expired"]);
  });

  it("are refused without their token, with another's, and with a wrong secret key", async () => {
    const [credentials, other] = [await issue(), await issue()];
    const list = (options: Options) => codeOf(sts.call("ListSecrets", {}, { ...kms, ...options }));
    expect(await list(signedBy(credentials, { headers: {} }))).toEqual([400, "MissingSecurityToken"]);
    const mixed = { ...credentials, SecurityToken: other.SecurityToken };
    expect(await list(signedBy(mixed))).toEqual([400, "InvalidSecurityToken.MismatchWithAccessKey"]);
    const wrong = { ...credentials, AccessKeySecret: other.AccessKeySecret };
    expect(await list(signedBy(wrong))).toEqual([400, "SignatureDoesNotMatch"]);
  });

  it("are part of the state, and still good where that is taken in, but not after a reset", async () => {
    const credentials = await issue();
    const list = () => codeOf(sts.call("ListSecrets", {}, signedBy(credentials, kms)));
    const held = sts.emulator.state();
    expect(held.sts).toMatchObject({ sessions: [{ ...credentials, RoleArn: role, RoleSessionName: "ci" }] });
    sts.emulator.reset();
    expect(await list()).toEqual([404, "InvalidAccessKeyId.NotFound"]);
    sts.emulator.load(held);
    expect(await list()).toEqual([200, undefined]);
    const { sts: _, ...before } = held;
    sts.emulator.load(before);
    expect(await list()).toEqual([404, "InvalidAccessKeyId.NotFound"]);
  });

  it("stand in no record of calls", async () => {
    const { AccessKeySecret, SecurityToken } = await issue();
    const told = JSON.stringify(sts.emulator.calls());
    expect([told.includes(AccessKeySecret), told.includes(SecurityToken)]).toEqual([false, false]);
  });
});

describe("the metadata service of ECS", () => {
  const roles = "/latest/meta-data/ram/security-credentials/";
  const get = (path: string, token?: string) =>
    exchange(sts.emulator.port, { path, headers: token ? { "x-aliyun-ecs-metadata-token": token } : {} });
  const newToken = async (seconds = "60") => {
    const headers = { "x-aliyun-ecs-metadata-token-ttl-seconds": seconds };
    return exchange(sts.emulator.port, { method: "PUT", path: "/latest/api/token", headers });
  };

  it("gives the keys of the instance's role to those who have a token, and others half an hour before they end", async () => {
    const { text: token } = await newToken("21600");
    const { text: name } = await get(roles, token);
    const keysNow = async () => JSON.parse((await get(`${roles}${name}`, token)).text);
    const first = await keysNow();
    expect(first).toMatchObject({ Code: "Success", Expiration: sts.iso(0.25), LastUpdated: sts.iso() });
    expect((await sts.call("ListSecrets", {}, signedBy(first, kms))).status).toBe(200);
    sts.passSeconds(5.5 * 3_600 - 1);
    expect((await keysNow()).AccessKeyId).toBe(first.AccessKeyId);
    sts.passSeconds(1);
    expect((await keysNow()).AccessKeyId).not.toBe(first.AccessKeyId);
  });

  it("refuses who has no token, or one that has ended, and knows no other role", async () => {
    const { text: token } = await newToken();
    expect((await get(`${roles}other`, token)).status).toBe(404);
    expect((await get(roles)).status).toBe(403);
    expect((await newToken("0")).status).toBe(400);
    sts.passSeconds(60);
    expect((await get(roles, token)).status).toBe(403);
  });

  it("fails as told", async () => {
    const faults = [{ operation: "ecsMetadata.PutToken", kind: "error", status: 503, times: 1 }] as const;
    sts.emulator.addFaults({ faults: [...faults] });
    expect((await newToken()).status).toBe(503);
    expect((await newToken()).status).toBe(200);
  });
});
