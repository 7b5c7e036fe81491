import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readSetting, refuseUnverified, type SettingsSource, settingError, settingPlace } from "../settings";
import { profile, variables } from "./settings";
import type { SignIn } from "./sign-in";

const fileOf = ({ env }: SettingsSource) => env[variables.iniFile] || join(homedir(), ".alibabacloud/credentials");

/** The way to sign in of what the vendor's other tools share, which their library reads; undefined where there is no such file. */
export function iniProfile(source: SettingsSource): SignIn | undefined {
  const given = source.env[variables.iniFile];
  if (!existsSync(fileOf(source))) {
    if (given) throw settingError(`${variables.iniFile} in the environment names a file that is not there`);
    return undefined;
  }
  refuseUnverified(source);
  const place = given ? `the file of ${variables.iniFile}` : "~/.alibabacloud/credentials";
  const name = readSetting(profile, source);
  if (name && !hasIniProfile(name, source)) {
    const namedBy = settingPlace(profile, source);
    throw settingError(`${namedBy} names a profile that ${place} does not have; correct or unset ${namedBy}`);
  }
  return { by: "vendor", from: "ini", name, file: fileOf(source), place };
}

/** Whether that file is there and has a profile of this name. */
export function hasIniProfile(name: string, source: SettingsSource): boolean {
  try {
    const lines = readFileSync(fileOf(source), "utf8").split(/[\r\n]+/);
    return lines.some((line) => line.trim() === `[${name}]`);
  } catch {
    return false;
  }
}
