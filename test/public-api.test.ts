import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import * as alicloud from "../provider/alicloud/settings";
import * as huaweicloud from "../provider/huaweicloud/settings";
import { resources } from "../provider/resources";
import * as sdk from "../sdk";

// Stacks hold all of this in their state, their configuration or their programs: what stands here may grow, but never change.

const own = createRequire(__filename);
const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));

it("the package and its require paths", () => {
  expect(manifest.name).toBe("pulumi-cloud-secrets");
  expect(Object.keys(manifest.exports)).toEqual([".", "./dynamic", "./emulator", "./package.json"]);
  expect(Object.keys(manifest.bin)).toEqual(["cloud-secrets-emulator"]);
  expect(Object.keys(sdk).sort()).toEqual(["AliyunKmsSecret", "AnalyticDbSecret", "CsmsEvent", "CsmsSecret"]);
  expect(Object.keys(own("pulumi-cloud-secrets")).sort()).toEqual(Object.keys(sdk).sort());
  expect(Object.keys(own("pulumi-cloud-secrets/dynamic"))).toEqual(["host"]);
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

describe("the configuration's keys and the environment's variables", () => {
  it.each([
    [
      "Alibaba Cloud",
      alicloud,
      "alicloud:region alicloud:profile alicloud:accessKey alicloud:secretKey alicloud:securityToken alicloud:endpoints",
      `ALIBABA_CLOUD_REGION_ID ALICLOUD_REGION ALIBABA_CLOUD_ACCESS_KEY_ID ALIBABA_CLOUD_ACCESS_KEY_SECRET ALIBABA_CLOUD_SECURITY_TOKEN
      ALICLOUD_ACCESS_KEY ALICLOUD_SECRET_KEY ALICLOUD_SECURITY_TOKEN ALIBABA_CLOUD_ENDPOINT_KMS ALIBABA_CLOUD_ENDPOINT_GPDB`,
    ],
    [
      "Huawei Cloud",
      huaweicloud,
      "huaweicloud:region huaweicloud:projectId huaweicloud:token huaweicloud:accessKey huaweicloud:secretKey huaweicloud:securityToken huaweicloud:endpoints",
      `HUAWEICLOUD_SDK_REGION_ID HW_REGION_NAME HUAWEICLOUD_SDK_PROJECT_ID HW_PROJECT_ID HW_AUTH_TOKEN HUAWEICLOUD_SDK_AK HUAWEICLOUD_SDK_SK
      HUAWEICLOUD_SDK_SECURITY_TOKEN HW_ACCESS_KEY HW_SECRET_KEY HW_SECURITY_TOKEN HUAWEICLOUD_ENDPOINT_KMS HUAWEICLOUD_ENDPOINT_IAM HUAWEICLOUD_ENDPOINT_EPS`,
    ],
  ])("of %s", (_, settings, config, environment) => {
    const texts = JSON.stringify(Object.values(settings)).match(/(?<=")(?:\w+:\w+|[A-Z]+_[A-Z_]+)(?=")/g);
    expect([...new Set(texts)].sort()).toEqual([...config.split(" "), ...environment.split(/\s+/)].sort());
  });
});
