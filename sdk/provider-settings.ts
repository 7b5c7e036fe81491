// Made from the table of settings by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";

/** Where and as whom to sign in to Alibaba Cloud. */
export interface AlicloudSettings {
  /** The region, such as `cn-hangzhou`. */
  region?: pulumi.Input<string>;
  /** The access key's id. It counts together with `secretKey`. */
  accessKey?: pulumi.Input<string>;
  /** The access key's secret. */
  secretKey?: pulumi.Input<string>;
  /** The token of a temporary access key. */
  securityToken?: pulumi.Input<string>;
  /** A profile of `~/.aliyun/config.json`, or of `sharedCredentialsFile`. */
  profile?: pulumi.Input<string>;
  /** The file of profiles. */
  sharedCredentialsFile?: pulumi.Input<string>;
  /** A RAM role to take on by whatever else signs in. `sessionExpiration` in seconds, from 900 to 43,200. */
  assumeRole?: pulumi.Input<{
    roleArn: pulumi.Input<string>;
    sessionName?: pulumi.Input<string>;
    policy?: pulumi.Input<string>;
    sessionExpiration?: pulumi.Input<number>;
    externalId?: pulumi.Input<string>;
  }>;
  /** A RAM role to sign in as by a token of OpenID Connect. `sessionExpiration` in seconds, from 900 to 43,200. */
  assumeRoleWithOidc?: pulumi.Input<{
    roleArn?: pulumi.Input<string>;
    oidcProviderArn?: pulumi.Input<string>;
    oidcTokenFile?: pulumi.Input<string>;
    oidcToken?: pulumi.Input<string>;
    roleSessionName?: pulumi.Input<string>;
    policy?: pulumi.Input<string>;
    sessionExpiration?: pulumi.Input<number>;
  }>;
  /** The RAM role of the ECS instance that the program runs on. */
  ecsRoleName?: pulumi.Input<string>;
  /** An address that answers temporary keys. */
  credentialsUri?: pulumi.Input<string>;
  /** Addresses of the services, where they are not the public ones. */
  endpoints?: pulumi.Input<{
    kms?: pulumi.Input<string>;
    gpdb?: pulumi.Input<string>;
    sts?: pulumi.Input<string>;
    ecsMetadata?: pulumi.Input<string>;
  }>;
}

/** Where and as whom to sign in to Huawei Cloud. */
export interface HuaweicloudSettings {
  /** The region, such as `cn-north-4`. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default IAM is asked. */
  projectId?: pulumi.Input<string>;
  /** The name of the project, such as `cn-north-4_team`, which IAM is asked for. */
  projectName?: pulumi.Input<string>;
  /** The id of the account that signs in; by default IAM is asked where an agency is taken. */
  domainId?: pulumi.Input<string>;
  /** A profile of `~/.hcloud/config.json`, or of `sharedConfigFile`. */
  profile?: pulumi.Input<string>;
  /** The file of profiles. */
  sharedConfigFile?: pulumi.Input<string>;
  /** An agency of another account to take by whatever else signs in. `duration` in seconds, from 900 to 86,400. */
  assumeRole?: pulumi.Input<{
    agencyName: pulumi.Input<string>;
    domainName?: pulumi.Input<string>;
    domainId?: pulumi.Input<string>;
    duration?: pulumi.Input<number>;
  }>;
  /** The access key (AK). It counts together with `secretKey`. */
  accessKey?: pulumi.Input<string>;
  /** The access key's secret (SK). */
  secretKey?: pulumi.Input<string>;
  /** The token of a temporary access key. */
  securityToken?: pulumi.Input<string>;
  /** A token of IAM, instead of keys. */
  token?: pulumi.Input<string>;
  /** Addresses of the services, where they are not the public ones. */
  endpoints?: pulumi.Input<{
    kms?: pulumi.Input<string>;
    iam?: pulumi.Input<string>;
    eps?: pulumi.Input<string>;
    metadata?: pulumi.Input<string>;
  }>;
}

interface SettingNames {
  readonly names: readonly string[];
  readonly secrets: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
}

/** What the settings of each cloud are called, which are credentials, and what the members of objects are called. */
export const settingNames: Readonly<Record<string, SettingNames>> = {
  alicloud: {
    names: [
      "region",
      "accessKey",
      "secretKey",
      "securityToken",
      "profile",
      "sharedCredentialsFile",
      "assumeRole",
      "assumeRoleWithOidc",
      "ecsRoleName",
      "credentialsUri",
      "endpoints",
    ],
    secrets: ["accessKey", "secretKey", "securityToken", "assumeRoleWithOidc", "credentialsUri"],
    members: {
      assumeRole: ["roleArn", "sessionName", "policy", "sessionExpiration", "externalId"],
      assumeRoleWithOidc: [
        "roleArn",
        "oidcProviderArn",
        "oidcTokenFile",
        "oidcToken",
        "roleSessionName",
        "policy",
        "sessionExpiration",
      ],
      endpoints: ["kms", "gpdb", "sts", "ecsMetadata"],
    },
  },
  huaweicloud: {
    names: [
      "region",
      "projectId",
      "projectName",
      "domainId",
      "profile",
      "sharedConfigFile",
      "assumeRole",
      "accessKey",
      "secretKey",
      "securityToken",
      "token",
      "endpoints",
    ],
    secrets: ["accessKey", "secretKey", "securityToken", "token"],
    members: {
      assumeRole: ["agencyName", "domainName", "domainId", "duration"],
      endpoints: ["kms", "iam", "eps", "metadata"],
    },
  },
};
