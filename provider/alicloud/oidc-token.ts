import { readFileSync } from "node:fs";
import { settingError } from "../settings";
import type { OidcToken } from "./sign-in";

/** The token as it is now; throws a settings error where there is none, or where it says itself that it has ended. */
export function readOidcToken(from: OidcToken): string {
  const token = "token" in from ? from.token : textOf(from.file, from.place).trim();
  if (!token) throw settingError(`${from.place} names an empty file; it must hold the token of the OIDC provider`);
  const endsAt = endOf(token);
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
    throw settingError(`${place} names a file that cannot be read${codeOf(error)}`);
  }
}

/** The system's code for what went wrong with a file, in brackets; its message would name a path, which may be anything. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
}

/** When a JWT ends, in milliseconds since 1970; undefined where it does not say. */
function endOf(token: string): number | undefined {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof exp === "number" ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
