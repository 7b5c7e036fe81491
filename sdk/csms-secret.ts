// Made from the definition of CsmsSecret by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "CsmsSecret",
  secrets: ["secretString", "secretBinary"],
  named: "name",
  properties: [
    "name",
    "secretString",
    "secretStringFrom",
    "secretBinary",
    "secretBinaryFrom",
    "currentVersionId",
    "versionStages",
    "expireTime",
    "kmsKeyId",
    "description",
    "secretType",
    "autoRotation",
    "rotationTrigger",
    "rotationPeriod",
    "rotationConfig",
    "rotationFuncUrn",
    "eventSubscriptions",
    "enterpriseProjectId",
    "replicaRegions",
    "tags",
    "region",
    "projectId",
    "adoptExisting",
    "recoveryWindowInDays",
    "forceDeleteWithoutRecovery",
    "secretId",
    "rotationTaskId",
    "versionId",
    "versions",
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
  /** The secret's name, unique in its project: 1 to 64 letters, digits, `-` or `_`. When left out, it is made once of the resource's name and random characters. Changing it replaces the secret. */
  name?: pulumi.Input<string>;
  /** The secret's value as text, at most 64 KB. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. A new value becomes a new version, which gets the stage `SYSCURRENT`; the one before it keeps `SYSPREVIOUS`. Always encrypted in the state. */
  secretString?: pulumi.Input<string>;
  /** Where the provider finds the value, in place of `secretString`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. */
  secretStringFrom?: pulumi.Input<
    | { env: pulumi.Input<string> }
    | { file: pulumi.Input<string> }
    | {
        random: pulumi.Input<{
          length?: pulumi.Input<number>;
          characters?: pulumi.Input<pulumi.Input<"lower" | "upper" | "digits" | "symbols">[]>;
          exclude?: pulumi.Input<string>;
          keepers?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
        }>;
      }
  >;
  /** The secret's value as base64, at most 64 KB when decoded. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. Always encrypted in the state. */
  secretBinary?: pulumi.Input<string>;
  /** Where the provider finds the value, in place of `secretBinary`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. The variable has base64, the file the bytes themselves. A random value has `length` bytes (by default 32), and takes neither `characters` nor `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. */
  secretBinaryFrom?: pulumi.Input<
    | { env: pulumi.Input<string> }
    | { file: pulumi.Input<string> }
    | {
        random: pulumi.Input<{
          length?: pulumi.Input<number>;
          characters?: pulumi.Input<pulumi.Input<"lower" | "upper" | "digits" | "symbols">[]>;
          exclude?: pulumi.Input<string>;
          keepers?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
        }>;
      }
  >;
  /** The version that `SYSCURRENT` is on; by default that of the declared value. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than `versionId`, a new value is put beside it, which needs `versionStages`. Not for a value that the service rotates. */
  currentVersionId?: pulumi.Input<string>;
  /** Stages of the version of the declared value, beside `SYSCURRENT` and `SYSPREVIOUS`: at most 10, each 1 to 64 letters, digits, `-` or `_`. A stage is on one version at a time, so it moves to each new one. Not for a value that the service rotates. */
  versionStages?: pulumi.Input<pulumi.Input<string>[]>;
  /** When the version of the declared value expires (ISO 8601, in whole seconds, such as `2027-01-31T00:00:00Z`), later than now: the service then sends the event SECRET_VERSION_EXPIRED. It counts for each new value until it is changed. The service cannot take an end away, so leaving it out again makes a new version of the same value. Not for a value that the service rotates. */
  expireTime?: pulumi.Input<string>;
  /** The id of the KMS key that encrypts the values; by default the key `csms/default`. Changing it is in place and counts for versions made from then on. */
  kmsKeyId?: pulumi.Input<string>;
  /** What the secret is for, at most 2,048 bytes. */
  description?: pulumi.Input<string>;
  /** `COMMON` (the default), `RDS-FG` for an account of RDS, or `GaussDB-FG` for one of TaurusDB. (`RDS` is no longer supported by the service.) Changing it replaces the secret. */
  secretType?: pulumi.Input<"COMMON" | "RDS-FG" | "GaussDB-FG">;
  /** Whether the service rotates the value, which then is no change to undo, also after this is turned off: only another value in the program makes a new version. Needs `rotationPeriod` and `rotationFuncUrn`, and a `secretType` other than `COMMON`. By default false. */
  autoRotation?: pulumi.Input<boolean>;
  /** Any text: a new one, also the first one of a secret that exists, rotates the value at once and waits, up to 10 minutes, until that is done. Leaving it out does nothing. The value that the service makes is then no change to undo. Needs `rotationFuncUrn`, and a `secretType` other than `COMMON`. */
  rotationTrigger?: pulumi.Input<string>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `4h` to `8760h`. `1d` and `24h` mean the same. */
  rotationPeriod?: pulumi.Input<string>;
  /** What is rotated, as an object or its JSON text of at most 1,024 characters: `{"InstanceId": "…", "SecretSubType": "SingleUser"}`, or `"MultiUser"`. Needed with `secretType` RDS-FG and GaussDB-FG. Changing it replaces the secret. */
  rotationConfig?: pulumi.Input<
    string | { InstanceId: pulumi.Input<string>; SecretSubType: pulumi.Input<"SingleUser" | "MultiUser"> }
  >;
  /** The URN of the FunctionGraph function that rotates the value. Needed with `autoRotation` and `rotationTrigger`. */
  rotationFuncUrn?: pulumi.Input<string>;
  /** The event that the secret is subscribed to; at most one. */
  eventSubscriptions?: pulumi.Input<pulumi.Input<string>[]>;
  /** The enterprise project the secret belongs to; by default `0`, the default project. Changing it moves the secret by the Enterprise Project service (EPS) and waits, up to 90 seconds, until it is there. Leaving it out changes nothing. */
  enterpriseProjectId?: pulumi.Input<string>;
  /** Regions in which the service keeps a replica of the secret, each as its name or as `{ region, kmsKeyId }` with the key of that region that encrypts it. The order means nothing. The key of a replica cannot change. Deleting the secret deletes them first. Where it was never declared, replicas are left alone. */
  replicaRegions?: pulumi.Input<
    pulumi.Input<string | { region: pulumi.Input<string>; kmsKeyId?: pulumi.Input<string> }>[]
  >;
  /** At most 20 tags. Keys are 1 to 128 letters, digits, spaces or any of `_ . : = + - @`, not starting with `_sys_`; values at most 255 of these or `/`. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** The region, such as `cn-north-4`; by default the one in the settings. Changing it replaces the resource. */
  region?: pulumi.Input<string>;
  /** The id of the region's project, 32 letters or digits; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the resource. */
  projectId?: pulumi.Input<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  adoptExisting?: pulumi.Input<boolean>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  recoveryWindowInDays?: pulumi.Input<number>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  forceDeleteWithoutRecovery?: pulumi.Input<boolean>;
}

/** A secret of Huawei Cloud CSMS (Cloud Secret Management Service, part of DEW). */
export class CsmsSecret extends pulumi.CustomResource {
  /** The secret's name, unique in its project: 1 to 64 letters, digits, `-` or `_`. When left out, it is made once of the resource's name and random characters. Changing it replaces the secret. */
  declare readonly name: pulumi.Output<string>;
  /** The secret's value as text, at most 64 KB. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. A new value becomes a new version, which gets the stage `SYSCURRENT`; the one before it keeps `SYSPREVIOUS`. Always encrypted in the state. */
  declare readonly secretString: pulumi.Output<string | undefined>;
  /** Where the provider finds the value, in place of `secretString`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. */
  declare readonly secretStringFrom: pulumi.Output<
    | { env: string }
    | { file: string }
    | {
        random: {
          length?: number;
          characters?: ("lower" | "upper" | "digits" | "symbols")[];
          exclude?: string;
          keepers?: { [key: string]: string };
        };
      }
    | undefined
  >;
  /** The secret's value as base64, at most 64 KB when decoded. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. Always encrypted in the state. */
  declare readonly secretBinary: pulumi.Output<string | undefined>;
  /** Where the provider finds the value, in place of `secretBinary`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. The variable has base64, the file the bytes themselves. A random value has `length` bytes (by default 32), and takes neither `characters` nor `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. */
  declare readonly secretBinaryFrom: pulumi.Output<
    | { env: string }
    | { file: string }
    | {
        random: {
          length?: number;
          characters?: ("lower" | "upper" | "digits" | "symbols")[];
          exclude?: string;
          keepers?: { [key: string]: string };
        };
      }
    | undefined
  >;
  /** The version that `SYSCURRENT` is on; by default that of the declared value. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than `versionId`, a new value is put beside it, which needs `versionStages`. Not for a value that the service rotates. */
  declare readonly currentVersionId: pulumi.Output<string>;
  /** Stages of the version of the declared value, beside `SYSCURRENT` and `SYSPREVIOUS`: at most 10, each 1 to 64 letters, digits, `-` or `_`. A stage is on one version at a time, so it moves to each new one. Not for a value that the service rotates. */
  declare readonly versionStages: pulumi.Output<string[] | undefined>;
  /** When the version of the declared value expires (ISO 8601, in whole seconds, such as `2027-01-31T00:00:00Z`), later than now: the service then sends the event SECRET_VERSION_EXPIRED. It counts for each new value until it is changed. The service cannot take an end away, so leaving it out again makes a new version of the same value. Not for a value that the service rotates. */
  declare readonly expireTime: pulumi.Output<string | undefined>;
  /** The id of the KMS key that encrypts the values; by default the key `csms/default`. Changing it is in place and counts for versions made from then on. */
  declare readonly kmsKeyId: pulumi.Output<string | undefined>;
  /** What the secret is for, at most 2,048 bytes. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** `COMMON` (the default), `RDS-FG` for an account of RDS, or `GaussDB-FG` for one of TaurusDB. (`RDS` is no longer supported by the service.) Changing it replaces the secret. */
  declare readonly secretType: pulumi.Output<"COMMON" | "RDS-FG" | "GaussDB-FG" | undefined>;
  /** Whether the service rotates the value, which then is no change to undo, also after this is turned off: only another value in the program makes a new version. Needs `rotationPeriod` and `rotationFuncUrn`, and a `secretType` other than `COMMON`. By default false. */
  declare readonly autoRotation: pulumi.Output<boolean | undefined>;
  /** Any text: a new one, also the first one of a secret that exists, rotates the value at once and waits, up to 10 minutes, until that is done. Leaving it out does nothing. The value that the service makes is then no change to undo. Needs `rotationFuncUrn`, and a `secretType` other than `COMMON`. */
  declare readonly rotationTrigger: pulumi.Output<string | undefined>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `4h` to `8760h`. `1d` and `24h` mean the same. */
  declare readonly rotationPeriod: pulumi.Output<string | undefined>;
  /** What is rotated, as an object or its JSON text of at most 1,024 characters: `{"InstanceId": "…", "SecretSubType": "SingleUser"}`, or `"MultiUser"`. Needed with `secretType` RDS-FG and GaussDB-FG. Changing it replaces the secret. */
  declare readonly rotationConfig: pulumi.Output<
    string | { InstanceId: string; SecretSubType: "SingleUser" | "MultiUser" } | undefined
  >;
  /** The URN of the FunctionGraph function that rotates the value. Needed with `autoRotation` and `rotationTrigger`. */
  declare readonly rotationFuncUrn: pulumi.Output<string | undefined>;
  /** The event that the secret is subscribed to; at most one. */
  declare readonly eventSubscriptions: pulumi.Output<string[] | undefined>;
  /** The enterprise project the secret belongs to; by default `0`, the default project. Changing it moves the secret by the Enterprise Project service (EPS) and waits, up to 90 seconds, until it is there. Leaving it out changes nothing. */
  declare readonly enterpriseProjectId: pulumi.Output<string | undefined>;
  /** Regions in which the service keeps a replica of the secret, each as its name or as `{ region, kmsKeyId }` with the key of that region that encrypts it. The order means nothing. The key of a replica cannot change. Deleting the secret deletes them first. Where it was never declared, replicas are left alone. */
  declare readonly replicaRegions: pulumi.Output<(string | { region: string; kmsKeyId?: string })[] | undefined>;
  /** At most 20 tags. Keys are 1 to 128 letters, digits, spaces or any of `_ . : = + - @`, not starting with `_sys_`; values at most 255 of these or `/`. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The region, such as `cn-north-4`; by default the one in the settings. Changing it replaces the resource. */
  declare readonly region: pulumi.Output<string>;
  /** The id of the region's project, 32 letters or digits; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the resource. */
  declare readonly projectId: pulumi.Output<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  declare readonly adoptExisting: pulumi.Output<boolean | undefined>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  declare readonly recoveryWindowInDays: pulumi.Output<number | undefined>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  declare readonly forceDeleteWithoutRecovery: pulumi.Output<boolean | undefined>;
  /** The secret's id. */
  declare readonly secretId: pulumi.Output<string>;
  /** The task of a rotation that was started and not seen to its end; the next update follows it. */
  declare readonly rotationTaskId: pulumi.Output<string | undefined>;
  /** The id of the version of the declared value, numbered by the service: `v1`, `v2` and so on; of a value that the service rotates, that of the current one. */
  declare readonly versionId: pulumi.Output<string>;
  /** The versions that the service keeps, oldest first: the `id`, the `stages` and when each was `created` (ISO 8601, UTC; known after a refresh where the service does not answer it). */
  declare readonly versions: pulumi.Output<{ id: string; stages: string[]; created?: string }[] | undefined>;
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
    super(typeOf(shape), name, propertiesOf(shape, name, args, opts), opts ?? {});
  }

  /**
   * Reads what exists already, without managing it; fails where there is none.
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
