import { z } from "zod";
import { type Managed, type ManagedType, readConfig } from "./extended-config";
import { parameterErrors } from "./refusals";

const notReserved = /^(?!acs\/)(?!\$)/;

/** Of the name given by the caller. */
const NAMES = {
  Generic: notReserved,
  Rds: notReserved,
  Redis: notReserved,
  PolarDB: notReserved,
  RAMCredentials: /^\$Auto$/,
  ECS: /^acs\/ecs\/./,
} satisfies Record<"Generic" | ManagedType, RegExp>;

export type SecretType = keyof typeof NAMES;

export const secretType = z
  .enum(Object.keys(NAMES) as SecretType[], `must be one of ${Object.keys(NAMES).join(", ")}`)
  .default("Generic");

interface Declared {
  readonly SecretName: string;
  readonly SecretType: SecretType;
  readonly SecretDataType: string;
  readonly ExtendedConfig?: string;
}

/** What its type makes of a new secret. */
export interface Typed {
  readonly name: string;
  readonly managed?: Managed;
}

/** Throws when a new secret breaks a rule of its type; its value aside. */
export function typed(declared: Declared): Typed {
  const { SecretName: name, SecretType: type, SecretDataType, ExtendedConfig } = declared;
  const invalid = (parameter: string, reason: string) => parameterErrors.invalid(parameter, `${reason} for ${type}`);
  if (!NAMES[type].test(name)) throw invalid("SecretName", "is reserved or has another form");
  if (type === "Generic") return { name };
  if (SecretDataType !== "text") throw invalid("SecretDataType", "must be text");
  if (ExtendedConfig === undefined) throw parameterErrors.missing("ExtendedConfig");
  const config = readConfig(type, ExtendedConfig);
  // RAM credentials are named by the service
  return { name: type === "RAMCredentials" ? `acs/ram/user/${config.UserName}` : name, managed: { type, config } };
}
