import { z } from "zod";
import type { TemporaryKeys } from "../renewal";

/** Temporary keys as IAM and the metadata of an instance give them. */
export const issuedKeys = z
  .object({
    credential: z.object({
      access: z.string().min(1),
      secret: z.string().min(1),
      securitytoken: z.string().min(1),
      expires_at: z.string().refine((time) => !Number.isNaN(Date.parse(time))),
    }),
  })
  .transform(
    ({ credential: { access, secret, securitytoken, expires_at } }): TemporaryKeys => ({
      accessKey: access,
      secretKey: secret,
      securityToken: securitytoken,
      endsAt: Date.parse(expires_at),
    }),
  );
