import { describe, expect, it } from "vitest";
import { rpcClient } from "../../../provider/alicloud/client";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { kmsApi } from "../../../provider/alicloud/kms-api";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";
import {
  arn,
  byEcs,
  byOidc,
  byRole,
  called,
  file,
  formOf,
  jwt,
  keys,
  listed,
  minute,
  oidc,
  oidcVariables,
  profileKeys,
  profiles,
  providerArn,
  type Settings,
  secret,
  seen,
  source,
} from "./signing-in";

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
