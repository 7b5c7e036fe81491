// Made from the description of listAliyunKmsSecrets by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of listAliyunKmsSecrets. */
export interface ListAliyunKmsSecretsArgs {
  /** Only the secret of this name, if there is one. */
  secretName?: pulumi.Input<string>;
  /** Only secrets whose name begins with this. */
  namePrefix?: pulumi.Input<string>;
  /** Only secrets that have all of these tags. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Only secrets in this state: `ENABLED` or `PENDING_DELETE`; by default all that do not wait for deletion. */
  state?: pulumi.Input<"ENABLED" | "PENDING_DELETE">;
  /** Only secrets of this type. */
  secretType?: pulumi.Input<"Generic" | "Rds" | "Redis" | "RAMCredentials" | "ECS" | "PolarDB">;
  /** The region, such as `cn-hangzhou`; by default the one in the settings. */
  regionId?: pulumi.Input<string>;
}

/** One of the secrets that listAliyunKmsSecrets gives. */
export interface ListAliyunKmsSecretsItem {
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
  /** `ENABLED`, or `PENDING_DELETE` where the secret waits for deletion. */
  readonly state: string;
  /** When a deletion that waits will be carried out (ISO 8601, UTC). */
  readonly plannedDeleteTime?: string;
}

/** What listAliyunKmsSecrets gives. */
export interface ListAliyunKmsSecretsResult {
  /** The secrets, in the order of the service. */
  readonly secrets: ListAliyunKmsSecretsItem[];
}

/** Lists secrets of Alibaba Cloud KMS in one region, without their values. */
export function listAliyunKmsSecrets(
  args: ListAliyunKmsSecretsArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ListAliyunKmsSecretsResult> {
  return lookUp("listAliyunKmsSecrets", false, args, opts);
}
