import { canary } from "../../support";

const place = { regionId: "cn-hangzhou", instanceId: "i-1" };
const clone = { accountName: "app", cloneAccountName: "app_clone" };
const text = JSON.stringify;

/** Of every type that KMS manages, inputs that make a secret; Redis and PolarDB have no value of the program's. */
export const managed = {
  Rds: {
    secretName: "db",
    secretType: "Rds",
    extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1" },
    secretData: text({ Accounts: [{ AccountName: "app", AccountPassword: canary }] }),
  },
  Redis: {
    secretName: "cache",
    secretType: "Redis",
    extendedConfig: { secretSubType: "DoubleUsers", ...place, ...clone, accountPrivilege: "RoleReadWrite" },
  },
  RAMCredentials: {
    secretType: "RAMCredentials",
    extendedConfig: { secretSubType: "RamUserAccessKey", userName: "alice" },
    secretData: text({ AccessKeys: [{ AccessKeyId: "AK", AccessKeySecret: canary }] }),
  },
  "ECS Password": {
    secretName: "acs/ecs/web",
    secretType: "ECS",
    extendedConfig: { secretSubType: "Password", ...place },
    secretData: text({ UserName: "root", Password: canary }),
  },
  "ECS SSHKey": {
    secretName: "acs/ecs/web",
    secretType: "ECS",
    extendedConfig: { secretSubType: "SSHKey", ...place },
    secretData: text({ UserName: "root", PublicKey: "ssh-ed25519 AAAA", PrivateKey: canary }),
  },
  PolarDB: {
    secretName: "polar",
    secretType: "PolarDB",
    extendedConfig: {
      secretSubType: "DoubleUsers",
      regionId: "cn-hangzhou",
      dbClusterId: "pc-1",
      dbType: "MySQL",
      ...clone,
      accountType: "Normal",
      accountPrivilege: "ReadOnly",
      dbName: "shop",
    },
  },
} as const;

type Managed = (typeof managed)[keyof typeof managed] & { readonly secretName?: string; readonly secretData?: string };

/** The kinds of managed secrets, each with its inputs and the name that its secret has. */
export const kinds = Object.entries(managed).map(
  ([kind, inputs]: [string, Managed]) => [kind, inputs, inputs.secretName ?? "acs/ram/user/alice"] as const,
);
