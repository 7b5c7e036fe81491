import * as pulumi from "@pulumi/pulumi";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";

const config = new pulumi.Config();
const password = config.requireSecret("password");

const application = new AliyunKmsSecret("application", {
  secretName: "quickstart-application",
  secretData: password.apply((value) => JSON.stringify({ user: "app", password: value })),
  description: "What the application signs in with",
  tags: { project: "quickstart" },
  recoveryWindowInDays: 7,
});

const warehouse = new AnalyticDbSecret("warehouse", {
  dbInstanceId: "gp-quickstart",
  username: "app",
  password,
  secretName: "warehouse",
});

const database = new CsmsSecret("database", {
  name: "quickstart-database",
  secretString: password,
  tags: { project: "quickstart" },
});

export const applicationArn = application.arn;
export const applicationVersion = application.versionId;
export const warehouseArn = warehouse.arn;
export const databaseId = database.secretId;
export const databaseVersion = database.versionId;
export const databaseValue = database.secretString;
