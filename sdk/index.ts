// Made from the registries of resources and of look-ups by `npm run generate`.
export { AliyunKmsSecret, type AliyunKmsSecretArgs } from "./aliyun-kms-secret";
export { AnalyticDbSecret, type AnalyticDbSecretArgs } from "./analytic-db-secret";
export { CloudSecretsProvider, type CloudSecretsProviderArgs } from "./cloud-secrets-provider";
export { CsmsEvent, type CsmsEventArgs } from "./csms-event";
export { CsmsSecret, type CsmsSecretArgs } from "./csms-secret";
export {
  type GetAliyunKmsSecretArgs,
  type GetAliyunKmsSecretResult,
  getAliyunKmsSecret,
} from "./get-aliyun-kms-secret";
export {
  type GetAliyunKmsSecretValueArgs,
  type GetAliyunKmsSecretValueResult,
  getAliyunKmsSecretValue,
} from "./get-aliyun-kms-secret-value";
export {
  type GetAnalyticDbSecretArgs,
  type GetAnalyticDbSecretResult,
  getAnalyticDbSecret,
} from "./get-analytic-db-secret";
export {
  type GetAnalyticDbSecretValueArgs,
  type GetAnalyticDbSecretValueResult,
  getAnalyticDbSecretValue,
} from "./get-analytic-db-secret-value";
export { type GetCsmsSecretArgs, type GetCsmsSecretResult, getCsmsSecret } from "./get-csms-secret";
export {
  type GetCsmsSecretValueArgs,
  type GetCsmsSecretValueResult,
  getCsmsSecretValue,
} from "./get-csms-secret-value";
export {
  type ListAliyunKmsSecretsArgs,
  type ListAliyunKmsSecretsItem,
  type ListAliyunKmsSecretsResult,
  listAliyunKmsSecrets,
} from "./list-aliyun-kms-secrets";
export {
  type ListAnalyticDbSecretsArgs,
  type ListAnalyticDbSecretsItem,
  type ListAnalyticDbSecretsResult,
  listAnalyticDbSecrets,
} from "./list-analytic-db-secrets";
export {
  type ListCsmsSecretsArgs,
  type ListCsmsSecretsItem,
  type ListCsmsSecretsResult,
  listCsmsSecrets,
} from "./list-csms-secrets";
export type { LookupOptions } from "./lookup";
export type { AlicloudSettings, HuaweicloudSettings } from "./provider-settings";
