import { z } from "zod";
import { ABSENT } from "../assumptions";
import { operation } from "./context";
import { assumed, checkRole, roleFields } from "./fields";
import { STS } from "./refusals";

const claims = z.object({ iss: z.string(), sub: z.string(), aud: z.string(), exp: z.number() });

/** What a token says of itself; who signed it is not looked at, as no provider is there to ask. */
function claimsIn(token: string): z.output<typeof claims> {
  try {
    const [, payload = "", signature] = token.split(".");
    if (!signature) throw STS.wrongToken();
    return claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  } catch {
    throw STS.wrongToken();
  }
}

export const assumeRoleWithOidc = operation(
  "AssumeRoleWithOIDC",
  {
    ...roleFields,
    OIDCProviderArn: z.string().regex(/^acs:ram::\d{1,32}:oidc-provider\/\S+$/i, "must be the ARN of a provider"),
    OIDCToken: z.string().min(4).max(20_000),
  },
  (input, { sessions, now }) => {
    if (input.OIDCProviderArn.includes(ABSENT)) throw STS.noProvider();
    const { iss, sub, aud, exp } = claimsIn(input.OIDCToken);
    if (exp * 1000 <= now) throw STS.endedToken();
    checkRole(input.RoleArn);
    const session = sessions.issue(input.RoleArn, input.RoleSessionName, input.DurationSeconds);
    return { ...assumed(session), OIDCTokenInfo: { Issuer: iss, Subject: sub, ClientIds: aud } };
  },
  { isOpen: true },
);
