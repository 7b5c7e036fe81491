import type { KeyPlace, Setting } from "../settings";

/** The keys that `@pulumi/alicloud` uses, then the environment variables of Alibaba Cloud's tools, newer before older. */
export const region: Setting = {
  what: "the region of Alibaba Cloud",
  config: "alicloud:region",
  env: ["ALIBABA_CLOUD_REGION_ID", "ALICLOUD_REGION"],
};

export const profile: Setting = { what: "the profile", config: "alicloud:profile", env: [] };

export const configuredKeys: KeyPlace = {
  from: "config",
  accessKey: "alicloud:accessKey",
  secretKey: "alicloud:secretKey",
  securityToken: "alicloud:securityToken",
};

export const environmentKeys: readonly KeyPlace[] = [
  {
    from: "env",
    accessKey: "ALIBABA_CLOUD_ACCESS_KEY_ID",
    secretKey: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    securityToken: "ALIBABA_CLOUD_SECURITY_TOKEN",
  },
  {
    from: "env",
    accessKey: "ALICLOUD_ACCESS_KEY",
    secretKey: "ALICLOUD_SECRET_KEY",
    securityToken: "ALICLOUD_SECURITY_TOKEN",
  },
];

export const endpoints = {
  kms: {
    what: "the endpoint of KMS",
    config: "alicloud:endpoints",
    service: "kms",
    env: ["ALIBABA_CLOUD_ENDPOINT_KMS"],
  },
  gpdb: {
    what: "the endpoint of AnalyticDB",
    config: "alicloud:endpoints",
    service: "gpdb",
    env: ["ALIBABA_CLOUD_ENDPOINT_GPDB"],
  },
} as const;
