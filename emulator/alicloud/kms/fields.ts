import { z } from "zod";
import { bytesUpTo, jsonOf, jsonText } from "../parameters";

/** A secret's name. */
export const secretName = z
  .string()
  .regex(/^[A-Za-z0-9_/+=.@-]{1,192}$/, "1 to 192 of letters, digits and _ / + = . - @");

/** A secret's name or ARN. */
export const secretRef = z.union([secretName, z.string().regex(/^acs:kms:[a-z0-9-]+:\d{16}:secret\/.{1,192}$/)], {
  error: "must be the name or ARN of a secret",
});

export const versionId = z.string().min(1).max(64, "at most 64 characters");

export const secretData = bytesUpTo(30_720);

export const secretDataType = z.enum(["text", "binary"], "must be text or binary").default("text");

export const stage = z.string().regex(/^[A-Za-z0-9_/+=.@-]{1,64}$/, "1 to 64 of letters, digits and _ / + = . - @");

export const stageList = jsonOf(z.array(stage).min(1, "must name a stage"));

export const extendedConfig = jsonText.refine((text) => [...text].length <= 1024, "at most 1024 characters");

export const policy = bytesUpTo(32_768).pipe(jsonText);

export const policyName = z.string().default("default");

const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 };

/** `7d`, `12h`, `720m` or `43200s`, from 6 hours to 8760; read in seconds. */
export const rotationInterval = z
  .string()
  .regex(/^\d{1,9}[dhms]$/, "must be an integer with d, h, m or s")
  .transform((text) => Number.parseInt(text, 10) * SECONDS[text.at(-1) as keyof typeof SECONDS])
  .refine((seconds) => seconds >= 6 * 3_600 && seconds <= 8_760 * 3_600, "must be 6 to 8760 hours");
