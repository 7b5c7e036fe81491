import { z } from "zod";
import type { StateOf } from "../definition";
import { deletionInputs } from "../deletion";
import { type InputsOf, input, output } from "../fields";
import { placeName, tagMap, text } from "../schemas";
import type { RpcCall } from "./client";
import type { kmsApi } from "./kms-api";
import { region } from "./settings";

export const inputs = {
  secretName: input(
    z
      .string()
      .regex(/^[A-Za-z0-9_/+=.@-]{1,192}$/, "must be 1 to 192 letters, digits or any of _ / + = . @ -")
      .refine(
        (name) => !name.startsWith("acs/"),
        "must not start with acs/, which KMS keeps for secrets that it makes itself",
      ),
    {
      doc: "The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/`. Changing it replaces the secret.",
      onChange: "replace",
      required: true,
      identity: true,
    },
  ),
  secretData: input(text({ minBytes: 1, maxBytes: 30_720 }), {
    doc: "The secret's value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. Always encrypted in the state.",
    onChange: "update",
    required: true,
    secret: true,
  }),
  versionId: input(z.string().min(1, "must not be empty").max(64, "must be at most 64 characters"), {
    doc: "The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value.",
    onChange: "update",
    computed: true,
    always: true,
    renewedWith: ["secretData", "secretDataType"],
  }),
  secretDataType: input(z.enum(["text", "binary"]), {
    doc: "What the value is: `text` (the default) or `binary`.",
    onChange: "update",
    default: "text",
  }),
  encryptionKeyId: input(z.string().min(1, "must not be empty"), {
    doc: "The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret.",
    onChange: "replace",
    computed: true,
  }),
  description: input(z.string(), { doc: "What the secret is for.", onChange: "update", default: "" }),
  tags: input(
    tagMap({
      key: /^(?!aliyun|acs:)[A-Za-z0-9/\\_\-.+=:@]{1,128}$/,
      keyRule: "1 to 128 letters, digits or any of / \\ _ - . + = : @, not starting with aliyun or acs:",
      value: /^[A-Za-z0-9/\\_\-.+=:@]{0,128}$/,
      valueRule: "at most 128 letters, digits or any of / \\ _ - . + = : @",
      most: 20,
    }),
    {
      doc: "At most 20 tags. Keys and values are at most 128 letters, digits or any of `/ \\ _ - . + = : @`; keys do not start with `aliyun` or `acs:`.",
      onChange: "update",
      default: {},
    },
  ),
  regionId: input(placeName, {
    doc: "The region the secret is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret.",
    onChange: "replace",
    required: true,
    identity: true,
    setting: region,
  }),
  ...deletionInputs,
} as const;

export const outputs = {
  arn: output(z.string(), "The secret's ARN: `acs:kms:<region>:<account>:secret/<secretName>`."),
  versionStages: output(z.array(z.string()), "The stages of the current version, among them `ACSCurrent`."),
  state: output(z.string(), "`ENABLED`: a secret that waits for deletion counts as gone."),
  createTime: output(
    z.string().optional(),
    "When the secret was created (ISO 8601, UTC); known after a refresh, as creating does not answer it.",
  ),
  updateTime: output(z.string().optional(), "When the secret was last changed (ISO 8601, UTC); known after a refresh."),
  plannedDeleteTime: output(
    z.string().optional(),
    "When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives.",
  ),
  requestId: output(
    z.string().optional(),
    "The id of the request that last wrote the secret, for Alibaba Cloud's support.",
  ),
} as const;

export type Kms = RpcCall<(typeof kmsApi)["operations"]>;
export type Inputs = InputsOf<typeof inputs>;
export type State = StateOf<typeof inputs, typeof outputs>;
