// Made from the description of getCsmsSecret by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of getCsmsSecret. */
export interface GetCsmsSecretArgs {
  /** The secret's name. Exactly one of `name` and `secretId` is needed. */
  name?: pulumi.Input<string>;
  /** The secret's id, which is looked for among all secrets of the project. Exactly one of `name` and `secretId` is needed. */
  secretId?: pulumi.Input<string>;
  /** The region, such as `cn-north-4`; by default the one in the settings. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default the one in the settings, else the one that IAM names for the region. */
  projectId?: pulumi.Input<string>;
}

/** What getCsmsSecret gives. */
export interface GetCsmsSecretResult {
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
  /** `ENABLED`, `DISABLED` or `FROZEN`. */
  readonly state: string;
  /** The secret's tags. */
  readonly tags: { [key: string]: string };
  /** The versions that the service keeps, oldest first: the `id`, the `stages` and when each was `created` (ISO 8601, UTC; known after a refresh where the service does not answer it). */
  readonly versions?: { id: string; stages: string[]; created?: string }[];
  /** The version that `SYSCURRENT` is on. */
  readonly currentVersionId?: string;
}

/** Looks a secret of Huawei Cloud CSMS up, without its value. Fails where there is none, or it waits for deletion. */
export function getCsmsSecret(args: GetCsmsSecretArgs, opts?: LookupOptions): pulumi.Output<GetCsmsSecretResult> {
  return lookUp("getCsmsSecret", false, args, opts);
}
