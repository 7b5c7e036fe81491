// Made from the definition of AliyunKmsSecret by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "AliyunKmsSecret",
  secrets: ["secretData"],
  named: "secretName",
  properties: [
    "secretName",
    "secretData",
    "secretDataFrom",
    "versionId",
    "currentVersionId",
    "versionStages",
    "secretDataType",
    "secretType",
    "extendedConfig",
    "automaticRotation",
    "rotationInterval",
    "rotationTrigger",
    "encryptionKeyId",
    "dkmsInstanceId",
    "policy",
    "description",
    "tags",
    "regionId",
    "adoptExisting",
    "recoveryWindowInDays",
    "forceDeleteWithoutRecovery",
    "arn",
    "versions",
    "state",
    "lastRotationDate",
    "nextRotationDate",
    "createTime",
    "updateTime",
    "plannedDeleteTime",
    "requestId",
  ],
};

/** The inputs of an AliyunKmsSecret. */
export interface AliyunKmsSecretArgs {
  /** The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/` (but with `acs/ecs/` for the type ECS). When left out, it is made once of the resource's name and random characters; RAMCredentials are named by KMS (`$Auto` says the same). Changing it replaces the secret. */
  secretName?: pulumi.Input<string>;
  /** The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. For types that KMS rotates it is the first value, which KMS then keeps and changes by itself: `{"Accounts":[{"AccountName":"…","AccountPassword":"…"}]}` for Rds, `{"AccessKeys":[{"AccessKeyId":"…","AccessKeySecret":"…"}]}` for RAMCredentials, `{"UserName":"…","Password":"…"}` or `{"UserName":"…","PublicKey":"…","PrivateKey":"…"}` for ECS, and none for Redis and PolarDB (the output is `$Auto`, which may be given too). Always encrypted in the state. */
  secretData?: pulumi.Input<string>;
  /** Where the provider finds the value, in place of `secretData`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. With `secretDataType: "binary"` the variable has base64, and the file and a random value are bytes, which become base64; a random value is made anew when the type changes. For types that KMS rotates, which take no random value, it is where the first value is found. */
  secretDataFrom?: pulumi.Input<
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
  /** The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value. For types that KMS rotates it is the id of the first version, and the output is that of the current one. */
  versionId?: pulumi.Input<string>;
  /** The version that `ACSCurrent` is on; by default that of `secretData`. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than that of `secretData`, a new `secretData` is put beside it, which needs `versionStages`. Only for the type Generic. */
  currentVersionId?: pulumi.Input<string>;
  /** Stages of the version of `secretData`, beside `ACSCurrent` and `ACSPrevious`: at most 6, each 1 to 64 letters, digits or any of `_ / + = . @ -`. A stage is on one version at a time, so it moves to each new one. Only for the type Generic. */
  versionStages?: pulumi.Input<pulumi.Input<string>[]>;
  /** What the value is: `text` (the default) or `binary`. Types that KMS rotates are `text`. */
  secretDataType?: pulumi.Input<"text" | "binary">;
  /** `Generic` (the default), or a type whose value KMS makes or rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`. Changing it replaces the secret. */
  secretType?: pulumi.Input<"Generic" | "Rds" | "Redis" | "RAMCredentials" | "ECS" | "PolarDB">;
  /** What KMS has to know of the account that it rotates, by `secretType`; needed for each but Generic, at most 1,024 characters as JSON. Rds: `secretSubType` (`SingleUser` or `DoubleUsers`), `dbInstanceId`. Redis: `secretSubType` (`DoubleUsers`), `regionId`, `instanceId`, `accountName`, `cloneAccountName` (the account's name and `_clone`), `accountPrivilege`. RAMCredentials: `secretSubType` (`RamUserAccessKey`), `userName`. ECS: `secretSubType` (`Password` or `SSHKey`), `regionId`, `instanceId`. PolarDB: `secretSubType` (`DoubleUsers`), `regionId`, `dbClusterId`, `dbType` (`MySQL` or `PostgreSQL`), `accountName`, and optional `cloneAccountName`, `accountType` (`Normal`) and, for MySQL, `accountPrivilege` and `dbName`. Each takes `customData`: at most 10 pairs, which change in place; changing anything else replaces the secret. */
  extendedConfig?: pulumi.Input<
    | {
        secretSubType: pulumi.Input<"SingleUser" | "DoubleUsers">;
        dbInstanceId: pulumi.Input<string>;
        customData?: pulumi.Input<{ [key: string]: unknown }>;
      }
    | {
        secretSubType: pulumi.Input<"DoubleUsers">;
        regionId: pulumi.Input<string>;
        instanceId: pulumi.Input<string>;
        accountName: pulumi.Input<string>;
        cloneAccountName: pulumi.Input<string>;
        accountPrivilege: pulumi.Input<string>;
        customData?: pulumi.Input<{ [key: string]: unknown }>;
      }
    | {
        secretSubType: pulumi.Input<"RamUserAccessKey">;
        userName: pulumi.Input<string>;
        customData?: pulumi.Input<{ [key: string]: unknown }>;
      }
    | {
        secretSubType: pulumi.Input<"Password" | "SSHKey">;
        regionId: pulumi.Input<string>;
        instanceId: pulumi.Input<string>;
        customData?: pulumi.Input<{ [key: string]: unknown }>;
      }
    | {
        secretSubType: pulumi.Input<"DoubleUsers">;
        regionId: pulumi.Input<string>;
        dbClusterId: pulumi.Input<string>;
        dbType: pulumi.Input<"MySQL" | "PostgreSQL">;
        accountName: pulumi.Input<string>;
        cloneAccountName?: pulumi.Input<string>;
        accountType?: pulumi.Input<"Normal">;
        accountPrivilege?: pulumi.Input<string>;
        dbName?: pulumi.Input<string>;
        customData?: pulumi.Input<{ [key: string]: unknown }>;
      }
  >;
  /** Whether KMS rotates the value by itself, every `rotationInterval`. By default false. Not for the type Generic. */
  automaticRotation?: pulumi.Input<boolean>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `6h` to `8760h`. `7d` and `168h` mean the same. Needed with `automaticRotation`, and of no effect without it. */
  rotationInterval?: pulumi.Input<string>;
  /** Any text: a new one, also the first one of a secret that exists, rotates the value at once. Leaving it out does nothing. KMS rotates a secret at most 50 times an hour. Not for the type Generic. */
  rotationTrigger?: pulumi.Input<string>;
  /** The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret. */
  encryptionKeyId?: pulumi.Input<string>;
  /** The id of the KMS instance that the secret, and its key, are in; by default none. Changing it replaces the secret. */
  dkmsInstanceId?: pulumi.Input<string>;
  /** Who may do what with the secret, as an object or its JSON text of at most 32,768 bytes; compared as JSON. Needs `dkmsInstanceId`. Where it was never declared, KMS's own default policy, or whatever is there, is left alone; leaving it out again brings back the default policy. */
  policy?: pulumi.Input<string | { [key: string]: unknown }>;
  /** What the secret is for. */
  description?: pulumi.Input<string>;
  /** At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \ _ - . + = : @`; keys do not start with `aliyun` or `acs:`. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  regionId?: pulumi.Input<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  adoptExisting?: pulumi.Input<boolean>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  recoveryWindowInDays?: pulumi.Input<number>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  forceDeleteWithoutRecovery?: pulumi.Input<boolean>;
}

/** A secret of Alibaba Cloud KMS (Secrets Manager). */
export class AliyunKmsSecret extends pulumi.CustomResource {
  /** The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/` (but with `acs/ecs/` for the type ECS). When left out, it is made once of the resource's name and random characters; RAMCredentials are named by KMS (`$Auto` says the same). Changing it replaces the secret. */
  declare readonly secretName: pulumi.Output<string>;
  /** The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. For types that KMS rotates it is the first value, which KMS then keeps and changes by itself: `{"Accounts":[{"AccountName":"…","AccountPassword":"…"}]}` for Rds, `{"AccessKeys":[{"AccessKeyId":"…","AccessKeySecret":"…"}]}` for RAMCredentials, `{"UserName":"…","Password":"…"}` or `{"UserName":"…","PublicKey":"…","PrivateKey":"…"}` for ECS, and none for Redis and PolarDB (the output is `$Auto`, which may be given too). Always encrypted in the state. */
  declare readonly secretData: pulumi.Output<string | undefined>;
  /** Where the provider finds the value, in place of `secretData`, so that it never gets to Pulumi's state: `{ env: "NAME" }` an environment variable; `{ file: "./path" }` a file as it is, from the program's folder; `{ random: { length, characters, exclude, keepers } }` made once. Another value than before is a change. A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`. With `secretDataType: "binary"` the variable has base64, and the file and a random value are bytes, which become base64; a random value is made anew when the type changes. For types that KMS rotates, which take no random value, it is where the first value is found. */
  declare readonly secretDataFrom: pulumi.Output<
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
  /** The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value. For types that KMS rotates it is the id of the first version, and the output is that of the current one. */
  declare readonly versionId: pulumi.Output<string>;
  /** The version that `ACSCurrent` is on; by default that of `secretData`. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than that of `secretData`, a new `secretData` is put beside it, which needs `versionStages`. Only for the type Generic. */
  declare readonly currentVersionId: pulumi.Output<string>;
  /** Stages of the version of `secretData`, beside `ACSCurrent` and `ACSPrevious`: at most 6, each 1 to 64 letters, digits or any of `_ / + = . @ -`. A stage is on one version at a time, so it moves to each new one. Only for the type Generic. */
  declare readonly versionStages: pulumi.Output<string[] | undefined>;
  /** What the value is: `text` (the default) or `binary`. Types that KMS rotates are `text`. */
  declare readonly secretDataType: pulumi.Output<"text" | "binary" | undefined>;
  /** `Generic` (the default), or a type whose value KMS makes or rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`. Changing it replaces the secret. */
  declare readonly secretType: pulumi.Output<
    "Generic" | "Rds" | "Redis" | "RAMCredentials" | "ECS" | "PolarDB" | undefined
  >;
  /** What KMS has to know of the account that it rotates, by `secretType`; needed for each but Generic, at most 1,024 characters as JSON. Rds: `secretSubType` (`SingleUser` or `DoubleUsers`), `dbInstanceId`. Redis: `secretSubType` (`DoubleUsers`), `regionId`, `instanceId`, `accountName`, `cloneAccountName` (the account's name and `_clone`), `accountPrivilege`. RAMCredentials: `secretSubType` (`RamUserAccessKey`), `userName`. ECS: `secretSubType` (`Password` or `SSHKey`), `regionId`, `instanceId`. PolarDB: `secretSubType` (`DoubleUsers`), `regionId`, `dbClusterId`, `dbType` (`MySQL` or `PostgreSQL`), `accountName`, and optional `cloneAccountName`, `accountType` (`Normal`) and, for MySQL, `accountPrivilege` and `dbName`. Each takes `customData`: at most 10 pairs, which change in place; changing anything else replaces the secret. */
  declare readonly extendedConfig: pulumi.Output<
    | { secretSubType: "SingleUser" | "DoubleUsers"; dbInstanceId: string; customData?: { [key: string]: unknown } }
    | {
        secretSubType: "DoubleUsers";
        regionId: string;
        instanceId: string;
        accountName: string;
        cloneAccountName: string;
        accountPrivilege: string;
        customData?: { [key: string]: unknown };
      }
    | { secretSubType: "RamUserAccessKey"; userName: string; customData?: { [key: string]: unknown } }
    | {
        secretSubType: "Password" | "SSHKey";
        regionId: string;
        instanceId: string;
        customData?: { [key: string]: unknown };
      }
    | {
        secretSubType: "DoubleUsers";
        regionId: string;
        dbClusterId: string;
        dbType: "MySQL" | "PostgreSQL";
        accountName: string;
        cloneAccountName?: string;
        accountType?: "Normal";
        accountPrivilege?: string;
        dbName?: string;
        customData?: { [key: string]: unknown };
      }
    | undefined
  >;
  /** Whether KMS rotates the value by itself, every `rotationInterval`. By default false. Not for the type Generic. */
  declare readonly automaticRotation: pulumi.Output<boolean | undefined>;
  /** How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `6h` to `8760h`. `7d` and `168h` mean the same. Needed with `automaticRotation`, and of no effect without it. */
  declare readonly rotationInterval: pulumi.Output<string | undefined>;
  /** Any text: a new one, also the first one of a secret that exists, rotates the value at once. Leaving it out does nothing. KMS rotates a secret at most 50 times an hour. Not for the type Generic. */
  declare readonly rotationTrigger: pulumi.Output<string | undefined>;
  /** The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret. */
  declare readonly encryptionKeyId: pulumi.Output<string | undefined>;
  /** The id of the KMS instance that the secret, and its key, are in; by default none. Changing it replaces the secret. */
  declare readonly dkmsInstanceId: pulumi.Output<string | undefined>;
  /** Who may do what with the secret, as an object or its JSON text of at most 32,768 bytes; compared as JSON. Needs `dkmsInstanceId`. Where it was never declared, KMS's own default policy, or whatever is there, is left alone; leaving it out again brings back the default policy. */
  declare readonly policy: pulumi.Output<string | { [key: string]: unknown } | undefined>;
  /** What the secret is for. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \ _ - . + = : @`; keys do not start with `aliyun` or `acs:`. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  declare readonly regionId: pulumi.Output<string>;
  /** Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing. */
  declare readonly adoptExisting: pulumi.Output<boolean | undefined>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  declare readonly recoveryWindowInDays: pulumi.Output<number | undefined>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  declare readonly forceDeleteWithoutRecovery: pulumi.Output<boolean | undefined>;
  /** The secret's ARN: `acs:kms:<region>:<account>:secret/<secretName>`. */
  declare readonly arn: pulumi.Output<string>;
  /** The versions that the service keeps, oldest first: the `id`, the `stages` and when each was `created` (ISO 8601, UTC; known after a refresh where the service does not answer it). */
  declare readonly versions: pulumi.Output<{ id: string; stages: string[]; created?: string }[] | undefined>;
  /** `ENABLED`: a secret that waits for deletion counts as gone. */
  declare readonly state: pulumi.Output<string>;
  /** When the value was last rotated (ISO 8601, UTC); after a rotation on demand, known after a refresh. */
  declare readonly lastRotationDate: pulumi.Output<string | undefined>;
  /** When the value will be rotated next (ISO 8601, UTC); after a change of the rotation, known after a refresh. */
  declare readonly nextRotationDate: pulumi.Output<string | undefined>;
  /** When the secret was created (ISO 8601, UTC); known after a refresh, as creating does not answer it. */
  declare readonly createTime: pulumi.Output<string | undefined>;
  /** When the secret was last changed (ISO 8601, UTC); known after a refresh. */
  declare readonly updateTime: pulumi.Output<string | undefined>;
  /** When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives. */
  declare readonly plannedDeleteTime: pulumi.Output<string | undefined>;
  /** The id of the request that last wrote the secret, for Alibaba Cloud's support. */
  declare readonly requestId: pulumi.Output<string | undefined>;

  constructor(name: string, args: AliyunKmsSecretArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, name, args, opts), opts ?? {});
  }

  /**
   * Reads what exists already, without managing it; fails where there is none.
   * @param id The secret's ARN.
   * @param state What else tells it apart, where the id does not say all.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Partial<AliyunKmsSecretArgs> = {},
    opts?: pulumi.CustomResourceOptions,
  ): AliyunKmsSecret {
    return new AliyunKmsSecret(name, state as AliyunKmsSecretArgs, { ...opts, id });
  }

  /** Whether a value is an AliyunKmsSecret, also one of another copy of this package. */
  static override isInstance(value: unknown): value is AliyunKmsSecret {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === typeOf(shape);
  }
}
