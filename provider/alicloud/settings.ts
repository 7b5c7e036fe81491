import type { EndpointSetting, KeyPlace, Setting, SettingsSource } from "../settings";

/** The keys that `@pulumi/alicloud` uses, then the environment variables of Alibaba Cloud's tools, newer before older. */
export const region: Setting = {
  what: "the region of Alibaba Cloud",
  config: "alicloud:region",
  env: ["ALIBABA_CLOUD_REGION_ID", "ALICLOUD_REGION"],
};

export const profile: Setting = {
  what: "the profile",
  config: "alicloud:profile",
  env: ["ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"],
};

export const sharedCredentialsFile: Setting = {
  what: "the file of profiles",
  config: "alicloud:sharedCredentialsFile",
  env: ["ALICLOUD_SHARED_CREDENTIALS_FILE"],
};

export const assumeRole: Setting = { what: "the role to assume", config: "alicloud:assumeRole", env: [] };

/** An OIDC role as one object; the environment has its members, as RRSA sets them. */
export const assumeRoleWithOidc: Setting = {
  what: "the OIDC role",
  config: "alicloud:assumeRoleWithOidc",
  env: [],
};

export const oidcVariables = {
  roleArn: "ALIBABA_CLOUD_ROLE_ARN",
  oidcProviderArn: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
  oidcTokenFile: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
  roleSessionName: "ALIBABA_CLOUD_ROLE_SESSION_NAME",
} as const;

/** Variables of the vendor's libraries that turn something on or off, or say which STS to ask. */
export const variables = {
  withoutProfiles: "ALIBABA_CLOUD_CLI_PROFILE_DISABLED",
  withoutEcs: "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
  withoutTokenless: "ALIBABA_CLOUD_IMDSV1_DISABLED",
  inVpc: "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
  stsRegion: "ALIBABA_CLOUD_STS_REGION",
  iniFile: "ALIBABA_CLOUD_CREDENTIALS_FILE",
} as const;

/** Whether a variable says `true`. */
export const isOn = ({ env }: SettingsSource, variable: string) => env[variable]?.toLowerCase() === "true";

export const ecsRoleName: Setting = {
  what: "the RAM role of the ECS instance",
  config: "alicloud:ecsRoleName",
  env: ["ALIBABA_CLOUD_ECS_METADATA", "ALICLOUD_ECS_ROLE_NAME"],
};

export const credentialsUri: Setting = {
  what: "the address that answers credentials",
  config: "alicloud:credentialsUri",
  env: ["ALIBABA_CLOUD_CREDENTIALS_URI", "ALICLOUD_CREDENTIALS_URI"],
};

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
  sts: {
    what: "the endpoint of STS",
    config: "alicloud:endpoints",
    service: "sts",
    env: ["ALIBABA_CLOUD_ENDPOINT_STS"],
  },
  ecsMetadata: {
    what: "the metadata service of ECS",
    config: "alicloud:endpoints",
    service: "ecsMetadata",
    env: ["ALIBABA_CLOUD_ECS_METADATA_ENDPOINT"],
    plainHosts: /^(100\.100\.100\.200|169\.254(\.\d{1,3}){2})$/,
  },
} as const satisfies Record<string, EndpointSetting>;
