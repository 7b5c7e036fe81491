import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parameterErrors } from "./refusals";

interface TypeRule {
  /** Of the name given by the caller. */
  readonly name: RegExp;
  /** Of the value; a service that makes the account by itself takes only `$Auto`. */
  readonly value: (text: string) => boolean;
  readonly valueForm: string;
}

const parsesAs =
  (schema: z.ZodType) =>
  (text: string): boolean => {
    try {
      return schema.safeParse(JSON.parse(text)).success;
    } catch {
      return false;
    }
  };

const account = z.object({ AccountName: z.string(), AccountPassword: z.string() });
const anyObject = parsesAs(z.record(z.string(), z.unknown()));
const notReserved = /^(?!acs\/)(?!\$)/;
const auto = (text: string): boolean => text === "$Auto";

const RULES = {
  Generic: { name: notReserved, value: () => true, valueForm: "any text" },
  Rds: {
    name: notReserved,
    value: parsesAs(z.object({ Accounts: z.array(account).min(1) })),
    valueForm: "JSON with Accounts of AccountName and AccountPassword",
  },
  Redis: { name: notReserved, value: auto, valueForm: "$Auto" },
  PolarDB: { name: /^(?!\$)/, value: auto, valueForm: "$Auto" },
  RAMCredentials: { name: /^\$Auto$/, value: anyObject, valueForm: "a JSON object" },
  ECS: { name: /^acs\/ecs\//, value: anyObject, valueForm: "a JSON object" },
} satisfies Record<string, TypeRule>;

export type SecretType = keyof typeof RULES;

export const secretType = z
  .enum(Object.keys(RULES) as SecretType[], `must be one of ${Object.keys(RULES).join(", ")}`)
  .default("Generic");

interface Declared {
  readonly SecretName: string;
  readonly SecretType: SecretType;
  readonly SecretData: string;
  readonly SecretDataType: string;
  readonly ExtendedConfig?: string;
}

/** Throws when a new secret breaks a rule of its type. */
export function requireTypeRules(declared: Declared): void {
  const { SecretType: type, SecretDataType, ExtendedConfig } = declared;
  const rule: TypeRule = RULES[type];
  const invalid = (name: string, reason: string) => parameterErrors.invalid(name, `${reason} for ${type}`);
  if (!rule.name.test(declared.SecretName)) throw invalid("SecretName", "is reserved or has another form");
  if (!rule.value(declared.SecretData)) throw invalid("SecretData", `must be ${rule.valueForm}`);
  if (type === "Generic") return;
  if (SecretDataType !== "text") throw invalid("SecretDataType", "must be text");
  if (ExtendedConfig === undefined) throw parameterErrors.missing("ExtendedConfig");
}

/** The name that is stored: RAM credentials are named by the service, after the user in their ExtendedConfig. */
export function storedName(declared: Declared): string {
  if (declared.SecretType !== "RAMCredentials") return declared.SecretName;
  const config = z
    .object({ UserName: z.string().regex(/^[\w.@-]{1,64}$/) })
    .safeParse(JSON.parse(declared.ExtendedConfig ?? "{}"));
  if (!config.success) throw parameterErrors.invalid("ExtendedConfig", "has no UserName");
  return `acs/ram/user/${config.data.UserName}`;
}

/** A value such as the service itself makes, for `$Auto` and at each rotation. */
export const generatedValue = (): string =>
  JSON.stringify({ AccountName: "emulated", AccountPassword: randomBytes(18).toString("base64url") });
