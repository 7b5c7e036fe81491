import { z } from "zod";
import type { Differing, Values } from "../fields";
import type { Refusal, Rule } from "../rules";
import { filledText, isLonger, normalizeJson } from "../schemas";
import { hasUnknown } from "../unknown";

const some = filledText;
const customData = z
  .record(z.string(), z.unknown())
  .refine((data) => Object.keys(data).length <= 10, "must be at most 10 pairs")
  .optional();

/** What KMS needs to know to rotate a value, by the type of secret; the names on the wire start with a capital letter. */
const configs = {
  Rds: z.strictObject({ secretSubType: z.enum(["SingleUser", "DoubleUsers"]), dbInstanceId: some, customData }),
  Redis: z.strictObject({
    secretSubType: z.literal("DoubleUsers"),
    regionId: some,
    instanceId: some,
    accountName: some,
    cloneAccountName: some,
    accountPrivilege: some,
    customData,
  }),
  RAMCredentials: z.strictObject({
    secretSubType: z.literal("RamUserAccessKey"),
    userName: z.string().regex(/^[\w.@-]{1,64}$/, "must be 1 to 64 letters, digits or any of _ . @ -"),
    customData,
  }),
  ECS: z.strictObject({
    secretSubType: z.enum(["Password", "SSHKey"]),
    regionId: some,
    instanceId: some,
    customData,
  }),
  PolarDB: z.strictObject({
    secretSubType: z.literal("DoubleUsers"),
    regionId: some,
    dbClusterId: some,
    dbType: z.enum(["MySQL", "PostgreSQL"]),
    accountName: some,
    cloneAccountName: some.optional(),
    accountType: z.literal("Normal").optional(),
    accountPrivilege: some.optional(),
    dbName: some.optional(),
    customData,
  }),
} as const;

export type ManagedType = keyof typeof configs;
export type ExtendedConfig = z.infer<(typeof configs)[ManagedType]>;

export const managedTypes = Object.keys(configs) as ManagedType[];
/** Types whose accounts KMS makes itself, with their first value. */
const selfMade: readonly string[] = ["Redis", "PolarDB"];
export const madeByKms = "$Auto";
/** Types whose first value the program gives. */
export const typesWithValue = ["Generic", ...managedTypes.filter((type) => !selfMade.includes(type))];

export const isManaged = (type: unknown): type is ManagedType => (managedTypes as unknown[]).includes(type);

/** Any of them: what an editor shows, and what counts while the type is not known. */
export const extendedConfig = z.union([
  configs.Rds,
  configs.Redis,
  configs.RAMCredentials,
  configs.ECS,
  configs.PolarDB,
]);

interface Members {
  readonly dbType?: string;
  readonly accountName?: string;
  readonly cloneAccountName?: string | undefined;
  readonly accountPrivilege?: string | undefined;
  readonly dbName?: string | undefined;
}

const isOfMySql = (name: "accountPrivilege" | "dbName") => (config: Members) =>
  config.dbType !== "PostgreSQL" || config[name] === undefined;

const withRules = (config: z.ZodType<Members>) =>
  config
    .refine(
      ({ accountName, cloneAccountName = `${accountName}_clone` }) => cloneAccountName === `${accountName}_clone`,
      {
        message: "must be the accountName and _clone",
        path: ["cloneAccountName"],
      },
    )
    .refine(isOfMySql("accountPrivilege"), { message: "is for the dbType MySQL only", path: ["accountPrivilege"] })
    .refine(isOfMySql("dbName"), { message: "is for the dbType MySQL only", path: ["dbName"] })
    .refine((known) => !isLonger(toWire(known), 1_024), "must be at most 1,024 characters as JSON");

const configsWithRules = new Map(managedTypes.map((type) => [type, withRules(configs[type] as z.ZodType<Members>)]));

/** The config of one type, with what its members ask of each other. Of Generic any is wrong, which a rule says better. */
export const configOf = (type: unknown = "Generic"): z.ZodType | undefined =>
  type === "Generic" ? z.unknown() : configsWithRules.get(type as ManagedType);

const wireName = (name: string) => name.replace(/^db/, "DB").replace(/^./, (first) => first.toUpperCase());
const members = new Map(
  managedTypes.flatMap((type) => Object.keys(configs[type].shape)).map((name) => [wireName(name), name]),
);

export const toWire = (config: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(config).map(([name, value]) => [wireName(name), value])));

/** The members of a config that the service answers; of those, where it is `known` what was declared, only these: it may add its own defaults. */
export function fromWire(text: string | undefined, known: object | undefined): ExtendedConfig | undefined {
  const config = normalizeJson(text);
  if (typeof config !== "object" || config === null) return undefined;
  const entries = Object.entries(config).map(([name, value]) => [members.get(name), value] as const);
  const isDeclared = (name: string) => !known || name === "customData" || name in known;
  // Unlike a program, the service may hold what has no type here.
  return Object.fromEntries(entries.filter(([name]) => name && isDeclared(name))) as ExtendedConfig;
}

/** A config without custom data is one with none. */
export function normalizeConfig(value: unknown): unknown {
  if (typeof value !== "object") return value;
  const { customData, ...rest } = value as { customData?: object };
  return customData && Object.keys(customData).length > 0 ? value : rest;
}

/** Only custom data changes in place. */
export function changeOfConfig({ old, value }: Differing): "update" | "replace" {
  const fixed = (config: unknown) => {
    const { customData: _, ...rest } = (typeof config === "object" ? (config ?? {}) : {}) as Record<string, unknown>;
    return hasUnknown(rest) ? undefined : JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const [from, to] = hasUnknown(value) && typeof value !== "object" ? [] : [fixed(old), fixed(value)];
  return from !== undefined && from === to ? "update" : "replace";
}

/** KMS names RAM credentials after their user. */
export const namesAnother = ({ old, value, inputs }: Differing): boolean =>
  inputs.secretType === "RAMCredentials" &&
  (old as { userName?: string } | undefined)?.userName !== (value as { userName?: string } | undefined)?.userName;

const account = z.strictObject({ AccountName: some, AccountPassword: some });
const accessKey = z.strictObject({ AccessKeyId: some, AccessKeySecret: some });
const values: Readonly<Record<string, readonly [form: string, schema: z.ZodType]>> = {
  Rds: [
    '{"Accounts":[{"AccountName":"…","AccountPassword":"…"}]}',
    z.strictObject({ Accounts: z.tuple([account], account) }),
  ],
  RAMCredentials: [
    '{"AccessKeys":[{"AccessKeyId":"…","AccessKeySecret":"…"}]}',
    z.strictObject({ AccessKeys: z.tuple([accessKey], accessKey) }),
  ],
  Password: ['{"UserName":"…","Password":"…"}', z.strictObject({ UserName: some, Password: some })],
  SSHKey: [
    '{"UserName":"…","PublicKey":"…","PrivateKey":"…"}',
    z.strictObject({ UserName: some, PublicKey: some, PrivateKey: some }),
  ],
};

/** What a type asks of the name, the config, the value and its form. */
export const typeRule: Rule = {
  fields: ["secretType", "secretName", "extendedConfig", "secretData", "secretDataType"],
  check(inputs) {
    const type = inputs.secretType ?? "Generic";
    if (typeof type !== "string") return [];
    return [...nameIssues(type, inputs), ...(isManaged(type) ? managedIssues(type, inputs) : [])];
  },
};

function nameIssues(type: string, { secretName: name }: Values): Refusal[] {
  if (typeof name !== "string") return [];
  const refuse = (reason: string) => [{ property: "secretName", reason }];
  if (type === "RAMCredentials")
    return refuse(`must be left out, or ${madeByKms}, when secretType is RAMCredentials: KMS names it after its user`);
  if (type === "ECS")
    return /^acs\/ecs\/./.test(name) ? [] : refuse("must be acs/ecs/ and more when secretType is ECS");
  return name.startsWith("acs/")
    ? refuse("must not start with acs/, which KMS keeps for secrets that it makes itself")
    : [];
}

function managedIssues(type: ManagedType, inputs: Values): Refusal[] {
  const { extendedConfig: config, secretData: data, secretDataType: form } = inputs;
  const kind = type === "ECS" ? String((config as { secretSubType?: unknown } | undefined)?.secretSubType) : type;
  return [
    ...(form === "binary" ? [{ property: "secretDataType", reason: `must be text when secretType is ${type}` }] : []),
    ...(typeof data === "string" ? valueIssues(type, kind, data) : []),
  ];
}

function valueIssues(type: ManagedType, kind: string, data: string): Refusal[] {
  const refuse = (reason: string) => [{ property: "secretData", reason }];
  if (selfMade.includes(type))
    return data === madeByKms
      ? []
      : refuse(`must be left out, or ${madeByKms}, when secretType is ${type}: KMS makes it`);
  const [form, schema] = values[kind] ?? [];
  return !schema || schema.safeParse(normalizeJson(data)).success
    ? []
    : refuse(`must be JSON such as ${form} when secretType is ${type}`);
}
