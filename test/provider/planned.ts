import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import type { Definition } from "../../provider/definition";
import { plan } from "../../provider/diff";
import { csmsEvent } from "../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";

export const canary = "canary-77ab";
export const config = { InstanceId: "in01", SecretSubType: "SingleUser" };

export const rds = { secretSubType: "SingleUser", dbInstanceId: "rm-1" };
const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p:topic", targetName: "topic" };

export type Outcome = "nothing" | "update" | "replace" | "delete, then replace" | "refuse";
export type Changes = Readonly<Record<string, unknown>>;

/** Each field with a change that counts. */
export const cases: readonly (readonly [
  Definition,
  state: Changes,
  Readonly<Record<string, readonly [Changes, Outcome]>>,
])[] = [
  [
    aliyunKmsSecret,
    { secretName: "db", secretData: canary, versionId: "v1", regionId: "cn-hangzhou", encryptionKeyId: "k1" },
    {
      secretName: [{ secretName: "db2" }, "replace"],
      secretData: [{ secretData: "new", versionId: undefined }, "update"],
      secretDataFrom: [{ secretDataFrom: { env: "A" } }, "update"],
      versionId: [{ versionId: "v2" }, "update"],
      currentVersionId: [{ currentVersionId: "v0" }, "update"],
      versionStages: [{ versionStages: ["blue"] }, "update"],
      secretDataType: [{ secretDataType: "binary", versionId: undefined }, "update"],
      secretType: [{ secretType: "Rds" }, "refuse"],
      extendedConfig: [{ extendedConfig: rds }, "refuse"],
      automaticRotation: [{ automaticRotation: true }, "update"],
      rotationInterval: [{ automaticRotation: true, rotationInterval: "8d" }, "update"],
      rotationTrigger: [{ rotationTrigger: "2" }, "update"],
      encryptionKeyId: [{ encryptionKeyId: "k2" }, "refuse"],
      dkmsInstanceId: [{ dkmsInstanceId: "kst-2" }, "refuse"],
      policy: [{ policy: { Version: "1" } }, "update"],
      description: [{ description: "d" }, "update"],
      tags: [{ tags: { a: "1" } }, "update"],
      regionId: [{ regionId: "cn-beijing" }, "replace"],
      adoptExisting: [{ adoptExisting: true }, "nothing"],
      recoveryWindowInDays: [{ recoveryWindowInDays: 7 }, "update"],
      forceDeleteWithoutRecovery: [{ forceDeleteWithoutRecovery: true }, "update"],
    },
  ],
  [
    analyticDbSecret,
    { dbInstanceId: "gp-1", username: "app", password: canary, regionId: "cn-beijing", secretName: "s" },
    {
      dbInstanceId: [{ dbInstanceId: "gp-2" }, "replace"],
      workspaceId: [{ workspaceId: "gp-ws-1" }, "replace"],
      username: [{ username: "app2" }, "delete, then replace"],
      password: [{ password: "new" }, "delete, then replace"],
      passwordFrom: [{ passwordFrom: { env: "A" } }, "update"],
      regionId: [{ regionId: "cn-hangzhou" }, "replace"],
      secretName: [{ secretName: "s2" }, "replace"],
      description: [{ description: "d" }, "delete, then replace"],
      testConnection: [{ testConnection: true }, "nothing"],
      adoptExisting: [{ adoptExisting: true }, "nothing"],
    },
  ],
  [
    csmsSecret,
    {
      name: "db",
      secretString: canary,
      region: "cn-north-4",
      projectId: "p1",
      kmsKeyId: "k1",
      rotationPeriod: "1d",
      rotationFuncUrn: "f1",
      enterpriseProjectId: "0",
    },
    {
      name: [{ name: "db2" }, "replace"],
      secretString: [{ secretString: "new" }, "update"],
      secretStringFrom: [{ secretStringFrom: { env: "A" } }, "update"],
      secretBinary: [{ secretString: undefined, secretBinary: "AAAA" }, "update"],
      secretBinaryFrom: [{ secretBinaryFrom: { env: "A" } }, "update"],
      currentVersionId: [{ currentVersionId: "v1" }, "update"],
      versionStages: [{ versionStages: ["blue"] }, "update"],
      expireTime: [{ expireTime: "2036-01-01T00:00:00Z" }, "update"],
      kmsKeyId: [{ kmsKeyId: "k2" }, "update"],
      description: [{ description: "d" }, "update"],
      secretType: [{ secretType: "RDS-FG" }, "refuse"],
      autoRotation: [{ autoRotation: true }, "update"],
      rotationTrigger: [{ rotationTrigger: "2" }, "update"],
      rotationPeriod: [{ rotationPeriod: "2d" }, "update"],
      rotationConfig: [{ rotationConfig: config }, "refuse"],
      rotationFuncUrn: [{ rotationFuncUrn: "f2" }, "update"],
      eventSubscriptions: [{ eventSubscriptions: ["e"] }, "update"],
      enterpriseProjectId: [{ enterpriseProjectId: "ep1" }, "update"],
      replicaRegions: [{ replicaRegions: ["cn-south-1"] }, "update"],
      tags: [{ tags: { a: "1" } }, "update"],
      region: [{ region: "cn-east-3" }, "replace"],
      projectId: [{ projectId: "p2" }, "replace"],
      adoptExisting: [{ adoptExisting: true }, "nothing"],
      recoveryWindowInDays: [{ recoveryWindowInDays: 7 }, "update"],
      forceDeleteWithoutRecovery: [{ forceDeleteWithoutRecovery: true }, "update"],
    },
  ],
  [
    csmsEvent,
    { name: "e", eventTypes: ["SECRET_ROTATED"], state: "ENABLED", notification: topic, region: "cn-north-4" },
    {
      name: [{ name: "e2" }, "replace"],
      eventTypes: [{ eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"] }, "update"],
      state: [{ state: "DISABLED" }, "update"],
      notification: [{ notification: { ...topic, targetName: "other" } }, "update"],
      region: [{ region: "cn-east-3" }, "replace"],
      projectId: [{ projectId: "p2" }, "replace"],
      adoptExisting: [{ adoptExisting: true }, "nothing"],
    },
  ],
];
/** What a field needs beside it for a change to count. */
export const beside: Record<string, Changes> = { rotationInterval: { automaticRotation: true } };
export const stateOf = (definition: Definition) => cases.find(([one]) => one === definition)?.[1] ?? {};
export const planned = (definition: Definition, changes: Changes, state: Changes = {}) =>
  plan(definition, { ...stateOf(definition), ...state }, { ...stateOf(definition), ...state, ...changes });

export function outcomeOf({ changed, replaces, deleteBeforeReplace, refused }: ReturnType<typeof plan>): Outcome {
  if (refused.length > 0) return "refuse";
  if (replaces.length > 0) return deleteBeforeReplace ? "delete, then replace" : "replace";
  return changed.length > 0 ? "update" : "nothing";
}
