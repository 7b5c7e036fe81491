// Made from the description of getAnalyticDbSecretValue by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of getAnalyticDbSecretValue. */
export interface GetAnalyticDbSecretValueArgs {
  /** The id of the AnalyticDB for PostgreSQL instance. One of `dbInstanceId` and `workspaceId` is needed. */
  dbInstanceId?: pulumi.Input<string>;
  /** The id of a workspace of several instances; it wins over `dbInstanceId` where both are given. */
  workspaceId?: pulumi.Input<string>;
  /** The secret's name. Exactly one of `secretName` and `arn` is needed. */
  secretName?: pulumi.Input<string>;
  /** The secret's ARN. Exactly one of `secretName` and `arn` is needed. */
  arn?: pulumi.Input<string>;
  /** The region, such as `cn-hangzhou`; by default the one in the settings. Where `arn` is given, the region in that counts. */
  regionId?: pulumi.Input<string>;
}

/** What getAnalyticDbSecretValue gives. */
export interface GetAnalyticDbSecretValueResult {
  /** The database account that signs in. */
  readonly username: string;
  /** The account's password. */
  readonly password: string;
  /** The secret's ARN, which the Data API takes. */
  readonly arn: string;
  /** The secret's name. */
  readonly secretName: string;
  /** What the secret is for. */
  readonly description?: string;
  /** The id of the instance, where the secret belongs to one. */
  readonly dbInstanceId?: string;
  /** The region the instance is in. */
  readonly regionId: string;
}

/** Reads the account and the password of a secret of AnalyticDB for PostgreSQL. All of what it gives is secret. Fails where there is none. */
export function getAnalyticDbSecretValue(
  args: GetAnalyticDbSecretValueArgs,
  opts?: LookupOptions,
): pulumi.Output<GetAnalyticDbSecretValueResult> {
  return lookUp("getAnalyticDbSecretValue", true, args, opts);
}
