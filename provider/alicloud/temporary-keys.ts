import { z } from "zod";
import type { TemporaryKeys } from "../renewal";
import { type TextReply, unusable } from "../transport";

/** Temporary keys as STS, the metadata service of ECS and sidecars answer them alike. */
export const temporaryKeys = z
  .object({
    AccessKeyId: z.string().min(1),
    AccessKeySecret: z.string().min(1),
    SecurityToken: z.string().min(1),
    Expiration: z.iso.datetime({ offset: true }),
  })
  .transform(
    (given): TemporaryKeys => ({
      accessKey: given.AccessKeyId,
      secretKey: given.AccessKeySecret,
      securityToken: given.SecurityToken,
      endsAt: Date.parse(given.Expiration),
    }),
  );

/** Reads temporary keys from text of JSON; nothing of what it holds is told. */
export function issuedIn(call: string, reply: TextReply): TemporaryKeys {
  try {
    return temporaryKeys.parse(JSON.parse(reply.text));
  } catch {
    throw unusable(call, reply, "the answer holds no temporary keys");
  }
}
