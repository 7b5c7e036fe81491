import { z } from "zod";
import { assumptions } from "./assumptions";
import { periodOf } from "./rotation";
import { previousStage } from "./versions";

const valueBytes = 64 * 1024;
/** More than the 20 largest versions need. */
const blobLength = 5 * 1024 * 1024;

/** A text of so many bytes in UTF-8. */
const bytes = (min: number, max: number) =>
  z.string().refine((text) => within(Buffer.byteLength(text), min, max), `must have ${min} to ${max} bytes`);

/** Null counts as absent, as for every Java service. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

/** Every parameter's rule, by its name on the wire. */
export const fields = {
  project_id: z.string().regex(/^[0-9a-zA-Z]{32}$/),
  secret_name: name,
  event_name: name,
  version_id: z.string().regex(/^v\d+$/),
  stage_name: name,
  kms_key_id: z.string().regex(/^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/),
  description: bytes(0, 2048),
  secret_string: bytes(1, valueBytes),
  secret_binary: z
    .base64()
    .refine((text) => within(Buffer.byteLength(text, "base64"), 1, valueBytes), `must hold 1 to ${valueBytes} bytes`),
  secret_type: z.enum(["COMMON", "RDS-FG", "GaussDB-FG"]),
  secret_blob: z.base64().min(1).max(blobLength),
  rotation_period: z.string().refine((text) => within(periodOf(text), hours(4), hours(8760)), "must be 4h to 8760h"),
  rotation_config: z.string().max(1024),
  rotation_func_urn: z.string().min(1),
  event_subscriptions: z.array(z.string().regex(/^[a-zA-Z0-9_-]{0,64}$/)).max(1),
  enterprise_project_id: z.string().min(1).max(36),
  version_stages: z
    .array(name.refine((stage) => stage !== previousStage, `must not be ${previousStage}`))
    .min(1)
    .max(12),
  expire_time: z
    .int()
    .refine((time) => within(time, 1e12, 1e13 - 1) && time % 1000 === 0, "must be 13 digits that end in 000"),
  recovery_window_in_days: z.int().min(7).max(30),
  tag_key: z.string().regex(/^(?!\s|_sys_)[\p{L}\p{Z}\p{N}_.:=+\-@]{1,128}(?<!\s)$/u),
  tag_value: optional(z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255}$/u)).transform((value) => value ?? ""),
  event_types: z
    .array(
      z.enum([
        "SECRET_VERSION_CREATED",
        "SECRET_VERSION_EXPIRED",
        "SECRET_ROTATED",
        "SECRET_DELETED",
        "SECRET_ROTATED_FAILED",
      ]),
    )
    .max(12)
    .refine((types) => new Set(types).size === types.length, "must not repeat"),
  event_state: z.enum(["ENABLED", "DISABLED"]),
  notification: z.object({
    target_type: z.literal("SMN"),
    target_id: z.string().regex(/^[a-zA-Z0-9\-._:]{1,256}$/),
    target_name: name,
  }),
  sequence: z.string().length(36),
  limit: z.coerce.number().int().min(1).max(assumptions.maxPage).default(50),
  password_length: z.int().min(assumptions.passwordLength.min).max(assumptions.passwordLength.max).default(32),
};

export const tag = z.object({ key: fields.tag_key, value: fields.tag_value });

export const pageQuery = z.object({ limit: fields.limit, marker: z.string().optional() });

/** A secret's value: one of two. */
export const value = {
  secret_string: optional(fields.secret_string),
  secret_binary: optional(fields.secret_binary),
};

export const oneValueFault = {
  path: ["secret_string"],
  message: "exactly one of secret_string and secret_binary is needed",
};

export function hasOneValue(body: { secret_string?: string; secret_binary?: string }): boolean {
  return (body.secret_string === undefined) !== (body.secret_binary === undefined);
}

function within(amount: number, min: number, max: number): boolean {
  return amount >= min && amount <= max;
}

function hours(count: number): number {
  return count * 60 * 60 * 1000;
}
