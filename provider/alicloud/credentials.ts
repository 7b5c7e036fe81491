import { createHash } from "node:crypto";
import type { TemporaryKeys } from "../renewal";
import {
  describeKeyPlace,
  noCredentials,
  placeInConfiguration,
  readKeys,
  refuseUnverified,
  type Setting,
  type SettingsSource,
} from "../settings";
import { configuredProfile, environmentProfile } from "./cli-profile";
import { keysFromUri, readCredentialsUri } from "./credentials-uri";
import { ecsRoleKeys, ecsSignIn } from "./ecs-metadata";
import { iniProfile } from "./ini-profile";
import { configuredOidc, environmentOidc, withAssumedRole } from "./role-settings";
import { askForOidcRole, askForRole } from "./roles";
import { type Credentials, fixedKeys, Session } from "./session";
import {
  assumeRoleWithOidc,
  configuredKeys,
  credentialsUri,
  ecsRoleName,
  environmentKeys,
  isOn,
  oidcVariables,
  profile,
  sharedCredentialsFile,
  variables,
} from "./settings";
import { accountOf, type SignIn } from "./sign-in";
import { vendorKeys } from "./vendor-credentials";

/**
 * How to sign in, as the settings say: the first way in the configuration, else the first in the environment, and on top
 * of it the role that is to be assumed. Throws a settings error for what is wrong so far; nothing is asked of anybody.
 */
export function alicloudCredentials(source: SettingsSource): Credentials {
  const base = configured(source) ?? fromEnvironment(source);
  return credentialsOf(withAssumedRole(base, source));
}

function configured(source: SettingsSource): SignIn | undefined {
  const keys = readKeys([configuredKeys], source);
  if (keys) return { by: "keys", keys };
  const config = ({ config: key }: Setting) => source.config(key) || undefined;
  if (config(profile) || config(sharedCredentialsFile)) refuseUnverified(source);
  const found = configuredProfile(source) ?? configuredOidc(source);
  if (found) return found;
  const role = config(ecsRoleName);
  if (role) return ecsSignIn(source, role);
  const uri = config(credentialsUri);
  return uri ? readCredentialsUri(uri, credentialsUri.config, source) : undefined;
}

function fromEnvironment(source: SettingsSource): SignIn {
  const keys = readKeys(environmentKeys, source);
  if (keys) return { by: "keys", keys };
  const found = environmentOidc(source) ?? environmentProfile(source) ?? iniProfile(source);
  if (found) return found;
  const env = ({ env }: Setting) => env.find((name) => source.env[name]);
  const isWithoutEcs = isOn(source, variables.withoutEcs);
  const role = env(ecsRoleName);
  if (role && !isWithoutEcs) return ecsSignIn(source, source.env[role]);
  const place = env(credentialsUri);
  if (place) return readCredentialsUri(source.env[place] ?? "", place, source);
  if (isWithoutEcs) throw noCredentials(nothingFound());
  return ecsSignIn(source, undefined, nothingFound());
}

/** By how they sign in: all resources of the process share what comes of it. */
const sessions = new Map<string, Session>();

function credentialsOf(signIn: SignIn): Credentials {
  const account = accountOf(signIn);
  if (signIn.by === "keys") return fixedKeys(account, signIn.keys);
  const way = createHash("sha256").update(JSON.stringify(signIn)).digest("hex");
  const session = sessions.get(way) ?? new Session(way, account, issuerOf(signIn));
  sessions.set(way, session);
  return session;
}

function issuerOf(signIn: Exclude<SignIn, { readonly by: "keys" }>): (anew: boolean) => Promise<TemporaryKeys> {
  switch (signIn.by) {
    case "role": {
      const base = credentialsOf(signIn.base);
      return () => askForRole(base, signIn.role, signIn.externalId);
    }
    case "oidc":
      return () => askForOidcRole(signIn.role, signIn.providerArn, signIn.token);
    case "ecs":
      return () => ecsRoleKeys(signIn);
    case "uri":
      return () => keysFromUri(signIn);
    case "vendor":
      return vendorKeys(signIn);
  }
}

function nothingFound(): string {
  const configured = [profile, assumeRoleWithOidc, ecsRoleName, credentialsUri].map(({ config }) => config);
  const { roleArn, oidcProviderArn, oidcTokenFile } = oidcVariables;
  const places = [
    describeKeyPlace(configuredKeys),
    placeInConfiguration(configured.join(", ")),
    ...environmentKeys.map(describeKeyPlace),
    `${roleArn}, ${oidcProviderArn} and ${oidcTokenFile} in the environment`,
    "~/.aliyun/config.json",
    "~/.alibabacloud/credentials",
    `${credentialsUri.env.join(", ")} in the environment`,
    "the RAM role of an ECS instance",
  ];
  return `no credentials for Alibaba Cloud; looked at ${places.join(", then ")}`;
}
