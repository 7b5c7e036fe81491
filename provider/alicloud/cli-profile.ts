import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { systemCode } from "../errors";
import type { TemporaryKeys } from "../renewal";
import { isPlain, readSetting, refuseUnverified, type SettingsSource, settingError, settingPlace } from "../settings";
import { readCredentialsUri } from "./credentials-uri";
import { ecsSignIn } from "./ecs-metadata";
import { hasIniProfile } from "./ini-profile";
import { inBrackets } from "./oidc-token";
import { defaultSessionName, duration, oidcSignIn, roleArnPattern, stsOrigin } from "./role-settings";
import { isOn, profile as profileSetting, sharedCredentialsFile, variables } from "./settings";
import type { Role, SignIn } from "./sign-in";

/** What is no text, or an empty one, is as if it were not there. */
const text = z
  .string()
  .optional()
  .catch(undefined)
  .transform((value) => value || undefined);
const seconds = z.number().positive().optional().catch(undefined);

const profile = z.object({
  name: text,
  mode: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  sts_expiration: seconds,
  sts_region: text,
  enable_vpc: z.boolean().optional().catch(undefined),
  ram_role_name: text,
  ram_role_arn: text,
  ram_session_name: text,
  external_id: text,
  expired_seconds: seconds,
  source_profile: text,
  oidc_provider_arn: text,
  oidc_token_file: text,
  credentials_uri: text,
  cloud_sso_sign_in_url: text,
});
type Profile = z.output<typeof profile>;

const defaultFile = () => join(homedir(), ".aliyun/config.json");

const file = z.object({ current: text, profiles: z.array(profile).optional() });

/** The profiles of Alibaba Cloud's CLI, and how to speak of one that does not work. */
interface Profiles {
  readonly all: readonly Profile[];
  readonly source: SettingsSource;
  /** Whether the file is where the vendor's library looks for it. */
  readonly isDefault: boolean;
  fail(reason: string): Error;
}

/** The way to sign in of the profile that the configuration names, or of the file that it names. */
export function configuredProfile(source: SettingsSource): SignIn | undefined {
  const isConfigured = [profileSetting, sharedCredentialsFile].some(({ config }) => source.config(config));
  return isConfigured ? signInOf(source, true) : undefined;
}

/**
 * That of the profile or the file that the environment names; where it names none, of the current profile, and undefined
 * where there is none, or one without keys.
 */
export function environmentProfile(source: SettingsSource): SignIn | undefined {
  if (isOn(source, variables.withoutProfiles)) return undefined;
  const name = readSetting(profileSetting, source);
  if (readSetting(sharedCredentialsFile, source)) return signInOf(source, true);
  // The vendor's other tools mean a profile of their own file by the same variable.
  return signInOf(source, name !== undefined && !hasIniProfile(name, source));
}

function signInOf(source: SettingsSource, isNeeded: boolean): SignIn | undefined {
  const [name, given] = [readSetting(profileSetting, source), readSetting(sharedCredentialsFile, source)];
  const [namedBy, givenBy] = [settingPlace(profileSetting, source), settingPlace(sharedCredentialsFile, source)];
  const path = given?.replace(/^~(?=\/|$)/, homedir()) ?? defaultFile();
  const where = givenBy ? `the file of ${givenBy}` : "~/.aliyun/config.json";
  const which = namedBy ? `${namedBy} names a profile of ${where} that` : `the current profile of ${where}`;
  const fail = (reason: string) => settingError(`${which} cannot be used: ${reason}`);
  const content = contentOf(path, fail, isNeeded, givenBy ?? namedBy);
  const wanted = name ?? content?.current;
  const profiles = { all: content?.profiles ?? [], source, isDefault: !given, fail };
  const found = wanted ? profiles.all.find((one) => one.name === wanted) : undefined;
  if (!isNeeded && (!found || isEmpty(found))) return undefined;
  if (wanted && found) return signInBy(profiles, wanted, []);
  if (namedBy) throw fail(`there is none of that name; correct or unset ${namedBy}`);
  throw fail(`it is not there; name one by ${profileSetting.config}`);
}

function contentOf(
  path: string,
  fail: Profiles["fail"],
  isNeeded: boolean,
  setBy: string | undefined,
): z.output<typeof file> | undefined {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    if (!isNeeded && systemCode(error) === "ENOENT") return undefined;
    throw fail(`the file cannot be read${inBrackets(error)}${setBy ? `; correct or unset ${setBy}` : ""}`);
  }
  try {
    return file.parse(JSON.parse(content));
  } catch {
    throw fail("the file is not what Alibaba Cloud's CLI writes");
  }
}

/** As the CLI writes a profile before anybody has signed in. */
const isEmpty = ({ mode = "AK", access_key_id, access_key_secret }: Profile) =>
  mode === "AK" && !access_key_id && !access_key_secret;

/** `users` are the profiles that sign in by this one. */
function signInBy(profiles: Profiles, name: string, users: readonly string[]): SignIn {
  const found = profiles.all.find((one) => one.name === name);
  if (!found) throw profiles.fail("its source_profile is not there");
  if (users.includes(name)) throw profiles.fail("it is its own source_profile");
  const { mode = "AK" } = found;
  switch (mode) {
    case "AK":
    case "StsToken":
      return { by: "keys", keys: keysIn(profiles, found) };
    case "RamRoleArn":
      return assumed(profiles, found, { by: "keys", keys: keysIn(profiles, found) });
    case "EcsRamRole":
      return ecsSignIn(profiles.source, found.ram_role_name);
    case "RamRoleArnWithRoleName":
      return assumed(profiles, found, ecsSignIn(profiles.source, found.ram_role_name));
    case "ChainableRamRoleArn": {
      const base = signInBy(profiles, needed(profiles, found, "source_profile"), [...users, name]);
      return assumed(profiles, found, base);
    }
    case "OIDC":
      return oidc(profiles, found);
    case "CredentialsURI":
      return readCredentialsUri(
        needed(profiles, found, "credentials_uri"),
        "credentials_uri of the profile",
        profiles.source,
      );
    case "CloudSSO":
    case "OAuth":
    case "External":
      return byVendor(profiles, found, name);
    default:
      throw profiles.fail("its mode is none that is known here");
  }
}

function byVendor(
  { isDefault, source, fail }: Profiles,
  { mode, cloud_sso_sign_in_url }: Profile,
  name: string,
): SignIn {
  if (!isDefault) throw fail(`its mode ${mode} works only in ~/.aliyun/config.json`);
  if (isPlain(cloud_sso_sign_in_url))
    throw fail("its cloud_sso_sign_in_url is an http: address, which would send keys unencrypted");
  refuseUnverified(source);
  const place = `the profile of ~/.aliyun/config.json, of mode ${mode},`;
  return { by: "vendor", from: "profile", name, file: defaultFile(), place };
}

/** The member of a profile that its mode needs. */
function needed(profiles: Profiles, from: Profile, member: keyof Profile & string): string {
  const value = from[member];
  if (typeof value === "string") return value;
  throw profiles.fail(`its mode ${from.mode ?? "AK"} needs ${member}`);
}

function keysIn(profiles: Profiles, from: Profile): TemporaryKeys {
  const keys = {
    accessKey: needed(profiles, from, "access_key_id"),
    secretKey: needed(profiles, from, "access_key_secret"),
  };
  if (from.mode !== "StsToken") return { ...keys, securityToken: undefined };
  const endsAt = from.sts_expiration && from.sts_expiration * 1000;
  if (endsAt && endsAt <= Date.now())
    throw profiles.fail(`its token ended at ${new Date(endsAt).toISOString()}; get a new one`);
  return { ...keys, securityToken: needed(profiles, from, "sts_token"), endsAt };
}

function roleIn(profiles: Profiles, from: Profile): Role {
  const roleArn = needed(profiles, from, "ram_role_arn");
  if (!roleArnPattern.test(roleArn)) throw profiles.fail("its ram_role_arn is not the ARN of a RAM role");
  const lasts = duration.optional().safeParse(from.expired_seconds);
  if (!lasts.success) throw profiles.fail(`its expired_seconds ${lasts.error.issues[0]?.message}`);
  return {
    roleArn,
    sessionName: from.ram_session_name ?? defaultSessionName,
    duration: lasts.data,
    origin: stsOrigin(profiles.source, from.sts_region, from.enable_vpc),
  };
}

const assumed = (profiles: Profiles, from: Profile, base: SignIn): SignIn => ({
  by: "role",
  base,
  role: roleIn(profiles, from),
  externalId: from.external_id,
});

function oidc(profiles: Profiles, from: Profile): SignIn {
  const token = { file: needed(profiles, from, "oidc_token_file"), place: "oidc_token_file of the profile" };
  return oidcSignIn(roleIn(profiles, from), needed(profiles, from, "oidc_provider_arn"), token);
}
