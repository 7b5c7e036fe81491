import type { EndpointSetting, KeyPlace, Setting } from "../settings";

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

export const projectName: Setting = {
  what: "the name of a project of Huawei Cloud",
  config: "huaweicloud:projectName",
  env: ["HW_PROJECT_NAME"],
};

export const domainId: Setting = {
  what: "the id of the account",
  config: "huaweicloud:domainId",
  env: ["HUAWEICLOUD_SDK_DOMAIN_ID", "HW_DOMAIN_ID"],
};

/** A profile of the file of Huawei Cloud's CLI. */
export const profileName: Setting = { what: "the profile", config: "huaweicloud:profile", env: ["HW_PROFILE"] };
export const profileFile: Setting = {
  what: "the file of profiles",
  config: "huaweicloud:sharedConfigFile",
  env: ["HW_SHARED_CONFIG_FILE"],
};

/** The agency whose keys take the place of those that are found, as an object or by variables. */
export const assumeRole: Setting = { what: "the agency", config: "huaweicloud:assumeRole", env: [] };
export const assumeRoleVariables = {
  agencyName: "HW_ASSUME_ROLE_AGENCY_NAME",
  domainName: "HW_ASSUME_ROLE_DOMAIN_NAME",
  domainId: "HW_ASSUME_ROLE_DOMAIN_ID",
  duration: "HW_ASSUME_ROLE_DURATION",
} as const;

/** An OpenID Connect token of an identity provider that IAM trusts. */
export const idTokenVariables = {
  provider: "HUAWEICLOUD_SDK_IDP_ID",
  file: "HUAWEICLOUD_SDK_ID_TOKEN_FILE",
} as const;

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
  metadata: {
    what: "the endpoint of the metadata of an ECS instance",
    config: "huaweicloud:endpoints",
    service: "metadata",
    env: ["HUAWEICLOUD_ENDPOINT_METADATA"],
    plainHosts: /^169\.254\.169\.254$/,
  },
} as const satisfies Record<string, EndpointSetting>;
