import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { assumedRole, oidcRole } from "../provider/alicloud/role-settings";
import * as alicloud from "../provider/alicloud/settings";
import { assumedAgency } from "../provider/huaweicloud/agency";
import * as huaweicloud from "../provider/huaweicloud/settings";
import { lookups } from "../provider/lookups";
import { providerSettings } from "../provider/provider-settings";
import { resources } from "../provider/resources";
import * as sdk from "../sdk";

// Stacks hold all of this in their state, their configuration or their programs: what stands here may grow, but never change.

const own = createRequire(__filename);
const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));

it("the package and its require paths", () => {
  expect(manifest.name).toBe("pulumi-cloud-secrets");
  expect(Object.keys(manifest.exports)).toEqual([".", "./dynamic", "./lookups", "./emulator", "./package.json"]);
  expect(Object.keys(manifest.bin)).toEqual(["cloud-secrets-emulator"]);
  const classes = ["AliyunKmsSecret", "AnalyticDbSecret", "CloudSecretsProvider", "CsmsEvent", "CsmsSecret"];
  expect(Object.keys(sdk).sort()).toEqual([...classes, ...lookups.map(({ name }) => name)].sort());
  expect(Object.keys(own("pulumi-cloud-secrets")).sort()).toEqual(Object.keys(sdk).sort());
  expect(Object.keys(own("pulumi-cloud-secrets/dynamic"))).toEqual(["host"]);
  expect(Object.keys(own("pulumi-cloud-secrets/lookups"))).toEqual(["lookUp"]);
  expect(Object.keys(own("pulumi-cloud-secrets/emulator")).sort()).toEqual(["DEFAULT_CREDENTIALS", "startEmulator"]);
});

describe("the type token and the provider's text", () => {
  it.each([
    [
      "pulumi-nodejs:dynamic/cloudsecrets:AliyunKmsSecret",
      "exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('AliyunKmsSecret')",
      sdk.AliyunKmsSecret,
    ],
    [
      "pulumi-nodejs:dynamic/cloudsecrets:AnalyticDbSecret",
      "exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('AnalyticDbSecret')",
      sdk.AnalyticDbSecret,
    ],
    [
      "pulumi-nodejs:dynamic/cloudsecrets:CsmsSecret",
      "exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('CsmsSecret')",
      sdk.CsmsSecret,
    ],
    [
      "pulumi-nodejs:dynamic/cloudsecrets:CsmsEvent",
      "exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('CsmsEvent')",
      sdk.CsmsEvent,
    ],
  ] as const)("of %s", async (type, text, Class) => {
    const made: pulumi.runtime.MockResourceArgs[] = [];
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        made.push(args);
        return { id: "id", state: args.inputs };
      },
      call: () => ({}),
    });
    const resource = Class.get("it", "id");
    await new Promise((resolve) => void resource.urn.apply(resolve));
    expect(made).toMatchObject([{ type, inputs: { __provider: text } }]);
    expect(Buffer.byteLength(text)).toBeLessThan(120);
    // The engine runs the text as a module's code.
    const module: { handler?: () => object } = {};
    new Function("exports", "require", text)(module, own);
    expect(module.handler?.()).toMatchObject({ check: expect.any(Function), create: expect.any(Function) });
  });
});

const deletion = "recoveryWindowInDays forceDeleteWithoutRecovery";
describe("the properties", () => {
  it.each([
    [
      "AliyunKmsSecret",
      `secretName secretData secretDataFrom versionId currentVersionId versionStages secretDataType secretType extendedConfig automaticRotation rotationInterval rotationTrigger encryptionKeyId dkmsInstanceId policy description tags regionId adoptExisting ${deletion}`,
      "arn versions state lastRotationDate nextRotationDate createTime updateTime plannedDeleteTime requestId",
      "secretData",
    ],
    [
      "AnalyticDbSecret",
      "dbInstanceId workspaceId username password passwordFrom regionId secretName description testConnection adoptExisting",
      "arn status message state requestId",
      "password",
    ],
    [
      "CsmsSecret",
      `name secretString secretStringFrom secretBinary secretBinaryFrom currentVersionId versionStages expireTime kmsKeyId description secretType autoRotation rotationTrigger rotationPeriod rotationConfig rotationFuncUrn eventSubscriptions enterpriseProjectId replicaRegions tags region projectId adoptExisting ${deletion}`,
      "secretId rotationTaskId versionId versions state createTime updateTime scheduledDeleteTime rotationTime nextRotationTime lastUsedTime domainId replicaType replicas",
      "secretString secretBinary",
    ],
    [
      "CsmsEvent",
      "name eventTypes state notification region projectId adoptExisting",
      "eventId createTime updateTime",
      "",
    ],
  ])("of %s: inputs, outputs, secrets", (name, inputs, outputs, secrets) => {
    const definition = resources.find((resource) => resource.name === name);
    const fields = Object.entries(definition?.inputs ?? {});
    expect(fields.map(([key]) => key)).toEqual(inputs.split(" "));
    expect(Object.keys(definition?.outputs ?? {})).toEqual(outputs.split(" "));
    expect(fields.flatMap(([key, field]) => (field.secret ? [key] : []))).toEqual(secrets.split(" ").filter(Boolean));
  });
});

describe("the functions", () => {
  const kms = "secretName secretType regionId createTime updateTime tags";
  const gpdb = "arn secretName username description dbInstanceId regionId";
  const csms =
    "secretId name secretType description kmsKeyId enterpriseProjectId eventSubscriptions autoRotation rotationPeriod rotationFuncUrn rotationTime nextRotationTime createTime updateTime lastUsedTime domainId replicaType replicas region projectId";
  it.each([
    [
      "getAliyunKmsSecret",
      "secretName arn regionId",
      `arn ${kms} description state versions currentVersionId encryptionKeyId dkmsInstanceId extendedConfig automaticRotation rotationInterval lastRotationDate nextRotationDate`,
      "",
    ],
    [
      "getAliyunKmsSecretValue",
      "secretName arn regionId versionId versionStage",
      "secretData secretDataType versionId versionStages createTime secretName secretType regionId",
      "secretData",
    ],
    [
      "listAliyunKmsSecrets",
      "secretName namePrefix tags state secretType regionId",
      `${kms} state plannedDeleteTime`,
      "",
    ],
    ["getAnalyticDbSecret", "dbInstanceId workspaceId secretName arn regionId", `${gpdb} state`, ""],
    [
      "getAnalyticDbSecretValue",
      "dbInstanceId workspaceId secretName arn regionId",
      "username password arn secretName description dbInstanceId regionId",
      "password",
    ],
    ["listAnalyticDbSecrets", "dbInstanceId workspaceId secretName namePrefix username regionId", `${gpdb} state`, ""],
    ["getCsmsSecret", "name secretId region projectId", `${csms} state tags versions currentVersionId`, ""],
    [
      "getCsmsSecretValue",
      "name secretId region projectId versionId versionStage",
      "secretString secretBinary versionId versionStages createTime expireTime name region projectId",
      "secretString secretBinary",
    ],
    [
      "listCsmsSecrets",
      "name namePrefix tags state secretType enterpriseProjectId region projectId",
      `${csms} state scheduledDeleteTime`,
      "",
    ],
  ])("%s: arguments, result, secrets", (name, args, result, secrets) => {
    const lookup = lookups.find((one) => one.name === name);
    const fields = Object.entries(lookup?.result ?? {});
    expect(Object.keys(lookup?.args ?? {})).toEqual(args.split(" "));
    expect(fields.map(([key]) => key)).toEqual(result.split(" "));
    expect(fields.flatMap(([key, field]) => (field.secret ? [key] : []))).toEqual(secrets.split(" ").filter(Boolean));
    expect(lookup?.many === true).toBe(name.startsWith("list"));
  });
});

describe("the configuration's keys and the environment's variables", () => {
  it.each([
    [
      "Alibaba Cloud",
      alicloud,
      `alicloud:region alicloud:profile alicloud:accessKey alicloud:secretKey alicloud:securityToken alicloud:endpoints alicloud:assumeRole
      alicloud:assumeRoleWithOidc alicloud:ecsRoleName alicloud:credentialsUri alicloud:sharedCredentialsFile`,
      `ALIBABA_CLOUD_REGION_ID ALICLOUD_REGION ALIBABA_CLOUD_ACCESS_KEY_ID ALIBABA_CLOUD_ACCESS_KEY_SECRET ALIBABA_CLOUD_SECURITY_TOKEN
      ALICLOUD_ACCESS_KEY ALICLOUD_SECRET_KEY ALICLOUD_SECURITY_TOKEN ALIBABA_CLOUD_ENDPOINT_KMS ALIBABA_CLOUD_ENDPOINT_GPDB
      ALIBABA_CLOUD_ENDPOINT_STS ALIBABA_CLOUD_ECS_METADATA_ENDPOINT ALIBABA_CLOUD_PROFILE ALICLOUD_PROFILE ALICLOUD_SHARED_CREDENTIALS_FILE
      ALIBABA_CLOUD_ROLE_ARN ALIBABA_CLOUD_OIDC_PROVIDER_ARN ALIBABA_CLOUD_OIDC_TOKEN_FILE ALIBABA_CLOUD_ROLE_SESSION_NAME
      ALIBABA_CLOUD_ECS_METADATA ALICLOUD_ECS_ROLE_NAME ALIBABA_CLOUD_CREDENTIALS_URI ALICLOUD_CREDENTIALS_URI
      ALIBABA_CLOUD_CLI_PROFILE_DISABLED ALIBABA_CLOUD_ECS_METADATA_DISABLED ALIBABA_CLOUD_IMDSV1_DISABLED ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED
      ALIBABA_CLOUD_STS_REGION ALIBABA_CLOUD_CREDENTIALS_FILE`,
    ],
    [
      "Huawei Cloud",
      huaweicloud,
      "huaweicloud:region huaweicloud:projectId huaweicloud:projectName huaweicloud:domainId huaweicloud:profile huaweicloud:sharedConfigFile huaweicloud:assumeRole huaweicloud:token huaweicloud:accessKey huaweicloud:secretKey huaweicloud:securityToken huaweicloud:endpoints",
      `HUAWEICLOUD_SDK_REGION_ID HW_REGION_NAME HUAWEICLOUD_SDK_PROJECT_ID HW_PROJECT_ID HW_AUTH_TOKEN HUAWEICLOUD_SDK_AK HUAWEICLOUD_SDK_SK
      HUAWEICLOUD_SDK_SECURITY_TOKEN HW_ACCESS_KEY HW_SECRET_KEY HW_SECURITY_TOKEN HUAWEICLOUD_ENDPOINT_KMS HUAWEICLOUD_ENDPOINT_IAM HUAWEICLOUD_ENDPOINT_EPS
      HUAWEICLOUD_ENDPOINT_METADATA HW_PROJECT_NAME HUAWEICLOUD_SDK_DOMAIN_ID HW_DOMAIN_ID HW_PROFILE HW_SHARED_CONFIG_FILE
      HW_ASSUME_ROLE_AGENCY_NAME HW_ASSUME_ROLE_DOMAIN_NAME HW_ASSUME_ROLE_DOMAIN_ID HW_ASSUME_ROLE_DURATION
      HUAWEICLOUD_SDK_IDP_ID HUAWEICLOUD_SDK_ID_TOKEN_FILE`,
    ],
  ])("of %s", (_, settings, config, environment) => {
    const texts = JSON.stringify(Object.values(settings)).match(/(?<=")(?:\w+:\w+|[A-Z]+_[A-Z0-9_]+)(?=")/g);
    expect([...new Set(texts)].sort()).toEqual([...config.split(/\s+/), ...environment.split(/\s+/)].sort());
    const cloud = config.slice(0, config.indexOf(":")) as keyof typeof providerSettings;
    const taken = Object.keys(providerSettings[cloud].fields).map((key) => `${cloud}:${key}`);
    expect(taken.sort(), "each key is an argument of CloudSecretsProvider").toEqual(config.split(/\s+/).sort());
  });

  it("of what Alibaba Cloud's objects hold", () => {
    expect(Object.keys(assumedRole.shape).join(" ")).toBe("roleArn sessionName policy sessionExpiration externalId");
    expect(Object.keys(oidcRole.shape).join(" ")).toBe(
      "roleArn oidcProviderArn oidcTokenFile oidcToken roleSessionName policy sessionExpiration",
    );
  });

  it("of what objects hold, which CloudSecretsProvider takes just so", () => {
    const { alicloud: ofAlicloud, huaweicloud: ofHuaweicloud } = providerSettings;
    const members = ({ shape }: { readonly shape: object }) => Object.keys(shape).sort();
    const served = (endpoints: object) => Object.keys(endpoints).sort();
    expect(members(ofAlicloud.fields.assumeRole.schema)).toEqual(members(assumedRole));
    expect(members(ofAlicloud.fields.assumeRoleWithOidc.schema)).toEqual(members(oidcRole));
    expect(members(ofHuaweicloud.fields.assumeRole.schema)).toEqual(members(assumedAgency));
    expect(members(ofAlicloud.fields.endpoints.schema)).toEqual(served(alicloud.endpoints));
    expect(members(ofHuaweicloud.fields.endpoints.schema)).toEqual(served(huaweicloud.endpoints));
  });
});
