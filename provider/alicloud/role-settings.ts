import { z } from "zod";
import { issuesOf } from "../issues";
import { readEndpoint, readSetting, type Setting, type SettingsSource, settingError } from "../settings";
import { readOidcToken } from "./oidc-token";
import { publicSts } from "./roles";
import { endpoints } from "./settings";
import type { OidcToken, Role, SignIn } from "./sign-in";

const arnRule = "must be the ARN of a RAM role, such as acs:ram::1234567890123456:role/deploy";
export const roleArnPattern = /^acs:ram::\d{1,32}:role\/[\w.@/-]{1,128}$/i;
const roleArn = z.string().regex(roleArnPattern, arnRule);
/** What `pulumi config set --path` takes for a number may be a text of digits. */
const textual = z.union([z.string(), z.number()], "must be a text").transform(String);
const sessionName = textual.pipe(z.string().regex(/^[\w.@-]{2,64}$/, "must be 2 to 64 letters, digits or . @ - _"));
const durationRule = "must be a whole number of seconds from 900 to 43200";
export const duration = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ],
    durationRule,
  )
  .refine((seconds) => Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200, durationRule);
const policy = z.string();

const assumeRole = z.strictObject({
  roleArn: z.union([roleArn, z.literal("")], arnRule),
  sessionName: sessionName.optional(),
  policy: policy.optional(),
  sessionExpiration: duration.optional(),
  externalId: textual.optional(),
});

const providerArn = z
  .string()
  .regex(/^acs:ram::\d{1,32}:oidc-provider\/\S{1,128}$/i, "must be the ARN of an OIDC provider in RAM");

const assumeRoleWithOidc = z.strictObject({
  roleArn: roleArn.optional(),
  oidcProviderArn: providerArn.optional(),
  oidcTokenFile: z.string().min(1).optional(),
  oidcToken: z.string().min(1).optional(),
  roleSessionName: sessionName.optional(),
  policy: policy.optional(),
  sessionExpiration: duration.optional(),
});

/** What sessions are called in the logs of ActionTrail unless a name is given. */
export const defaultSessionName = "pulumi-cloud-secrets";

/** The address of STS: that of the settings, else the public one of the region where one is given. */
export function stsOrigin(
  source: SettingsSource,
  region = source.env.ALIBABA_CLOUD_STS_REGION,
  isInVpc = false,
): string {
  const inVpc = isInVpc || source.env.ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED?.toLowerCase() === "true";
  return readEndpoint(endpoints.sts, source)?.origin ?? publicSts(region, inVpc);
}

/** The base, or the role that `alicloud:assumeRole` has it take on. */
export function withAssumedRole(base: SignIn, source: SettingsSource): SignIn {
  const given = readObject("alicloud:assumeRole", assumeRole, source);
  // As `@pulumi/alicloud` has it, no role is a role that is not taken on.
  if (!given?.roleArn) return base;
  const role: Role = {
    roleArn: given.roleArn,
    sessionName: given.sessionName ?? defaultSessionName,
    duration: given.sessionExpiration,
    policy: given.policy || undefined,
    origin: stsOrigin(source),
  };
  return { by: "role", base, role, externalId: given.externalId || undefined };
}

const oidcSettings = {
  roleArn: { what: "the role", config: "roleArn", env: ["ALIBABA_CLOUD_ROLE_ARN"] },
  providerArn: {
    what: "the OIDC provider",
    config: "oidcProviderArn",
    env: ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
  },
  tokenFile: { what: "the file of the OIDC token", config: "oidcTokenFile", env: ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] },
  sessionName: { what: "the session", config: "roleSessionName", env: ["ALIBABA_CLOUD_ROLE_SESSION_NAME"] },
} as const satisfies Record<string, Setting>;

/** What `alicloud:assumeRoleWithOidc` says; what it leaves out comes from the variables that RRSA sets. */
export function configuredOidc(source: SettingsSource): SignIn | undefined {
  const key = "alicloud:assumeRoleWithOidc";
  const given = readObject(key, assumeRoleWithOidc, source);
  if (!given) return undefined;
  const { roleArn, providerArn, tokenFile, sessionName } = oidcSettings;
  const filled = (setting: Setting, value: string | undefined) =>
    value ?? readSetting(setting, { config: () => undefined, env: source.env });
  const place = (setting: Setting) => `${key}.${setting.config}`;
  const needed = (setting: Setting, value: string | undefined) => {
    const text = filled(setting, value);
    if (text) return text;
    throw settingError(`${place(setting)} is missing, and so is ${setting.env.join(", ")} in the environment`);
  };
  const file = given.oidcToken ? undefined : needed(tokenFile, given.oidcTokenFile);
  const token: OidcToken = file
    ? { file, place: given.oidcTokenFile ? place(tokenFile) : tokenFile.env[0] }
    : { token: given.oidcToken ?? "", place: `${key}.oidcToken` };
  const role: Role = {
    roleArn: needed(roleArn, given.roleArn),
    sessionName: filled(sessionName, given.roleSessionName) ?? defaultSessionName,
    duration: given.sessionExpiration,
    policy: given.policy || undefined,
    origin: stsOrigin(source),
  };
  readOidcToken(token);
  return { by: "oidc", role, providerArn: needed(providerArn, given.oidcProviderArn), token };
}

/** What RRSA sets in a pod: three variables that only mean something together. */
export function environmentOidc(source: SettingsSource): SignIn | undefined {
  const { roleArn, providerArn, tokenFile, sessionName } = oidcSettings;
  const read = (setting: Setting) => readSetting(setting, { config: () => undefined, env: source.env });
  const [arn, provider, file] = [read(roleArn), read(providerArn), read(tokenFile)];
  if (!arn || !provider || !file) return undefined;
  const role = { roleArn: arn, sessionName: read(sessionName) ?? defaultSessionName, origin: stsOrigin(source) };
  const token = { file, place: tokenFile.env[0] };
  readOidcToken(token);
  return { by: "oidc", role, providerArn: provider, token };
}

/** A setting that is an object, given as JSON; throws a settings error that names the member, and repeats no value. */
function readObject<Shape extends z.ZodObject>(key: string, shape: Shape, source: SettingsSource) {
  const json = source.config(key);
  if (!json) return undefined;
  const value = parseJson(json);
  const issues = issuesOf(key, shape, value);
  if (issues.length === 0) return shape.parse(value) as z.output<Shape>;
  const reasons = issues.map(({ property, reason }) => `${property} ${reason}`).join("; ");
  throw settingError(`${reasons} (allowed in ${key}: ${Object.keys(shape.shape).join(", ")})`);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
