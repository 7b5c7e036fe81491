import { z } from "zod";
import { parameterErrors } from "./refusals";

const MAX_PAIRS = 10;

const text = z.string().min(1, "must not be empty");

const oneOf = (...values: string[]) => z.enum(values, `must be ${values.join(" or ")}`);

/** What a caller keeps beside a managed secret. */
export const customData = z
  .record(z.string(), z.unknown())
  .refine((data) => Object.keys(data).length <= MAX_PAIRS, `has at most ${MAX_PAIRS} pairs`);

const own = { CustomData: customData.optional() };

interface Cloned {
  readonly AccountName: string;
  readonly CloneAccountName?: string;
}

const isCloneOf = ({ AccountName, CloneAccountName = `${AccountName}_clone` }: Cloned): boolean =>
  CloneAccountName === `${AccountName}_clone`;

const notTheClone = { path: ["CloneAccountName"], error: "must be the AccountName with _clone" };

const rds = z.strictObject({ SecretSubType: oneOf("SingleUser", "DoubleUsers"), DBInstanceId: text, ...own });

const redis = z
  .strictObject({
    SecretSubType: oneOf("DoubleUsers"),
    AccountName: text,
    CloneAccountName: text,
    AccountPrivilege: text,
    InstanceId: text,
    RegionId: text,
    ...own,
  })
  .refine(isCloneOf, notTheClone);

const ram = z.strictObject({
  SecretSubType: oneOf("RamUserAccessKey"),
  // becomes a part of the secret's name
  UserName: z.string().regex(/^[\w.@-]{1,64}$/, "must be 1 to 64 of letters, digits and _ . @ -"),
  ...own,
});

const ecs = z.strictObject({ SecretSubType: oneOf("Password", "SSHKey"), RegionId: text, InstanceId: text, ...own });

const polarDb = z
  .strictObject({
    SecretSubType: oneOf("DoubleUsers"),
    RegionId: text,
    DBClusterId: text,
    DBType: oneOf("MySQL", "PostgreSQL"),
    AccountName: text,
    CloneAccountName: text.optional(),
    AccountType: oneOf("Normal").optional(),
    AccountPrivilege: text.optional(),
    DBName: text.optional(),
    ...own,
  })
  .refine(isCloneOf, notTheClone)
  .refine(
    ({ DBType, AccountPrivilege, DBName }) => DBType === "MySQL" || (AccountPrivilege ?? DBName) === undefined,
    "AccountPrivilege and DBName are for MySQL",
  );

const SCHEMAS = { Rds: rds, Redis: redis, RAMCredentials: ram, ECS: ecs, PolarDB: polarDb };

export type ManagedType = keyof typeof SCHEMAS;

/** An extended configuration that fits its type, with the members that names and values are made of. */
export interface ExtendedConfig {
  readonly SecretSubType?: string;
  readonly AccountName?: string;
  readonly UserName?: string;
  readonly CustomData: unknown;
}

/** What a secret has that the service manages. */
export interface Managed {
  readonly type: ManagedType;
  readonly config: ExtendedConfig;
}

/** Reads the JSON object that was sent; throws when it is none of the type's. */
export function readConfig(type: ManagedType, sent: string): ExtendedConfig {
  const given: Partial<ExtendedConfig> = JSON.parse(sent);
  const read = SCHEMAS[type].safeParse(given);
  const issue = read.error?.issues[0];
  if (issue) throw parameterErrors.invalid("ExtendedConfig", [...issue.path, issue.message, "for", type].join(" "));
  return { ...given, CustomData: given.CustomData ?? {} };
}
