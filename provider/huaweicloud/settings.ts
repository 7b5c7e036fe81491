import type { KeyPlace, Setting } from "../settings";

/** The keys that the Huawei Cloud provider uses, then the environment variables of the SDK and of the provider. */
export const region: Setting = {
  what: "the region of Huawei Cloud",
  config: "huaweicloud:region",
  env: ["HUAWEICLOUD_SDK_REGION_ID", "HW_REGION_NAME"],
};

export const projectId: Setting = {
  what: "the project id of Huawei Cloud",
  config: "huaweicloud:projectId",
  env: ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID"],
};

export const configuredToken: Setting = { what: "the token", config: "huaweicloud:token", env: [] };
export const environmentToken = "HW_AUTH_TOKEN";

export const configuredKeys: KeyPlace = {
  from: "config",
  accessKey: "huaweicloud:accessKey",
  secretKey: "huaweicloud:secretKey",
  securityToken: "huaweicloud:securityToken",
};

export const environmentKeys: readonly KeyPlace[] = [
  {
    from: "env",
    accessKey: "HUAWEICLOUD_SDK_AK",
    secretKey: "HUAWEICLOUD_SDK_SK",
    securityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
  },
  { from: "env", accessKey: "HW_ACCESS_KEY", secretKey: "HW_SECRET_KEY", securityToken: "HW_SECURITY_TOKEN" },
];

export const endpoints = {
  kms: {
    what: "the endpoint of CSMS",
    config: "huaweicloud:endpoints",
    service: "kms",
    env: ["HUAWEICLOUD_ENDPOINT_KMS"],
  },
  iam: {
    what: "the endpoint of IAM",
    config: "huaweicloud:endpoints",
    service: "iam",
    env: ["HUAWEICLOUD_ENDPOINT_IAM"],
  },
  eps: {
    what: "the endpoint of EPS",
    config: "huaweicloud:endpoints",
    service: "eps",
    env: ["HUAWEICLOUD_ENDPOINT_EPS"],
  },
} as const;
