import { z } from "zod";
import { issuesOf } from "../issues";
import { jsonIn } from "../json";
import { readEndpoint, type SettingsSource, settingError } from "../settings";
import { readOidcToken } from "./oidc-token";
import { publicSts } from "./roles";
import { assumeRole, assumeRoleWithOidc, endpoints, isOn, oidcVariables, variables } from "./settings";
import type { OidcToken, Role, SignIn } from "./sign-in";

const arnRule = "must be the ARN of a RAM role, such as acs:ram::1234567890123456:role/deploy";
export const roleArnPattern = /^acs:ram::\d{1,32}:role\/[\w.@/-]{1,128}$/i;
const roleArn = z.string().regex(roleArnPattern, arnRule);
/** A text of digits comes from `pulumi config set --path` as a number. */
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

/** `alicloud:assumeRole`. */
export const assumedRole = z.strictObject({
  roleArn: z.union([roleArn, z.literal("")], arnRule),
  sessionName: sessionName.optional(),
  policy: policy.optional(),
  sessionExpiration: duration.optional(),
  externalId: textual.optional(),
});

const providerArn = z
  .string()
  .regex(/^acs:ram::\d{1,32}:oidc-provider\/\S{1,128}$/i, "must be the ARN of an OIDC provider in RAM");

/** `alicloud:assumeRoleWithOidc`. */
export const oidcRole = z.strictObject({
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
export function stsOrigin(source: SettingsSource, region = source.env[variables.stsRegion], isInVpc = false): string {
  const inVpc = isInVpc || isOn(source, variables.inVpc);
  return readEndpoint(endpoints.sts, source)?.origin ?? publicSts(region, inVpc);
}

/** The base, or the role that `alicloud:assumeRole` has it take on. */
export function withAssumedRole(base: SignIn, source: SettingsSource): SignIn {
  const given = readObject(assumeRole.config, assumedRole, source);
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

/** What `alicloud:assumeRoleWithOidc` says; what it leaves out comes from the variables that RRSA sets. */
export function configuredOidc(source: SettingsSource): SignIn | undefined {
  const key = assumeRoleWithOidc.config;
  const given = readObject(key, oidcRole, source);
  if (!given) return undefined;
  const needed = (member: "roleArn" | "oidcProviderArn" | "oidcTokenFile") => {
    const value = given[member] ?? source.env[oidcVariables[member]];
    if (value) return value;
    throw settingError(`${key}.${member} is missing, and so is ${oidcVariables[member]} in the environment`);
  };
  const filePlace = given.oidcTokenFile ? `${key}.oidcTokenFile` : oidcVariables.oidcTokenFile;
  const token: OidcToken = given.oidcToken
    ? { token: given.oidcToken, place: `${key}.oidcToken` }
    : { file: needed("oidcTokenFile"), place: filePlace };
  const role = {
    roleArn: needed("roleArn"),
    sessionName: given.roleSessionName ?? oidcSessionName(source),
    duration: given.sessionExpiration,
    policy: given.policy || undefined,
    origin: stsOrigin(source),
  };
  return oidcSignIn(role, needed("oidcProviderArn"), token);
}

/** What RRSA sets in a pod: three variables that only mean something together. */
export function environmentOidc(source: SettingsSource): SignIn | undefined {
  const { roleArn, oidcProviderArn, oidcTokenFile } = oidcVariables;
  const [arn, providerArn, file] = [roleArn, oidcProviderArn, oidcTokenFile].map((name) => source.env[name]);
  if (!arn || !providerArn || !file) return undefined;
  const role = { roleArn: arn, sessionName: oidcSessionName(source), origin: stsOrigin(source) };
  return oidcSignIn(role, providerArn, { file, place: oidcTokenFile });
}

const oidcSessionName = ({ env }: SettingsSource) => env[oidcVariables.roleSessionName] || defaultSessionName;

/** Throws a settings error for a token that cannot be used even now. */
export function oidcSignIn(role: Role, providerArn: string, token: OidcToken): SignIn {
  readOidcToken(token);
  return { by: "oidc", role, providerArn, token };
}

/** A setting that is an object, given as JSON; throws a settings error that names the member, and repeats no value. */
function readObject<Shape extends z.ZodObject>(key: string, shape: Shape, source: SettingsSource) {
  const json = source.config(key);
  if (!json) return undefined;
  const value = jsonIn(json);
  const issues = issuesOf(key, shape, value);
  if (issues.length === 0) return shape.parse(value) as z.output<Shape>;
  const reasons = issues.map(({ property, reason }) => `${property} ${reason}`).join("; ");
  throw settingError(`${reasons} (allowed in ${key}: ${Object.keys(shape.shape).join(", ")})`);
}
