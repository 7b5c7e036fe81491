import { readFileSync } from "node:fs";
import { systemCode } from "../errors";
import { endOfJwt } from "../jwt";
import { settingError } from "../settings";
import { idTokenVariables } from "./settings";

/** The token of OpenID Connect in a file; throws a settings error for one that is not there, or has ended. */
export function readIdToken(file: string): string {
  const named = `${idTokenVariables.file} names ${file}`;
  let token = "";
  try {
    token = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw settingError(`${named}, which cannot be read: ${systemCode(error) ?? "unknown"}`);
  }
  if (!token) throw settingError(`${named}, which is empty`);
  const end = endOfJwt(token);
  if (end && end <= Date.now())
    throw settingError(`${named}, whose token ended at ${new Date(end).toISOString()}; have a new one written there`);
  return token;
}
