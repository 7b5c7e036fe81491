import { z } from "zod";
import type { ServiceOptions, WireReply, WireRequest } from "../../service";
import { ABSENT } from "../assumptions";
import { authenticate } from "../authenticate";
import { keystoneError } from "../keystone";
import { parse, rawInput } from "../operation";
import { reply } from "../reply";
import { type Giver, givenOut, issueKeys } from "../temporary-keys";
import { duration } from "./duration";

const name = z.string().min(1).max(64);

const input = z.object({
  body: z.object({
    auth: z.object({
      identity: z.object({
        methods: z.tuple([z.literal("assume_role")]),
        assume_role: z
          .object({
            agency_name: name,
            domain_id: name.optional(),
            domain_name: name.optional(),
            duration_seconds: duration,
          })
          .refine(({ domain_id, domain_name }) => domain_id ?? domain_name, { error: "the account is missing" }),
      }),
    }),
  }),
});

/** Keys of an agency that another account has. */
export function createTemporaryAccessKeyByAgency(
  request: WireRequest,
  options: ServiceOptions,
  seen: Giver,
): WireReply {
  authenticate(request, options);
  const { agency_name, domain_id, domain_name, duration_seconds } = parse(input, rawInput(request, {})).body.auth
    .identity.assume_role;
  if ([agency_name, domain_id, domain_name].some((one) => one?.includes(ABSENT)))
    return keystoneError(404, "Not Found", `Could not find agency: ${agency_name}.`);
  const credential = issueKeys(options, duration_seconds);
  seen.givenOut.push(givenOut(credential));
  return reply({ credential }, 201);
}
