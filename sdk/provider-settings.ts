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
  /** A profile of `~/.aliyun/config.json`. */
  profile?: pulumi.Input<string>;
  /** Addresses of the services, where they are not the public ones. */
  endpoints?: pulumi.Input<{ kms?: pulumi.Input<string>; gpdb?: pulumi.Input<string> }>;
}

/** Where and as whom to sign in to Huawei Cloud. */
export interface HuaweicloudSettings {
  /** The region, such as `cn-north-4`. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default IAM is asked. */
  projectId?: pulumi.Input<string>;
  /** The access key (AK). It counts together with `secretKey`. */
  accessKey?: pulumi.Input<string>;
  /** The access key's secret (SK). */
  secretKey?: pulumi.Input<string>;
  /** The token of a temporary access key. */
  securityToken?: pulumi.Input<string>;
  /** A token of IAM, instead of keys. */
  token?: pulumi.Input<string>;
  /** Addresses of the services, where they are not the public ones. */
  endpoints?: pulumi.Input<{ kms?: pulumi.Input<string>; iam?: pulumi.Input<string>; eps?: pulumi.Input<string> }>;
}

/** What the settings of each cloud are called, and which are credentials. */
export const settingNames: Readonly<
  Record<string, { readonly names: readonly string[]; readonly secrets: readonly string[] }>
> = {
  alicloud: {
    names: ["region", "accessKey", "secretKey", "securityToken", "profile", "endpoints"],
    secrets: ["accessKey", "secretKey", "securityToken"],
  },
  huaweicloud: {
    names: ["region", "projectId", "accessKey", "secretKey", "securityToken", "token", "endpoints"],
    secrets: ["accessKey", "secretKey", "securityToken", "token"],
  },
};
