import { z } from "zod";
import { jsonIn } from "./json";

const claims = z.object({ exp: z.number() });

/** When a JWT says that it ends, in milliseconds since 1970; undefined where that cannot be told. */
export function endOfJwt(token: string): number | undefined {
  const content = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  const parsed = claims.safeParse(jsonIn(content));
  const end = parsed.success ? parsed.data.exp * 1_000 : Number.NaN;
  return Number.isNaN(new Date(end).getTime()) ? undefined : end;
}
