// Made from the description of listAnalyticDbSecrets by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of listAnalyticDbSecrets. */
export interface ListAnalyticDbSecretsArgs {
  /** The id of the AnalyticDB for PostgreSQL instance. One of `dbInstanceId` and `workspaceId` is needed. */
  dbInstanceId?: pulumi.Input<string>;
  /** The id of a workspace of several instances; it wins over `dbInstanceId` where both are given. */
  workspaceId?: pulumi.Input<string>;
  /** Only the secret of this name, if there is one. */
  secretName?: pulumi.Input<string>;
  /** Only secrets whose name begins with this. */
  namePrefix?: pulumi.Input<string>;
  /** Only secrets of this database account. */
  username?: pulumi.Input<string>;
  /** The region, such as `cn-hangzhou`; by default the one in the settings. */
  regionId?: pulumi.Input<string>;
}

/** One of the secrets that listAnalyticDbSecrets gives. */
export interface ListAnalyticDbSecretsItem {
  /** The secret's ARN, which the Data API takes. */
  readonly arn: string;
  /** The secret's name. */
  readonly secretName: string;
  /** The database account that signs in. */
  readonly username?: string;
  /** What the secret is for. */
  readonly description?: string;
  /** The id of the instance, where the secret belongs to one. */
  readonly dbInstanceId?: string;
  /** The region the instance is in. */
  readonly regionId: string;
  /** `ENABLED`: the service knows no other state. */
  readonly state: string;
}

/** What listAnalyticDbSecrets gives. */
export interface ListAnalyticDbSecretsResult {
  /** The secrets, in the order of the service. */
  readonly secrets: ListAnalyticDbSecretsItem[];
}

/** Lists the secrets of one AnalyticDB for PostgreSQL instance or workspace, without their passwords. */
export function listAnalyticDbSecrets(
  args: ListAnalyticDbSecretsArgs,
  opts?: LookupOptions,
): pulumi.Output<ListAnalyticDbSecretsResult> {
  return lookUp("listAnalyticDbSecrets", false, args, opts);
}
