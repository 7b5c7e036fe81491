import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { acs3 } from "./acs3";
import { configured, type Kind, kinds, managed } from "./kms/managed";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const KMS = [
  ...["CreateSecret", "DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecret", "DeleteSecret"],
  ...["UpdateSecretVersionStage", "UpdateSecretRotationPolicy", "RotateSecret", "RestoreSecret", "ListSecrets"],
  ...["ListSecretVersionIds", "TagResource", "UntagResource", "TagResources", "UntagResources", "ListTagResources"],
  ...["SetSecretPolicy", "GetSecretPolicy", "BatchGetSecretValue"],
];
const GPDB = ["CreateSecret", "DeleteSecret", "GetSecretValue", "ListSecrets"];

const NAMES = [
  ...["SecretName", "SecretData", "VersionId", "SecretDataType", "SecretType", "EncryptionKeyId", "DKMSInstanceId"],
  ...["Description", "Tags", "ExtendedConfig", "ExtendedConfig.CustomData", "EnableAutomaticRotation", "Policy"],
  ...["RotationInterval", "VersionStage", "VersionStages", "MoveToVersion", "RemoveFromVersion", "Filters", "TagKeys"],
  ...["PageNumber", "PageSize", "RegionId", "ResourceType", "ResourceId.1", "ResourceId.2", "Tag.1.Key", "Tag.1"],
  ...["Tag.1.Value", "TagKey.1", "NextToken", "SecretsList", "PolicyName", "RecoveryWindowInDays", "SecretArn"],
  ...["DBInstanceId", "WorkspaceId", "Username", "Password", "TestConnection", "ResourceId.9999", "Tag.1.__proto__"],
];

const text = fc.oneof(
  fc.constantFrom("db", "db2", "v1", "v2", "ACSCurrent", "blue", "true", "7", "secret", "cn-hangzhou", "gp-1", "$Auto"),
  fc.constantFrom("Rds", "Redis", "ECS", "RAMCredentials", "acs/ecs/x", "default", "6h", "__proto__", "constructor"),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('[{"TagKey":"a b","TagValue":"c"}]', "[null]", '[{"Key":"TagKey","Values":[null]}]', '["a","a"]'),
  fc.constantFrom('{"UserName":"../x"}', "null", "[[]]", '[{"SecretName":"db","VersionId":7}]', "\u0000", " "),
);

const parameters = fc.dictionary(fc.constantFrom(...NAMES), text, { maxKeys: 8, noNullPrototype: true });

const call = fc.oneof(
  fc.record({ action: fc.constantFrom(...KMS), version: fc.constant("2016-01-20"), parameters }),
  fc.record({ action: fc.constantFrom(...GPDB), version: fc.constant("2016-05-03"), parameters }),
);

const MEMBERS = [
  ...["SecretSubType", "DBInstanceId", "AccountName", "CloneAccountName", "AccountPrivilege", "InstanceId", "RegionId"],
  ...["UserName", "DBClusterId", "DBType", "AccountType", "DBName", "CustomData", "__proto__", "constructor"],
];

const member = fc.oneof(
  fc.constantFrom("SingleUser", "DoubleUsers", "Password", "SSHKey", "app", "app_clone", "PostgreSQL", "Normal"),
  fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 12, noNullPrototype: true }),
  fc.jsonValue(),
);

const changes = fc.dictionary(fc.constantFrom(...MEMBERS), member, { maxKeys: 2, noNullPrototype: true });

describe("whatever the parameters are", () => {
  it("the answer is one that the service could give, never an internal error", async () => {
    await acs3(emulator.port, "CreateSecret", { SecretName: "db", SecretData: "x", VersionId: "v1" });
    await fc.assert(
      fc.asyncProperty(call, async ({ action, version, parameters }) => {
        const { status, text } = await acs3(emulator.port, action, parameters, { version });
        expect([200, 400, 404, 409]).toContain(status);
        expect(JSON.parse(text)).toHaveProperty("RequestId");
      }),
      { numRuns: 1000 },
    );
  });

  it("a managed secret is refused, or lives as its type wants it", async () => {
    const value = fc.option(fc.oneof(text, fc.constantFrom(...kinds.map((kind) => managed[kind].SecretData ?? ""))));
    const call = async (action: string, parameters: Record<string, string>): Promise<[number, string]> => {
      const { status, text } = await acs3(emulator.port, action, parameters);
      expect([200, 400]).toContain(status);
      return [status, JSON.parse(text).SecretName];
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<Kind>(...kinds), changes, value, text, async (kind, changed, sent, custom) => {
        emulator.reset();
        const declared = configured(kind, changed);
        const [status, SecretName] = await call(
          "CreateSecret",
          sent === null ? declared : { ...declared, SecretData: sent },
        );
        if (status !== 200) return;
        await call("UpdateSecret", { SecretName, "ExtendedConfig.CustomData": custom });
        for (const VersionId of ["v2", "v3"])
          expect((await call("RotateSecret", { SecretName, VersionId }))[0]).toBe(200);
        const { text } = await acs3(emulator.port, "GetSecretValue", { SecretName });
        expect(Object.keys(JSON.parse(JSON.parse(text).SecretData))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
