// Made from the description of listCsmsSecrets by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of listCsmsSecrets. */
export interface ListCsmsSecretsArgs {
  /** Only the secret of this name, if there is one. */
  name?: pulumi.Input<string>;
  /** Only secrets whose name begins with this. */
  namePrefix?: pulumi.Input<string>;
  /** Only secrets that have all of these tags. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Only secrets in this state: `ENABLED`, `DISABLED`, `PENDING_DELETE` or `FROZEN`; by default all that do not wait for deletion. */
  state?: pulumi.Input<"ENABLED" | "DISABLED" | "PENDING_DELETE" | "FROZEN">;
  /** Only secrets of this type. */
  secretType?: pulumi.Input<"COMMON" | "RDS-FG" | "GaussDB-FG">;
  /** Only secrets of this enterprise project. */
  enterpriseProjectId?: pulumi.Input<string>;
  /** The region, such as `cn-north-4`; by default the one in the settings. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default the one in the settings, else the one that IAM names for the region. */
  projectId?: pulumi.Input<string>;
}

/** One of the secrets that listCsmsSecrets gives. */
export interface ListCsmsSecretsItem {
  /** The secret's id. */
  readonly secretId: string;
  /** The secret's name. */
  readonly name: string;
  /** `COMMON`, `RDS-FG` or `GaussDB-FG`. */
  readonly secretType?: string;
  /** What the secret is for. */
  readonly description?: string;
  /** The id of the KMS key that encrypts new values. */
  readonly kmsKeyId?: string;
  /** The enterprise project the secret belongs to. */
  readonly enterpriseProjectId?: string;
  /** The event that the secret is subscribed to. */
  readonly eventSubscriptions?: string[];
  /** Whether the service rotates the value. */
  readonly autoRotation?: boolean;
  /** How often it does. */
  readonly rotationPeriod?: string;
  /** The URN of the FunctionGraph function that rotates the value. */
  readonly rotationFuncUrn?: string;
  /** When the value was last rotated (ISO 8601, UTC). */
  readonly rotationTime?: string;
  /** When the value will be rotated next (ISO 8601, UTC). */
  readonly nextRotationTime?: string;
  /** When the secret was created (ISO 8601, UTC). */
  readonly createTime?: string;
  /** When the secret was last changed (ISO 8601, UTC). */
  readonly updateTime?: string;
  /** When the value was last read (ISO 8601, UTC). */
  readonly lastUsedTime?: string;
  /** The id of the account that the secret belongs to. */
  readonly domainId?: string;
  /** `STANDALONE`, or `PRIMARY` or `REPLICA` where the secret has replicas in other regions. */
  readonly replicaType?: string;
  /** The secret's replicas in other regions, each with its `status`: `IN_PROGRESS`, `IN_SYNC` or `FAILED`. */
  readonly replicas?: {
    id?: string;
    kmsKeyId?: string;
    projectId?: string;
    region?: string;
    replicaType?: string;
    status?: string;
    createdAt?: string;
    updatedAt?: string;
  }[];
  /** The region the secret is in. */
  readonly region: string;
  /** The id of the region's project. */
  readonly projectId: string;
  /** `ENABLED`, `DISABLED`, `FROZEN`, or `PENDING_DELETE` where the secret waits for deletion. */
  readonly state: string;
  /** When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives. */
  readonly scheduledDeleteTime?: string;
}

/** What listCsmsSecrets gives. */
export interface ListCsmsSecretsResult {
  /** The secrets, in the order of the service. */
  readonly secrets: ListCsmsSecretsItem[];
}

/** Lists secrets of Huawei Cloud CSMS in one project, without their values. */
export function listCsmsSecrets(
  args: ListCsmsSecretsArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ListCsmsSecretsResult> {
  return lookUp("listCsmsSecrets", false, args, opts);
}
