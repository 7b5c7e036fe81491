// Made from the registry of resources by `npm run generate`.
export { AliyunKmsSecret, type AliyunKmsSecretArgs } from "./aliyun-kms-secret";
export { AnalyticDbSecret, type AnalyticDbSecretArgs } from "./analytic-db-secret";
export { CsmsEvent, type CsmsEventArgs } from "./csms-event";
export { CsmsSecret, type CsmsSecretArgs } from "./csms-secret";
