// Made from the description of getCsmsSecretValue by `npm run generate`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of getCsmsSecretValue. */
export interface GetCsmsSecretValueArgs {
  /** The secret's name. Exactly one of `name` and `secretId` is needed. */
  name?: pulumi.Input<string>;
  /** The secret's id, which is looked for among all secrets of the project. Exactly one of `name` and `secretId` is needed. */
  secretId?: pulumi.Input<string>;
  /** The region, such as `cn-north-4`; by default the one in the settings. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default the one in the settings, else the one that IAM names for the region. */
  projectId?: pulumi.Input<string>;
  /** The id of a version, such as `v2`; by default the one that `versionStage` is on. */
  versionId?: pulumi.Input<string>;
  /** A stage; by default `SYSCURRENT`. Not together with `versionId`. */
  versionStage?: pulumi.Input<string>;
}

/** What getCsmsSecretValue gives. */
export interface GetCsmsSecretValueResult {
  /** The value, where it is a text. */
  readonly secretString?: string;
  /** The value as base64, where it is binary. */
  readonly secretBinary?: string;
  /** The id of the value's version. */
  readonly versionId: string;
  /** The stages of that version. */
  readonly versionStages: string[];
  /** When that version was made (ISO 8601, UTC). */
  readonly createTime?: string;
  /** When that version expires (ISO 8601, UTC). */
  readonly expireTime?: string;
  /** The secret's name. */
  readonly name: string;
  /** The region the secret is in. */
  readonly region: string;
  /** The id of the region's project. */
  readonly projectId: string;
}

/** Reads a value of a secret of Huawei Cloud CSMS, by default the current one. All of what it gives is secret. Fails where there is none, or the secret is not enabled or waits for deletion. */
export function getCsmsSecretValue(
  args: GetCsmsSecretValueArgs,
  opts?: LookupOptions,
): pulumi.Output<GetCsmsSecretValueResult> {
  return lookUp("getCsmsSecretValue", true, args, opts);
}
