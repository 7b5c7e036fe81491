import { describe, expect, it } from "vitest";
import { alicloudCredentials } from "../../../provider/alicloud/credentials";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import {
  accessKey,
  arn,
  emulator,
  file,
  home,
  jwt,
  keys,
  listed,
  minute,
  oidc,
  oidcVariables,
  providerArn,
  secretKey,
  source,
} from "./signing-in";

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
