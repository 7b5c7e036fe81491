import * as alicloud from "@pulumi/alicloud";
import * as huaweicloud from "@pulumi/huaweicloud";
import * as pulumi from "@pulumi/pulumi";
import { AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";

const config = new pulumi.Config();
const password = config.requireSecret("password");

// An AnalyticDB instance, an account of its, and the secret that the Data API signs in with.
const warehouse = new alicloud.gpdb.Instance("warehouse", {
  description: "warehouse",
  dbInstanceMode: "StorageElastic",
  engine: "gpdb",
  engineVersion: "6.0",
  instanceSpec: "2C16G",
  segNodeNum: 4,
  segStorageType: "cloud_essd",
  storageSize: 50,
  vpcId: config.require("alicloudVpc"),
  vswitchId: config.require("alicloudSwitch"),
  zoneId: config.require("alicloudZone"),
});
const account = new alicloud.gpdb.Account("reports", {
  dbInstanceId: warehouse.id,
  accountName: "reports",
  accountPassword: password,
});
const reports = new AnalyticDbSecret("reports", {
  dbInstanceId: warehouse.id,
  username: account.accountName,
  password,
  description: "What reports sign in with",
});

// An RDS instance, and the secret with all that its clients need.
const orders = new huaweicloud.RdsInstance("orders", {
  name: "orders",
  flavor: "rds.pg.n1.large.2",
  availabilityZones: [config.require("huaweicloudZone")],
  vpcId: config.require("huaweicloudVpc"),
  subnetId: config.require("huaweicloudSubnet"),
  securityGroupId: config.require("huaweicloudSecurityGroup"),
  db: { type: "PostgreSQL", version: "16", password },
  volume: { type: "CLOUDSSD", size: 40 },
});
const login = new CsmsSecret("orders", {
  name: "orders-database",
  secretString: pulumi.jsonStringify({ host: orders.fixedIp, port: 5432, user: "root", password }),
  description: pulumi.interpolate`What clients of the RDS instance ${orders.name} sign in with`,
});

export const reportsArn = reports.arn;
export const loginId = login.secretId;
