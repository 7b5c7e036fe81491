import type { TemporaryKeys } from "../renewal";
import { publicEndpoint } from "../settings";
import { readOidcToken } from "./oidc-token";
import { attempt } from "./rpc";
import { type Credentials, signedBy } from "./session";
import type { OidcToken, Role } from "./sign-in";
import { stsApi } from "./sts-api";

/** Asks STS for the keys of a role, signed by those of whoever may take it on. */
export async function askForRole(
  base: Credentials,
  role: Role,
  externalId: string | undefined,
): Promise<TemporaryKeys> {
  const { AssumeRole } = stsApi.operations;
  const request = requestOf("AssumeRole", role, { ExternalId: externalId });
  const { Credentials } = await signedBy(base, (keys) => attempt(request, AssumeRole.reply, keys));
  return Credentials;
}

/** Asks STS for the keys of a role for whom an OIDC provider's token speaks, which is all that is needed. */
export async function askForOidcRole(role: Role, providerArn: string, from: OidcToken): Promise<TemporaryKeys> {
  const { AssumeRoleWithOIDC } = stsApi.operations;
  const token = readOidcToken(from);
  const request = requestOf("AssumeRoleWithOIDC", role, { OIDCProviderArn: providerArn, OIDCToken: token });
  const { Credentials } = await attempt(request, AssumeRoleWithOIDC.reply, undefined);
  return Credentials;
}

const requestOf = (action: string, role: Role, more: Record<string, string | undefined>) => ({
  service: stsApi,
  action,
  url: new URL(role.origin),
  parameters: {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName,
    DurationSeconds: role.duration?.toString(),
    Policy: role.policy,
    ...more,
  },
});

/** The public address of STS in a region, or that for all. */
export function publicSts(region: string | undefined, isInVpc: boolean): string {
  const host = isInVpc && region ? (at: string) => `sts-vpc.${at}.aliyuncs.com` : stsApi.publicHost;
  return region ? publicEndpoint(host, region).origin : `https://${stsApi.publicHost("")}`;
}
