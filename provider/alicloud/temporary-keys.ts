import { z } from "zod";
import type { TemporaryKeys } from "../renewal";
import { unusable } from "../transport";

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
export function issuedIn(call: string, status: number, text: string): TemporaryKeys {
  try {
    return temporaryKeys.parse(JSON.parse(text));
  } catch {
    throw unusable(call, status, "the answer holds no temporary keys");
  }
}
