// Made from the registry of resources by `npm run generate`.
export { AliyunKmsSecret, type AliyunKmsSecretArgs } from "./aliyun-kms-secret";
export { AnalyticDbSecret, type AnalyticDbSecretArgs } from "./analytic-db-secret";
export { CsmsSecret, type CsmsSecretArgs } from "./csms-secret";
