import { z } from "zod";
import type { ServiceOptions, WireReply, WireRequest } from "../../service";
import { ABSENT, assumptions } from "../assumptions";
import { keystoneError, notAuthenticated } from "../keystone";
import { parse, rawInput } from "../operation";
import { reply } from "../reply";
import { type Giver, issueToken } from "../temporary-keys";

/** What the token is for: it signs no call of another service. */
export const unscoped = "unscoped";

const input = z.object({ body: z.object({ auth: z.object({ id_token: z.object({ id: z.string() }) }) }) });
const claims = z.object({ exp: z.number() });
const { tokenSeconds } = assumptions;

/** A token for one of OpenID Connect, by the identity provider that a header names; the request is not signed. */
export function createUnscopedTokenWithIdToken(request: WireRequest, options: ServiceOptions, seen: Giver): WireReply {
  const provider = request.headers["x-idp-id"];
  const { id } = parse(input, rawInput(request, {})).body.auth.id_token;
  if (!provider) return keystoneError(400, "Bad Request", "X-Idp-Id is missing.");
  if (provider.includes(ABSENT)) return keystoneError(404, "Not Found", "Could not find identity provider.");
  if (endOf(id) * 1_000 <= options.now()) return notAuthenticated();
  const token = issueToken(options, unscoped, tokenSeconds);
  seen.givenOut.push({ token });
  const expires_at = new Date(options.now() + tokenSeconds * 1_000).toISOString();
  const answer = reply({ token: { expires_at, methods: ["mapped"] } }, 201);
  return { ...answer, headers: { ...answer.headers, "x-subject-token": token } };
}

/** When a JWT ends, in seconds since 1970; 0 for what is none. */
function endOf(jwt: string): number {
  try {
    return claims.parse(JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"))).exp;
  } catch {
    return 0;
  }
}
