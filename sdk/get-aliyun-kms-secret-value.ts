// Made from the description of getAliyunKmsSecretValue by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of getAliyunKmsSecretValue. */
export interface GetAliyunKmsSecretValueArgs {
  /** The secret's name. Exactly one of `secretName` and `arn` is needed. */
  secretName?: pulumi.Input<string>;
  /** The secret's ARN. Exactly one of `secretName` and `arn` is needed. */
  arn?: pulumi.Input<string>;
  /** The region, such as `cn-hangzhou`; by default the one in the settings. Where `arn` is given, the region in that counts. */
  regionId?: pulumi.Input<string>;
  /** The id of a version; by default the one that `versionStage` is on. Not for types that KMS rotates. */
  versionId?: pulumi.Input<string>;
  /** A stage; by default `ACSCurrent`. Not together with `versionId`. */
  versionStage?: pulumi.Input<string>;
}

/** What getAliyunKmsSecretValue gives. */
export interface GetAliyunKmsSecretValueResult {
  /** The value. */
  readonly secretData: string;
  /** What the value is: `text` or `binary`. */
  readonly secretDataType?: "text" | "binary";
  /** The id of the value's version. */
  readonly versionId: string;
  /** The stages of that version. */
  readonly versionStages: string[];
  /** When that version was made (ISO 8601, UTC). */
  readonly createTime?: string;
  /** The secret's name. */
  readonly secretName: string;
  /** `Generic`, or a type that KMS rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`. */
  readonly secretType?: string;
  /** The region the secret is in. */
  readonly regionId: string;
}

/** Reads a value of a secret of Alibaba Cloud KMS, by default the current one. All of what it gives is secret. Fails where there is none, or the secret waits for deletion. */
export function getAliyunKmsSecretValue(
  args: GetAliyunKmsSecretValueArgs,
  opts?: LookupOptions,
): pulumi.Output<GetAliyunKmsSecretValueResult> {
  return lookUp("getAliyunKmsSecretValue", true, args, opts);
}
