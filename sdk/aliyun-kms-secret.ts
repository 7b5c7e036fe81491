// Made from the definition of AliyunKmsSecret by `npm run generate`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

const shape: Shape = {
  name: "AliyunKmsSecret",
  secrets: ["secretData"],
  properties: [
    "secretName",
    "secretData",
    "versionId",
    "secretDataType",
    "encryptionKeyId",
    "description",
    "tags",
    "regionId",
    "recoveryWindowInDays",
    "forceDeleteWithoutRecovery",
    "arn",
    "versionStages",
    "state",
    "createTime",
    "updateTime",
    "plannedDeleteTime",
    "requestId",
  ],
};

/** The inputs of an AliyunKmsSecret. */
export interface AliyunKmsSecretArgs {
  /** The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/`. Changing it replaces the secret. */
  secretName: pulumi.Input<string>;
  /** The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. Always encrypted in the state. */
  secretData: pulumi.Input<string>;
  /** The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value. */
  versionId?: pulumi.Input<string>;
  /** What the value is: `text` (the default) or `binary`. */
  secretDataType?: pulumi.Input<"text" | "binary">;
  /** The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret. */
  encryptionKeyId?: pulumi.Input<string>;
  /** What the secret is for. */
  description?: pulumi.Input<string>;
  /** At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \ _ - . + = : @`; keys do not start with `aliyun` or `acs:`. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  regionId?: pulumi.Input<string>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  recoveryWindowInDays?: pulumi.Input<number>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  forceDeleteWithoutRecovery?: pulumi.Input<boolean>;
}

/** A secret of Alibaba Cloud KMS (Secrets Manager). */
export class AliyunKmsSecret extends pulumi.CustomResource {
  /** The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/`. Changing it replaces the secret. */
  declare readonly secretName: pulumi.Output<string>;
  /** The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. Always encrypted in the state. */
  declare readonly secretData: pulumi.Output<string>;
  /** The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value. */
  declare readonly versionId: pulumi.Output<string>;
  /** What the value is: `text` (the default) or `binary`. */
  declare readonly secretDataType: pulumi.Output<"text" | "binary" | undefined>;
  /** The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret. */
  declare readonly encryptionKeyId: pulumi.Output<string | undefined>;
  /** What the secret is for. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \ _ - . + = : @`; keys do not start with `aliyun` or `acs:`. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret. */
  declare readonly regionId: pulumi.Output<string>;
  /** For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`. */
  declare readonly recoveryWindowInDays: pulumi.Output<number | undefined>;
  /** Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared. */
  declare readonly forceDeleteWithoutRecovery: pulumi.Output<boolean | undefined>;
  /** The secret's ARN: `acs:kms:<region>:<account>:secret/<secretName>`. */
  declare readonly arn: pulumi.Output<string>;
  /** The stages of the current version, among them `ACSCurrent`. */
  declare readonly versionStages: pulumi.Output<string[]>;
  /** `ENABLED`: a secret that waits for deletion counts as gone. */
  declare readonly state: pulumi.Output<string>;
  /** When the secret was created (ISO 8601, UTC); known after a refresh, as creating does not answer it. */
  declare readonly createTime: pulumi.Output<string | undefined>;
  /** When the secret was last changed (ISO 8601, UTC); known after a refresh. */
  declare readonly updateTime: pulumi.Output<string | undefined>;
  /** When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives. */
  declare readonly plannedDeleteTime: pulumi.Output<string | undefined>;
  /** The id of the request that last wrote the secret, for Alibaba Cloud's support. */
  declare readonly requestId: pulumi.Output<string | undefined>;

  constructor(name: string, args: AliyunKmsSecretArgs, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, args), opts);
  }

  /**
   * Reads a secret that exists already, without managing it; fails where there is none.
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
