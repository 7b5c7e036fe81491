// Made from the description of getAliyunKmsSecret by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of getAliyunKmsSecret. */
export interface GetAliyunKmsSecretArgs {
  /** The secret's name. Exactly one of `secretName` and `arn` is needed. */
  secretName?: pulumi.Input<string>;
  /** The secret's ARN. Exactly one of `secretName` and `arn` is needed. */
  arn?: pulumi.Input<string>;
  /** The region, such as `cn-hangzhou`; by default the one in the settings. Where `arn` is given, the region in that counts. */
  regionId?: pulumi.Input<string>;
}

/** What getAliyunKmsSecret gives. */
export interface GetAliyunKmsSecretResult {
  /** The secret's ARN. */
  readonly arn: string;
  /** The secret's name. */
  readonly secretName: string;
  /** `Generic`, or a type that KMS rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`. */
  readonly secretType?: string;
  /** The region the secret is in. */
  readonly regionId: string;
  /** When the secret was created (ISO 8601, UTC). */
  readonly createTime?: string;
  /** When the secret was last changed (ISO 8601, UTC). */
  readonly updateTime?: string;
  /** The secret's tags. */
  readonly tags: { [key: string]: string };
  /** What the secret is for. */
  readonly description?: string;
  /** `ENABLED`. */
  readonly state: string;
  /** The versions that the service keeps, oldest first: the `id`, the `stages` and when each was `created` (ISO 8601, UTC; known after a refresh where the service does not answer it). */
  readonly versions?: { id: string; stages: string[]; created?: string }[];
  /** The version that `ACSCurrent` is on. */
  readonly currentVersionId?: string;
  /** The id of the KMS key that encrypts the values. */
  readonly encryptionKeyId?: string;
  /** The id of the KMS instance that the secret is in. */
  readonly dkmsInstanceId?: string;
  /** What KMS knows of the account that it rotates. */
  readonly extendedConfig?: { [key: string]: unknown };
  /** Whether KMS rotates the value by itself. */
  readonly automaticRotation: boolean;
  /** How often it does, in seconds, such as `604800s`. */
  readonly rotationInterval?: string;
  /** When the value was last rotated (ISO 8601, UTC). */
  readonly lastRotationDate?: string;
  /** When the value will be rotated next (ISO 8601, UTC). */
  readonly nextRotationDate?: string;
}

/** Looks a secret of Alibaba Cloud KMS up, without its value. Fails where there is none, or it waits for deletion. */
export function getAliyunKmsSecret(
  args: GetAliyunKmsSecretArgs,
  opts?: LookupOptions,
): pulumi.Output<GetAliyunKmsSecretResult> {
  return lookUp("getAliyunKmsSecret", false, args, opts);
}
