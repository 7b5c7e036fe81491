import { readFileSync } from "node:fs";
import { z } from "zod";
import { settingError } from "../settings";
import { idTokenVariables } from "./settings";

const claims = z.object({ exp: z.number() });

/** The token of OpenID Connect in a file; throws a settings error for one that is not there, or has ended. */
export function readIdToken(file: string): string {
  const named = `${idTokenVariables.file} names ${file}`;
  let token = "";
  try {
    token = readFileSync(file, "utf8").trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw settingError(`${named}, which cannot be read: ${code}`);
  }
  if (!token) throw settingError(`${named}, which is empty`);
  const end = endOf(token);
  if (end && end <= Date.now())
    throw settingError(`${named}, whose token ended at ${new Date(end).toISOString()}; have a new one written there`);
  return token;
}

/** When a token ends, in milliseconds since 1970; undefined where that cannot be told. */
function endOf(token: string): number | undefined {
  try {
    const ms =
      claims.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"))).exp * 1_000;
    return Number.isNaN(new Date(ms).getTime()) ? undefined : ms;
  } catch {
    return undefined;
  }
}
