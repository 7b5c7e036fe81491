// Made from the definition of CsmsSecret by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "CsmsSecret",
  secrets: ["secretString", "secretBinary"],
  properties: [
    "name",
    "secretString",
    "secretBinary",
    "kmsKeyId",
    "description",
    "secretType",
    "autoRotation",
    "rotationPeriod",
    "rotationConfig",
    "rotationFuncUrn",
    "eventSubscriptions",
    "enterpriseProjectId",
    "tags",
    "region",
    "projectId",
    "recoveryWindowInDays",
    "forceDeleteWithoutRecovery",
    "secretId",
    "versionId",
    "versionStages",
    "state",
    "createTime",
    "updateTime",
    "scheduledDeleteTime",
    "rotationTime",
    "nextRotationTime",
    "lastUsedTime",
    "domainId",
    "replicaType",
    "replicas",
  ],
};

/** The inputs of a CsmsSecret. */
export interface CsmsSecretArgs {
  /** The secret's name, unique in its project: 1 to 64 letters, digits, `-` or `_`. Changing it replaces the secret. */
  name: pulumi.Input<string>;
  /** The secret's value as text, at most 64 KB. Exactly one of `secretString` and `secretBinary` is needed. A new value becomes a new version, which gets the stage `SYSCURRENT`; the one before it keeps `SYSPREVIOUS`. Always encrypted in the state. */
  secretString?: pulumi.Input<string>;
  /** The secret's value as base64, at most 64 KB when decoded. Exactly one of `secretString` and `secretBinary` is needed. Always encrypted in the state. */
  secretBinary?: pulumi.Input<string>;
  /** The id of the KMS key that encrypts the values; by default the key `csms/default`. Changing it is in place and counts for versions made from then on. */
  kmsKeyId?: pulumi.Input<string>;
  /** What the secret is for, at most 2,048 bytes. */
  description?: pulumi.Input<string>;
  /** `COMMON` (the default), `RDS-FG` for an account of RDS, or `GaussDB-FG` for one of TaurusDB. (`RDS` is no longer supported by the service.) Changing it replaces the secret. */
  secretType?: pulumi.Input<"COMMON" | "RDS-FG" | "GaussDB-FG">;
  /** Whether the service rotates the value, which then is no change to undo: only another value in the program makes a new version. Needs `rotationPeriod` and `rotationFuncUrn`, and a `secretType` other than `COMMON`. By default false. */
  autoRotation?: pulumi.Input<boolean>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `4h` to `8760h`. `1d` and `24h` mean the same. */
  rotationPeriod?: pulumi.Input<string>;
  /** What is rotated, as an object or its JSON text of at most 1,024 characters: `{"InstanceId": "…", "SecretSubType": "SingleUser"}`, or `"MultiUser"`. Needed with `secretType` RDS-FG and GaussDB-FG. Changing it replaces the secret. */
  rotationConfig?: pulumi.Input<string | { InstanceId: string; SecretSubType: "SingleUser" | "MultiUser" }>;
  /** The URN of the FunctionGraph function that rotates the value. Needed with `autoRotation`. */
  rotationFuncUrn?: pulumi.Input<string>;
  /** The event that the secret is subscribed to; at most one. */
  eventSubscriptions?: pulumi.Input<pulumi.Input<string>[]>;
  /** The enterprise project the secret belongs to; by default `0`, the default project. It cannot be changed yet. */
  enterpriseProjectId?: pulumi.Input<string>;
  /** At most 20 tags. Keys are 1 to 128 letters, digits, spaces or any of `_ . : = + - @`, not starting with `_sys_`; values at most 255 of these or `/`. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** The region the secret is in, such as `cn-north-4`; by default the one in the settings. Changing it replaces the secret. */
  region?: pulumi.Input<string>;
  /** The id of the region's project; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the secret. */
  projectId?: pulumi.Input<string>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  recoveryWindowInDays?: pulumi.Input<number>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  forceDeleteWithoutRecovery?: pulumi.Input<boolean>;
}

/** A secret of Huawei Cloud CSMS (Cloud Secret Management Service, part of DEW). */
export class CsmsSecret extends pulumi.CustomResource {
  /** The secret's name, unique in its project: 1 to 64 letters, digits, `-` or `_`. Changing it replaces the secret. */
  declare readonly name: pulumi.Output<string>;
  /** The secret's value as text, at most 64 KB. Exactly one of `secretString` and `secretBinary` is needed. A new value becomes a new version, which gets the stage `SYSCURRENT`; the one before it keeps `SYSPREVIOUS`. Always encrypted in the state. */
  declare readonly secretString: pulumi.Output<string | undefined>;
  /** The secret's value as base64, at most 64 KB when decoded. Exactly one of `secretString` and `secretBinary` is needed. Always encrypted in the state. */
  declare readonly secretBinary: pulumi.Output<string | undefined>;
  /** The id of the KMS key that encrypts the values; by default the key `csms/default`. Changing it is in place and counts for versions made from then on. */
  declare readonly kmsKeyId: pulumi.Output<string | undefined>;
  /** What the secret is for, at most 2,048 bytes. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** `COMMON` (the default), `RDS-FG` for an account of RDS, or `GaussDB-FG` for one of TaurusDB. (`RDS` is no longer supported by the service.) Changing it replaces the secret. */
  declare readonly secretType: pulumi.Output<"COMMON" | "RDS-FG" | "GaussDB-FG" | undefined>;
  /** Whether the service rotates the value, which then is no change to undo: only another value in the program makes a new version. Needs `rotationPeriod` and `rotationFuncUrn`, and a `secretType` other than `COMMON`. By default false. */
  declare readonly autoRotation: pulumi.Output<boolean | undefined>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `4h` to `8760h`. `1d` and `24h` mean the same. */
  declare readonly rotationPeriod: pulumi.Output<string | undefined>;
  /** What is rotated, as an object or its JSON text of at most 1,024 characters: `{"InstanceId": "…", "SecretSubType": "SingleUser"}`, or `"MultiUser"`. Needed with `secretType` RDS-FG and GaussDB-FG. Changing it replaces the secret. */
  declare readonly rotationConfig: pulumi.Output<
    string | { InstanceId: string; SecretSubType: "SingleUser" | "MultiUser" } | undefined
  >;
  /** The URN of the FunctionGraph function that rotates the value. Needed with `autoRotation`. */
  declare readonly rotationFuncUrn: pulumi.Output<string | undefined>;
  /** The event that the secret is subscribed to; at most one. */
  declare readonly eventSubscriptions: pulumi.Output<string[] | undefined>;
  /** The enterprise project the secret belongs to; by default `0`, the default project. It cannot be changed yet. */
  declare readonly enterpriseProjectId: pulumi.Output<string | undefined>;
  /** At most 20 tags. Keys are 1 to 128 letters, digits, spaces or any of `_ . : = + - @`, not starting with `_sys_`; values at most 255 of these or `/`. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The region the secret is in, such as `cn-north-4`; by default the one in the settings. Changing it replaces the secret. */
  declare readonly region: pulumi.Output<string>;
  /** The id of the region's project; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the secret. */
  declare readonly projectId: pulumi.Output<string>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  declare readonly recoveryWindowInDays: pulumi.Output<number | undefined>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  declare readonly forceDeleteWithoutRecovery: pulumi.Output<boolean | undefined>;
  /** The secret's id. */
  declare readonly secretId: pulumi.Output<string>;
  /** The id of the current version, numbered by the service: `v1`, `v2` and so on. */
  declare readonly versionId: pulumi.Output<string>;
  /** The stages of the current version, among them `SYSCURRENT`. */
  declare readonly versionStages: pulumi.Output<string[]>;
  /** `ENABLED`, `DISABLED` or `FROZEN`; a secret that waits for deletion counts as gone. */
  declare readonly state: pulumi.Output<string>;
  /** When the secret was created (ISO 8601, UTC). */
  declare readonly createTime: pulumi.Output<string | undefined>;
  /** When the secret was last changed (ISO 8601, UTC). */
  declare readonly updateTime: pulumi.Output<string | undefined>;
  /** When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives. */
  declare readonly scheduledDeleteTime: pulumi.Output<string | undefined>;
  /** When the value was last rotated (ISO 8601, UTC). */
  declare readonly rotationTime: pulumi.Output<string | undefined>;
  /** When the value will be rotated next (ISO 8601, UTC). */
  declare readonly nextRotationTime: pulumi.Output<string | undefined>;
  /** When the value was last read before the provider read it (ISO 8601, UTC). */
  declare readonly lastUsedTime: pulumi.Output<string | undefined>;
  /** The id of the account that the secret belongs to. */
  declare readonly domainId: pulumi.Output<string | undefined>;
  /** `STANDALONE`, or `PRIMARY` or `REPLICA` where the secret has replicas in other regions. */
  declare readonly replicaType: pulumi.Output<string | undefined>;
  /** The secret's replicas in other regions, each with its `status`: `IN_PROGRESS`, `IN_SYNC` or `FAILED`. */
  declare readonly replicas: pulumi.Output<
    | {
        id?: string;
        kmsKeyId?: string;
        projectId?: string;
        region?: string;
        replicaType?: string;
        status?: string;
        createdAt?: string;
        updatedAt?: string;
      }[]
    | undefined
  >;

  constructor(name: string, args: CsmsSecretArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, args), opts);
  }

  /**
   * Reads a secret that exists already, without managing it; fails where there is none.
   * @param id The secret's id.
   * @param state What else tells it apart, where the id does not say all.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Partial<CsmsSecretArgs> = {},
    opts?: pulumi.CustomResourceOptions,
  ): CsmsSecret {
    return new CsmsSecret(name, state as CsmsSecretArgs, { ...opts, id });
  }

  /** Whether a value is a CsmsSecret, also one of another copy of this package. */
  static override isInstance(value: unknown): value is CsmsSecret {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === typeOf(shape);
  }
}
