import { readFileSync } from "node:fs";
import { z } from "zod";
import { systemCode } from "../errors";
import { type Keys, readSetting, type Setting, type SettingsSource, settingError } from "../settings";
import { profileFile, profileName } from "./settings";

const keys = {
  accessKeyId: z.string().optional(),
  secretAccessKey: z.string().optional(),
  securityToken: z.string().optional(),
};
const profileShape = z.object({
  name: z.string(),
  mode: z.string().optional(),
  ...keys,
  region: z.string().optional(),
  projectId: z.string().optional(),
  domainId: z.string().optional(),
  agencyName: z.string().optional(),
  agencyDomainId: z.string().optional(),
  agencyDomainName: z.string().optional(),
  sourceProfile: z.string().optional(),
  ssoAuth: z.object({ stsToken: z.object(keys).optional() }).optional(),
});
const fileShape = z.object({
  current: z.string().optional(),
  authEncrypt: z.union([z.string(), z.boolean()]).optional(),
  profiles: z.array(profileShape).nullish(),
});

type ProfileEntry = z.infer<typeof profileShape>;

/** One profile of the file, `~/.hcloud/config.json` by default, that Huawei Cloud's CLI (KooCLI) keeps. */
export interface Profile {
  /** The profile and its file, as errors name it. */
  readonly what: string;
  /** Keys, or those that the instance's agency gives. */
  readonly keys: Keys | "ecsAgency";
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  readonly domainId: string | undefined;
  /** The agency whose keys take the place of these. */
  readonly agency: { agencyName: string; domainId?: string | undefined; domainName?: string | undefined } | undefined;
}

const isSet = ({ config, env }: Setting, source: SettingsSource, from: "config" | "env") =>
  from === "config" ? Boolean(source.config(config)) : env.some((name) => source.env[name]);

/** The profile that a place of settings asks for; throws a settings error where it cannot be used. */
export function namedProfile(source: SettingsSource, from: "config" | "env"): Profile | undefined {
  if (!isSet(profileName, source, from) && !isSet(profileFile, source, from)) return undefined;
  const file = fileOf(source);
  if (!file)
    throw settingError(`there is no home folder to look for a profile in; name its file by ${profileFile.config}`);
  return profileIn(file, readFile(file), readSetting(profileName, source));
}

/**
 * The profile that the CLI itself would use, where it has any. It always has a current one then: a file without is an
 * error, as whatever comes next would be somebody else.
 */
export function currentProfile(source: SettingsSource): Profile | undefined {
  const file = fileOf(source);
  if (!file) return undefined;
  const content = readFile(file, "if there");
  return content?.profiles?.length ? profileIn(file, content, undefined) : undefined;
}

/** A `~` is the home folder, which without its variable is nowhere. */
function fileOf(source: SettingsSource): string | undefined {
  const home = source.env.HOME || source.env.USERPROFILE;
  const file = readSetting(profileFile, source);
  if (file) return home ? file.replace(/^~(?=[\\/])/, home) : file;
  return home && `${home}/.hcloud/config.json`;
}

type FileContent = z.infer<typeof fileShape>;

function readFile(file: string): FileContent;
function readFile(file: string, when: "if there"): FileContent | undefined;
function readFile(file: string, when?: "if there"): FileContent | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" && when) return undefined;
    // The parser's message would repeat what stands in the file.
    throw settingError(`the file of profiles ${file} cannot be read: ${code ?? "it is no JSON"}`);
  }
  const parsed = fileShape.safeParse(content);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join(".");
  throw settingError(
    `the file of profiles ${file} is none of Huawei Cloud's CLI: ${at || "its content"} is not as the CLI writes it`,
  );
}

function profileIn(file: string, content: FileContent, name: string | undefined): Profile {
  const wanted = name ?? content.current;
  const profiles = content.profiles ?? [];
  if (!wanted) {
    const names = [profileName.config, ...profileName.env].join(" or ");
    throw settingError(
      `${file} has no current profile; name one by ${names}, or make one current by \`hcloud configure set --cli-profile=…\``,
    );
  }
  const entry = profiles.find((one) => one.name === wanted);
  if (!entry) {
    const names = profiles.map((one) => `"${one.name}"`).join(", ");
    throw settingError(`${file} has no profile "${wanted}"; it has ${names || "none"}`);
  }
  const what = `the profile "${wanted}" of ${file}`;
  const agency = agencyOf(entry, what);
  const sourceEntry = entry.sourceProfile ? profiles.find((one) => one.name === entry.sourceProfile) : entry;
  if (!sourceEntry) throw settingError(`${what} has the source profile "${entry.sourceProfile}", which is not there`);
  return {
    what,
    keys: keysOf(sourceEntry, content, sourceEntry === entry ? what : `${what}, by its source profile`),
    region: entry.region || undefined,
    projectId: entry.projectId || undefined,
    domainId: sourceEntry.domainId || undefined,
    agency,
  };
}

function agencyOf(entry: ProfileEntry, what: string): Profile["agency"] {
  const { agencyName, agencyDomainId: domainId, agencyDomainName: domainName } = entry;
  if (!agencyName) return undefined;
  if (!domainId && !domainName)
    throw settingError(`${what} has an agencyName, but no agencyDomainId or agencyDomainName`);
  return { agencyName, domainId: domainId || undefined, domainName: domainName || undefined };
}

/** By its mode those of the instance; else its own, or those that single sign-on has given it. */
function keysOf(entry: ProfileEntry, content: FileContent, what: string): Profile["keys"] {
  if (entry.mode?.toLowerCase() === "ecsagency") return "ecsAgency";
  const { accessKeyId, secretAccessKey, securityToken } = (entry.accessKeyId ? entry : entry.ssoAuth?.stsToken) ?? {};
  if (!accessKeyId || !secretAccessKey) {
    const login = entry.ssoAuth ? "; sign in by `hcloud configure sso`" : "";
    throw settingError(`${what} has no accessKeyId with a secretAccessKey${login}`);
  }
  if (isEncrypted(content, accessKeyId))
    throw settingError(
      `${what} holds encrypted keys, which only the CLI can read; have it write them in plain text by \`hcloud configure set --cli-auth-encrypt=false\`, or give keys by the configuration or the environment`,
    );
  return { accessKey: accessKeyId, secretKey: secretAccessKey, securityToken: securityToken || undefined };
}

/** The CLI encrypts unless it is told not to; where the file does not say which, no access key has other characters, or more. */
function isEncrypted({ authEncrypt }: FileContent, accessKey: string): boolean {
  if (authEncrypt === undefined || authEncrypt === "") return !/^[A-Za-z0-9]{1,40}$/.test(accessKey);
  return String(authEncrypt).toLowerCase() !== "false";
}
