import * as pulumi from "@pulumi/pulumi";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";

const year = new pulumi.Config().get("year") ?? "2026";

// From the environment that Pulumi runs in, such as that of a CI job.
const warehouse = new AnalyticDbSecret("warehouse", {
  dbInstanceId: "gp-warehouse",
  username: "reports",
  passwordFrom: { env: "WAREHOUSE_PASSWORD" },
});

// From a file, its path being from this folder.
const certificate = new CsmsSecret("certificate", {
  name: "shop-certificate",
  secretStringFrom: { file: "./tls.pem" },
});

// Made once, and anew with another year; who needs it reads it from KMS.
const sessions = new AliyunKmsSecret("sessions", {
  secretName: "shop/sessions",
  secretDataFrom: { random: { length: 64, keepers: { year } } },
});

export const warehouseArn = warehouse.arn;
export const certificateVersion = certificate.versionId;
export const sessionsVersion = sessions.versionId;
