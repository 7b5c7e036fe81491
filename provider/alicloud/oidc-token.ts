import { readFileSync } from "node:fs";
import { systemCode } from "../errors";
import { endOfJwt } from "../jwt";
import { settingError } from "../settings";
import type { OidcToken } from "./sign-in";

/** The token as it is now; throws a settings error where there is none, or where it says itself that it has ended. */
export function readOidcToken(from: OidcToken): string {
  const token = "token" in from ? from.token : textOf(from.file, from.place).trim();
  if (!token) throw settingError(`${from.place} names an empty file; it must hold the token of the OIDC provider`);
  const endsAt = endOfJwt(token);
  if (endsAt !== undefined && endsAt <= Date.now()) {
    const ended = new Date(endsAt).toISOString();
    throw settingError(`the OIDC token of ${from.place} ended at ${ended}; get a new one from its provider`);
  }
  return token;
}

function textOf(file: string, place: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw settingError(`${place} names a file that cannot be read${inBrackets(error)}`);
  }
}

/** What went wrong with a file; no message, as that would name a path, which may be anything. */
export function inBrackets(error: unknown): string {
  const code = systemCode(error);
  return code === undefined ? "" : ` (${code})`;
}
