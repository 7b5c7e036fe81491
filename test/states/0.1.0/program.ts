import { AliyunKmsSecret, AnalyticDbSecret, CsmsEvent, CsmsSecret } from "pulumi-cloud-secrets";

/** Another stack's, which this one takes over. */
export async function existing() {
  new AliyunKmsSecret("kms", { secretName: "adopted", secretData: "c4n4ry of others" });
  new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "adopted", password: "c4n4ry of others" });
  new CsmsSecret("csms", { name: "adopted", secretString: "c4n4ry of others" });
  new CsmsEvent("event", { name: "adopted", eventTypes: ["SECRET_DELETED"], notification });
}

/** What is `begun` is cut off after its secret was made. */
export const program =
  (value: string, begun = true) =>
  async () => {
    kmsSecrets(value);
    managedSecrets();
    rotatedSecrets();
    analyticDbSecrets(value);
    new CsmsEvent("event-made-name", { eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"], notification });
    const event = new CsmsEvent("event-adopted", {
      name: "adopted",
      eventTypes: ["SECRET_ROTATED"],
      state: "DISABLED",
      notification,
      adoptExisting: true,
    });
    csmsSecrets(value, event);
    if (!begun) return;
    new AliyunKmsSecret("kms-begun", { secretName: "begun", secretData: value, versionStages: ["blue"] });
    new CsmsSecret("csms-begun", { name: "begun", secretString: value, tags });
  };

export const cutOff = ["kms.UpdateSecretVersionStage", "csms.BatchCreateOrDeleteTags"];

const tags = { team: "orders", stage: "test" };
const notification = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p:topic", targetName: "topic" } as const;

function kmsSecrets(value: string) {
  new AliyunKmsSecret("kms", {
    secretName: "orders/database",
    secretData: value,
    description: "of the orders",
    tags,
    versionStages: ["green"],
    recoveryWindowInDays: 7,
  });
  new AliyunKmsSecret("kms-made-name", { secretData: value });
  new AliyunKmsSecret("kms-adopted", { secretName: "adopted", secretData: value, adoptExisting: true });
  new AliyunKmsSecret("kms-in-instance", {
    secretName: "in-instance",
    secretData: value,
    versionId: `id of ${value.replace("c4n4ry", "value")}`,
    dkmsInstanceId: "kst-1",
    encryptionKeyId: "key-1",
    policy: { Version: "1", Statement: [{ Effect: "Deny", Action: ["kms:*"], Resource: ["*"] }] },
    forceDeleteWithoutRecovery: true,
  });
  new AliyunKmsSecret("kms-binary", { secretName: "binary", secretData: "YzRuNHJ5", secretDataType: "binary" });
}

function managedSecrets() {
  const accounts = { Accounts: [{ AccountName: "shop", AccountPassword: "c4n4ry" }] };
  new AliyunKmsSecret("kms-rds", {
    secretName: "rds",
    secretType: "Rds",
    extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1", customData: { owner: "shop" } },
    secretData: JSON.stringify(accounts),
    automaticRotation: true,
    rotationInterval: "7d",
    rotationTrigger: "1",
  });
  new AliyunKmsSecret("kms-redis", {
    secretName: "redis",
    secretType: "Redis",
    extendedConfig: {
      secretSubType: "DoubleUsers",
      regionId: "cn-hangzhou",
      instanceId: "r-1",
      accountName: "shop",
      cloneAccountName: "shop_clone",
      accountPrivilege: "RoleReadWrite",
    },
  });
  new AliyunKmsSecret("kms-ram", {
    secretType: "RAMCredentials",
    extendedConfig: { secretSubType: "RamUserAccessKey", userName: "shop" },
    secretData: JSON.stringify({ AccessKeys: [{ AccessKeyId: "AK", AccessKeySecret: "c4n4ry" }] }),
  });
}

function csmsSecrets(value: string, event: CsmsEvent) {
  new CsmsSecret("csms", {
    name: "database",
    secretString: value,
    description: "of the orders",
    tags,
    versionStages: ["green"],
    expireTime: "2099-01-31T00:00:00Z",
    kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f",
    enterpriseProjectId: "ep-1",
    eventSubscriptions: [event.name],
    replicaRegions: ["cn-east-3"],
    recoveryWindowInDays: 7,
  });
  new CsmsSecret("csms-made-name", { secretString: value });
  new CsmsSecret("csms-adopted", { name: "adopted", secretString: value, adoptExisting: true });
  new CsmsSecret("csms-rolled-back", {
    name: "rolled-back",
    secretString: value,
    currentVersionId: "v1",
    versionStages: ["next"],
  });
  new CsmsSecret("csms-binary", { name: "binary", secretBinary: "YzRuNHJ5", forceDeleteWithoutRecovery: true });
}

function rotatedSecrets() {
  const rotated = {
    secretType: "RDS-FG",
    rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" },
    rotationFuncUrn: "urn:fss:cn-north-4:rotate",
    secretString: JSON.stringify({ username: "shop", password: "c4n4ry" }),
  } as const;
  new CsmsSecret("csms-rotating", { ...rotated, name: "rotating", autoRotation: true, rotationPeriod: "1d" });
  new CsmsSecret("csms-rotated", { ...rotated, name: "rotated", rotationTrigger: "1" });
}

function analyticDbSecrets(value: string) {
  const account = { username: "app", password: value };
  new AnalyticDbSecret("gpdb-of-instance", { ...account, dbInstanceId: "gp-1", description: "of the orders" });
  new AnalyticDbSecret("gpdb-of-workspace", { ...account, workspaceId: "gp-ws-1", secretName: "orders" });
  new AnalyticDbSecret("gpdb-adopted", {
    username: "adopted",
    password: "c4n4ry of others",
    dbInstanceId: "gp-1",
    adoptExisting: true,
  });
}
