import * as pulumi from "@pulumi/pulumi";
import {
  getAliyunKmsSecret,
  getAliyunKmsSecretValue,
  getAnalyticDbSecretValue,
  getCsmsSecretValue,
  listCsmsSecrets,
} from "pulumi-cloud-secrets";

// What somebody else keeps in the three services. Nothing here is managed: a destroy leaves it as it is.
const database = getAliyunKmsSecretValue({ secretName: "orders/database" });
const before = getAliyunKmsSecretValue({ secretName: "orders/database", versionStage: "ACSPrevious" });
const warehouse = getAnalyticDbSecretValue({ dbInstanceId: "gp-orders", secretName: "warehouse" });
const cache = getCsmsSecretValue({ name: "orders-cache" });

// A value is a secret wherever it goes, also in what is made of it.
export const connection = pulumi.interpolate`postgres://${warehouse.username}:${warehouse.password}@warehouse/orders`;
export const hasChanged = pulumi.all([database, before]).apply(([now, then]) => now.secretData !== then.secretData);
export const cachePassword = cache.secretString;

// What is no value stays readable.
export const arn = getAliyunKmsSecret({ secretName: "orders/database" }).arn;
export const namesOfOrders = listCsmsSecrets({ tags: { team: "orders" } }).secrets.apply((secrets) =>
  secrets.map(({ name }) => name),
);
