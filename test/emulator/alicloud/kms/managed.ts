import type { Parameters } from "../acs3";

type Declared = Parameters & { readonly SecretName: string };

const declared = (SecretType: string, config: object, SecretData: string | object, SecretName = "db"): Declared => ({
  SecretName,
  SecretType,
  VersionId: "v1",
  SecretData: typeof SecretData === "string" ? SecretData : JSON.stringify(SecretData),
  ExtendedConfig: JSON.stringify(config),
});

const place = { RegionId: "cn-hangzhou", InstanceId: "i-1" };
const clone = { AccountName: "app", CloneAccountName: "app_clone" };

/** Of every type that KMS manages, the parameters of a CreateSecret that works. */
export const managed = {
  Rds: declared(
    "Rds",
    { SecretSubType: "SingleUser", DBInstanceId: "rm-1" },
    { Accounts: [{ AccountName: "app", AccountPassword: "hunter2" }] },
  ),
  Redis: declared("Redis", { SecretSubType: "DoubleUsers", ...clone, AccountPrivilege: "any", ...place }, "$Auto"),
  PolarDB: declared(
    "PolarDB",
    { SecretSubType: "DoubleUsers", RegionId: "r", DBClusterId: "pc-1", DBType: "MySQL", AccountName: "app" },
    "$Auto",
  ),
  RAMCredentials: declared(
    "RAMCredentials",
    { SecretSubType: "RamUserAccessKey", UserName: "alice" },
    { AccessKeys: [{ AccessKeyId: "ak", AccessKeySecret: "hunter2" }] },
    "$Auto",
  ),
  password: declared(
    "ECS",
    { SecretSubType: "Password", ...place },
    { UserName: "root", Password: "hunter2" },
    "acs/ecs/web",
  ),
  keys: declared(
    "ECS",
    { SecretSubType: "SSHKey", ...place },
    { UserName: "root", PublicKey: "public", PrivateKey: "hunter2" },
    "acs/ecs/web",
  ),
};

export type Kind = keyof typeof managed;

export const kinds = Object.keys(managed) as Kind[];

/** The declaration of a kind with some members of its ExtendedConfig changed; undefined takes one away. */
export const configured = (kind: Kind, changed: object): Declared => ({
  ...managed[kind],
  ExtendedConfig: JSON.stringify({ ...JSON.parse(managed[kind].ExtendedConfig ?? "{}"), ...changed }),
});
