import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import type { Values } from "../../../provider/fields";
import { rds } from "../field-cases/alicloud";
import { config, topic } from "../field-cases/huaweicloud";

const kms = { regionId: "cn-hangzhou" };
const account = { regionId: "cn-hangzhou", accountName: "app" };
const accounts = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: "first" }] });
const keys = JSON.stringify({ AccessKeys: [{ AccessKeyId: "id", AccessKeySecret: "first" }] });
const login = JSON.stringify({ UserName: "app", Password: "first" });
const projectId = projectIdOf("cn-north-4");
const csms = { name: "db", region: "cn-north-4" };
const schedule = { rotationPeriod: "1d", rotationFuncUrn: "urn:fss" };

/** Inputs that are right, of every kind of each resource: what is wrong with others is what was changed in them. */
export const bases: Readonly<Record<string, readonly [Values, ...Values[]]>> = {
  AliyunKmsSecret: [
    { ...kms, secretName: "db", secretData: "first" },
    { ...kms, secretName: "db", secretData: "first", dkmsInstanceId: "kst-1", versionStages: ["blue"] },
    { ...kms, secretName: "db", secretType: "Rds", extendedConfig: rds, secretData: accounts },
    {
      ...kms,
      secretName: "db",
      secretType: "PolarDB",
      extendedConfig: { ...account, secretSubType: "DoubleUsers", dbClusterId: "pc-1", dbType: "MySQL" },
      automaticRotation: true,
      rotationInterval: "7d",
    },
    {
      ...kms,
      secretName: "acs/ecs/d",
      secretType: "ECS",
      extendedConfig: { secretSubType: "Password", regionId: "cn-hangzhou", instanceId: "i-1" },
      secretData: login,
    },
    {
      ...kms,
      secretType: "RAMCredentials",
      extendedConfig: { secretSubType: "RamUserAccessKey", userName: "app" },
      secretData: keys,
    },
  ],
  AnalyticDbSecret: [
    { dbInstanceId: "gp-1", username: "app", password: "first", secretName: "db", regionId: "cn-hangzhou" },
    { workspaceId: "gp-ws-1", username: "app", password: "first", regionId: "cn-hangzhou" },
  ],
  CsmsSecret: [
    { ...csms, secretString: "first" },
    { ...csms, projectId, secretBinary: "Zmlyc3Q=", tags: { a: "1" }, versionStages: ["blue"] },
    { ...csms, secretString: "first", secretType: "RDS-FG", rotationConfig: config, ...schedule, autoRotation: true },
  ],
  CsmsEvent: [{ name: "told", eventTypes: ["SECRET_ROTATED"], notification: topic, region: "cn-north-4", projectId }],
};

/** The same with values from elsewhere, which no service takes so. */
export const outsideBases: Readonly<Record<string, readonly Values[]>> = {
  AliyunKmsSecret: [
    { ...kms, secretName: "db", secretDataFrom: { file: "package.json" } },
    { ...kms, secretName: "db", secretDataType: "binary", secretDataFrom: { random: { length: 8 } } },
  ],
  AnalyticDbSecret: [{ dbInstanceId: "gp-1", username: "app", passwordFrom: { env: "PATH" }, regionId: "cn-hangzhou" }],
  CsmsSecret: [
    { ...csms, secretStringFrom: { random: { characters: ["digits"], exclude: "0", keepers: { a: "1" } } } },
    { ...csms, secretBinaryFrom: { file: "package.json" } },
  ],
};
