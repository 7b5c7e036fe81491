import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import { check } from "../../provider/check";
import type { Definition } from "../../provider/definition";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { resources } from "../../provider/resources";
import { unknown } from "../../provider/unknown";
import { sourceOf } from "./source";

const canary = "canary-51c0";
const kms = { secretName: "db", secretData: canary, regionId: "cn-hangzhou" };
const gpdb = { dbInstanceId: "gp-1", username: "app", password: canary, regionId: "cn-beijing" };
const csms = { name: "db", secretString: canary, region: "cn-north-4" };
const config = { InstanceId: "in01", SecretSubType: "SingleUser" };
const rotating = { ...csms, secretType: "RDS-FG", rotationConfig: config, autoRotation: true };

/** What is said, property by property. */
function said(resource: Definition, inputs: Record<string, unknown>, source = sourceOf()) {
  return Object.fromEntries(check(resource, inputs, source).failures.map(({ property, reason }) => [property, reason]));
}

describe("all at once", () => {
  it("reports everything that is wrong, deep ones at their own place", () => {
    const inputs = { ...kms, secretName: "", secretDataType: "hex", tags: { a: 1, b: "ok", "c d": "" }, verison: 1 };
    expect(Object.keys(said(aliyunKmsSecret, inputs)).sort()).toEqual([
      "secretDataType",
      "secretName",
      "tags.a",
      "tags.c d",
      "verison",
    ]);
    expect(Object.keys(said(csmsSecret, { ...csms, eventSubscriptions: [1] }))).toContain("eventSubscriptions[0]");
  });

  it("asks no rule that hangs on a wrong field, and every other", () => {
    const inputs = { ...csms, secretType: "RDS", secretBinary: "AAAA", autoRotation: true };
    expect(said(csmsSecret, inputs)).toEqual({
      secretType: "must be one of COMMON, RDS-FG, GaussDB-FG",
      secretString: "exactly one of secretString and secretBinary is needed, and more than one is given",
      secretBinary: "exactly one of secretString and secretBinary is needed, and more than one is given",
      rotationPeriod: "is needed when autoRotation is true",
      rotationFuncUrn: "is needed when autoRotation is true",
    });
  });

  it("names what is required and missing", () => {
    expect(said(aliyunKmsSecret, { regionId: "r" })).toEqual({
      secretName: "is required",
      secretData: "is needed when secretType is Generic (secretDataFrom gives it too)",
    });
    expect(said(analyticDbSecret, { dbInstanceId: "gp-1", regionId: "r" })).toEqual({
      username: "is required",
      password: "is required (passwordFrom gives it too)",
    });
  });
});

describe("a name that is no input", () => {
  it.each([
    ["secret_name", "did you mean secretName?"],
    ["SecretName", "did you mean secretName?"],
    ["secret-data", "did you mean secretData?"],
  ])("%s: %s", (name, hint) => {
    expect(said(aliyunKmsSecret, { ...kms, [name]: canary })).toEqual({
      [name]: `is no input of this resource; ${hint}`,
    });
  });

  it.each(["arn", "pasword", "constructor", "toString"])("%s is answered with the inputs that there are", (name) => {
    const inputs = Object.keys(aliyunKmsSecret.inputs).join(", ");
    const failures = said(aliyunKmsSecret, { ...kms, [name]: canary });
    expect(Object.entries(failures)).toEqual([[name, `is no input of this resource; the inputs are ${inputs}`]]);
  });
});

describe("rules between fields", () => {
  const needed =
    "exactly one of secretString and secretBinary is needed, and none is given (secretStringFrom gives it too)";
  const rds = "can be true only when secretType is RDS-FG or GaussDB-FG";
  const whole = { ...rotating, rotationPeriod: "1d", rotationFuncUrn: "urn:fss:f" };
  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ["no value", { secretString: undefined }, { secretString: needed }],
    ["a value in place of the other", { secretString: null, secretBinary: "AAAA" }, {}],
    ["a second value that may turn out to be none", { secretBinary: unknown }, {}],
    [
      "a type that needs a rotationConfig",
      { secretType: "RDS-FG" },
      { rotationConfig: "is needed when secretType is RDS-FG" },
    ],
    ["a type with an unknown rotationConfig", { secretType: "GaussDB-FG", rotationConfig: unknown }, {}],
    ["a rotationConfig without such a type", { rotationConfig: config }, {}],
    ["an unknown type", { secretType: unknown }, {}],
    ["all of a rotation", whole, {}],
    [
      "a rotation without its period",
      { ...whole, rotationPeriod: undefined },
      { rotationPeriod: "is needed when autoRotation is true" },
    ],
    [
      "a rotation without its function",
      { ...whole, rotationFuncUrn: null },
      { rotationFuncUrn: "is needed when autoRotation is true" },
    ],
    ["a rotation with unknown parts", { ...whole, rotationPeriod: unknown, rotationFuncUrn: unknown }, {}],
    ["a rotation of the type COMMON", { ...whole, secretType: "COMMON" }, { autoRotation: rds }],
    ["a rotation of the type that is left out", { ...whole, secretType: undefined }, { autoRotation: rds }],
    ["a rotation of an unknown type", { ...whole, secretType: unknown }, {}],
    ["an unknown rotation", { autoRotation: unknown }, {}],
    ["a rotation that is off", { autoRotation: false, rotationPeriod: "1d" }, {}],
  ])("CsmsSecret with %s", (_, changes, expected) => {
    expect(said(csmsSecret, { ...csms, ...changes })).toEqual(expected);
  });

  it.each<[Record<string, unknown>, Record<string, string>]>([
    [{ dbInstanceId: undefined }, { dbInstanceId: "one of dbInstanceId and workspaceId is needed" }],
    [{ dbInstanceId: undefined, workspaceId: "gp-ws-1" }, {}],
    [{ workspaceId: "gp-ws-1" }, {}],
    [{ dbInstanceId: unknown }, {}],
  ])("AnalyticDbSecret with %o", (changes, expected) => {
    expect(said(analyticDbSecret, { ...gpdb, ...changes })).toEqual(expected);
  });
});

describe("a config of the type that is declared", () => {
  const redis = {
    secretSubType: "DoubleUsers",
    regionId: "cn-hangzhou",
    instanceId: "r-1",
    accountName: "app",
    cloneAccountName: "app_clone",
    accountPrivilege: "RoleReadOnly",
  };
  const polarDb = {
    secretSubType: "DoubleUsers",
    regionId: "cn-hangzhou",
    dbClusterId: "pc-1",
    dbType: "PostgreSQL",
    accountName: "app",
  };
  const saidOf = (secretType: string, extendedConfig: object) =>
    said(aliyunKmsSecret, { secretName: "db", regionId: "cn-hangzhou", secretType, extendedConfig });

  it.each<[string, object, Record<string, string>]>([
    ["Redis", redis, {}],
    ["PolarDB", polarDb, {}],
    ["Redis", { ...redis, instanceId: undefined }, { "extendedConfig.instanceId": "must be a string, but is missing" }],
    ["Redis", { ...redis, dbInstanceId: "rm-1" }, { extendedConfig: "has members that are not allowed: dbInstanceId" }],
    [
      "Redis",
      { ...redis, cloneAccountName: "other" },
      { "extendedConfig.cloneAccountName": "must be the accountName and _clone" },
    ],
    ["PolarDB", { ...polarDb, dbType: "MySQL", dbName: "shop", cloneAccountName: "app_clone" }, {}],
    ["PolarDB", { ...polarDb, dbName: "shop" }, { "extendedConfig.dbName": "is for the dbType MySQL only" }],
    [
      "Generic",
      { instanceId: "r-1" },
      {
        extendedConfig: "can be given only when secretType is Rds, Redis, RAMCredentials, ECS or PolarDB",
        secretData: "is needed when secretType is Generic (secretDataFrom gives it too)",
      },
    ],
    ["PolarDB", { ...polarDb, regionId: "" }, { "extendedConfig.regionId": "must not be empty" }],
  ])("%s is held to it alone: %o", (type, config, expected) => {
    expect(saidOf(type, config)).toEqual(expected);
  });
});

describe("what is left out", () => {
  const east = { "huaweicloud:region": "cn-east-3" };
  const inNorth = { "huaweicloud:region": "cn-north-4" };
  const project = { "huaweicloud:projectId": "p" };
  const words = { "huaweicloud:projectName": "cn-north-4_team" };
  const north = { HW_REGION_NAME: "cn-north-4" };
  const ofNorth = { HW_PROJECT_ID: "p-of-north-4" };
  const settings = sourceOf({
    "alicloud:region": "cn-shanghai",
    "huaweicloud:region": "cn-east-3",
    "huaweicloud:projectId": "p-of-east-3",
  });
  const filled = (resource: Definition, inputs: Record<string, unknown>, source = settings) =>
    check(resource, inputs, source).inputs;

  it("is taken from the settings, and what is given is kept", () => {
    const { regionId, ...others } = kms;
    expect(filled(aliyunKmsSecret, others)).toEqual({ ...others, regionId: "cn-shanghai" });
    expect(filled(aliyunKmsSecret, kms)).toEqual(kms);
    expect(filled(aliyunKmsSecret, { ...kms, regionId: unknown })).toEqual({ ...kms, regionId: unknown });
  });

  it("is the settings' project only in the settings' region", () => {
    const { region, ...others } = csms;
    const ofSettings = { ...others, region: "cn-east-3", projectId: "p-of-east-3" };
    expect(filled(csmsSecret, others)).toEqual(ofSettings);
    expect(filled(csmsSecret, { ...others, region: "cn-east-3" })).toEqual(ofSettings);
    expect(filled(csmsSecret, csms)).toEqual(csms);
    expect(filled(csmsSecret, { ...csms, region: unknown })).toEqual({ ...csms, region: unknown });
    expect(filled(csmsSecret, csms, sourceOf({ "huaweicloud:projectId": "p" }))).toEqual(csms);
  });

  it.each<[string, Record<string, string>, Record<string, string>, string | undefined, string | undefined]>([
    [
      "the environment's in a region that the configuration names",
      east,
      { ...north, ...ofNorth },
      undefined,
      undefined,
    ],
    [
      "the environment's where both name its region",
      { ...inNorth },
      { ...north, ...ofNorth },
      undefined,
      "p-of-north-4",
    ],
    ["the environment's in its own region", east, { ...north, ...ofNorth }, "cn-north-4", "p-of-north-4"],
    ["the environment's in the region that counts, where it names none", east, ofNorth, undefined, "p-of-north-4"],
    ["the configuration's in the environment's region, where it names none", project, north, undefined, "p"],
    ["the configuration's in its own region alone", { ...east, ...project }, north, "cn-north-4", undefined],
    ["the configuration's first", { ...inNorth, ...project }, { ...north, ...ofNorth }, undefined, "p"],
    [
      "none where the configuration names it in words",
      { ...inNorth, ...words },
      { ...north, ...ofNorth },
      undefined,
      undefined,
    ],
    [
      "the environment's beside such words of its own",
      inNorth,
      { ...north, ...ofNorth, HW_PROJECT_NAME: "n" },
      undefined,
      "p-of-north-4",
    ],
  ])("is of the settings' projects %s", (_, config, env, region, projectId) => {
    const { region: _region, ...others } = csms;
    const inputs = { ...others, ...(region ? { region } : {}) };
    expect(filled(csmsSecret, inputs, sourceOf(config, env)).projectId).toBe(projectId);
  });

  it("is the username, for the name of an AnalyticDB secret", () => {
    expect(filled(analyticDbSecret, gpdb)).toEqual({ ...gpdb, secretName: "app" });
    expect(filled(analyticDbSecret, { ...gpdb, secretName: "s" })).toEqual({ ...gpdb, secretName: "s" });
    expect(filled(analyticDbSecret, { ...gpdb, username: unknown })).toMatchObject({ secretName: unknown });
    expect(Object.keys(said(analyticDbSecret, { ...gpdb, username: "app-user" }))).toEqual(["secretName"]);
    expect(Object.keys(said(analyticDbSecret, { ...gpdb, username: "" }))).toEqual(["username"]);
  });

  it("is checked like what is given", () => {
    const { regionId, ...others } = kms;
    const source = sourceOf({ "alicloud:region": "cn hangzhou" });
    expect(said(aliyunKmsSecret, others, source)).toEqual({
      regionId:
        "must be 1 to 64 letters, digits, - or _ (the value comes from alicloud:region in the configuration (the stack's, or the CloudSecretsProvider's) or ALIBABA_CLOUD_REGION_ID or ALICLOUD_REGION)",
    });
  });

  it("names every place where a region was looked for", () => {
    const { regionId, ...others } = kms;
    expect(said(aliyunKmsSecret, others).regionId).toBe(
      "the region of Alibaba Cloud is set nowhere; looked at the input regionId, then alicloud:region in the configuration (the stack's, or the CloudSecretsProvider's), then the environment variables ALIBABA_CLOUD_REGION_ID, ALICLOUD_REGION",
    );
    const { region, ...rest } = csms;
    expect(said(csmsSecret, rest).region).toBe(
      "the region of Huawei Cloud is set nowhere; looked at the input region, then huaweicloud:region in the configuration (the stack's, or the CloudSecretsProvider's), then the environment variables HUAWEICLOUD_SDK_REGION_ID, HW_REGION_NAME, then the profile that signs in",
    );
  });
});

it("repeats no value of anything, whatever is wrong with it", () => {
  for (const resource of resources) {
    const names = [...Object.keys(resource.inputs), ...Object.keys(resource.outputs), "somethingElse"];
    for (const value of [canary, [canary], { a: canary }, `${canary}"\\\n`]) {
      const { failures } = check(resource, Object.fromEntries(names.map((name) => [name, value])), sourceOf());
      expect(failures.length).toBeGreaterThan(0);
      expect(JSON.stringify(failures)).not.toContain(canary);
    }
  }
});
