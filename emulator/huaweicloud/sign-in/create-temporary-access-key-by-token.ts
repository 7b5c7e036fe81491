import { z } from "zod";
import type { ServiceOptions, WireReply, WireRequest } from "../../service";
import { authenticate } from "../authenticate";
import { parse, rawInput } from "../operation";
import { reply } from "../reply";
import { type Giver, givenOut, issueKeys, isToken } from "../temporary-keys";
import { unscoped } from "./create-unscoped-token-with-id-token";
import { duration } from "./duration";

const input = z.object({
  body: z.object({
    auth: z.object({
      identity: z.object({
        methods: z.tuple([z.literal("token")]),
        token: z.object({ duration_seconds: duration }).prefault({}),
      }),
    }),
  }),
});

/** Keys of whoever has a token, also one without a project, as OpenID Connect gives. */
export function createTemporaryAccessKeyByToken(request: WireRequest, options: ServiceOptions, seen: Giver): WireReply {
  if (!isToken(options, unscoped, request.headers["x-auth-token"])) authenticate(request, options);
  const { token } = parse(input, rawInput(request, {})).body.auth.identity;
  const credential = issueKeys(options, token.duration_seconds);
  seen.givenOut.push(givenOut(credential));
  return reply({ credential }, 201);
}
