import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";

export async function existing() {}

/** What is `begun` is cut off after its secret was made. */
export const program =
  (value: string, begun = true) =>
  async () => {
    new AliyunKmsSecret("kms", { secretName: "database", secretData: value, description: "of the orders", tags });
    new AliyunKmsSecret("kms-of-key", {
      secretName: "of-key",
      secretData: value,
      versionId: `id of ${value.replace("c4n4ry", "value")}`,
      encryptionKeyId: "key-1",
      forceDeleteWithoutRecovery: true,
    });
    new AliyunKmsSecret("kms-binary", { secretName: "binary", secretData: "YzRuNHJ5", secretDataType: "binary" });
    csmsSecrets(value);
    const account = { username: "app", password: value };
    new AnalyticDbSecret("gpdb-of-instance", { ...account, dbInstanceId: "gp-1", description: "of the orders" });
    new AnalyticDbSecret("gpdb-of-workspace", { ...account, workspaceId: "gp-ws-1", secretName: "orders" });
    if (begun) new CsmsSecret("csms-begun", { name: "begun", secretString: value, tags });
  };

export const cutOff = ["csms.BatchCreateOrDeleteTags"];

const tags = { team: "orders", stage: "test" };

function csmsSecrets(value: string) {
  new CsmsSecret("csms", {
    name: "database",
    secretString: value,
    description: "of the orders",
    tags,
    kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f",
    enterpriseProjectId: "ep-1",
    recoveryWindowInDays: 7,
  });
  new CsmsSecret("csms-binary", { name: "binary", secretBinary: "YzRuNHJ5", forceDeleteWithoutRecovery: true });
  new CsmsSecret("csms-rotating", {
    name: "rotating",
    secretString: JSON.stringify({ username: "shop", password: "c4n4ry" }),
    secretType: "RDS-FG",
    rotationConfig: JSON.stringify({ InstanceId: "rds-1", SecretSubType: "SingleUser" }),
    rotationFuncUrn: "urn:fss:cn-north-4:rotate",
    autoRotation: true,
    rotationPeriod: "1d",
  });
}
