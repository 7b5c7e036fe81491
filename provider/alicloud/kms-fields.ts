import { z } from "zod";
import { adoptionInput } from "../adoption";
import type { StateOf } from "../definition";
import { deletionInputs } from "../deletion";
import { type Differing, type InputsOf, input, output } from "../fields";
import { neededBeside, neededWith, onlyWith, trueOnlyWith } from "../rules";
import {
  duration,
  filledText,
  isLonger,
  jsonObject,
  nameSet,
  normalizeDuration,
  normalizeJson,
  placeName,
  tagMap,
  text,
} from "../schemas";
import { hasUnknown } from "../unknown";
import { ofText, valueFrom } from "../values";
import { normalizeStages, stagedValueRule, versionsOutput } from "../versions";
import type { RpcCall } from "./client";
import type { kmsApi } from "./kms-api";
import {
  changeOfConfig,
  configOf,
  extendedConfig,
  isManaged,
  madeByKms,
  managedTypes,
  namesAnother,
  normalizeConfig,
  typeRule,
  typesWithValue,
} from "./kms-types";
import { region } from "./settings";

export const system = { current: "ACSCurrent", previous: "ACSPrevious" } as const;

const ownStageSet = nameSet(/^[A-Za-z0-9_/+=.@-]{1,64}$/, "1 to 64 letters, digits or any of _ / + = . @ -", 6).refine(
  (names) => !Object.values<string>(system).some((name) => names.includes(name)),
  `must not name ${system.current} or ${system.previous}, which KMS moves itself: currentVersionId says where ${system.current} is`,
);
const versionId = filledText.refine((id) => !isLonger(id, 64), "must be at most 64 characters");
/** What KMS rotates it also keeps: there is no call that sets it. */
const changeOfValue = ({ inputs }: Differing) =>
  isManaged(inputs.secretType)
    ? {
        refuse: `KMS keeps the value of a secret of type ${inputs.secretType} itself and has no call that sets it: leave it as it is, or have Pulumi ignore it by ignoreChanges; rotate it by rotationTrigger, or make a new secret under another name`,
      }
    : "update";

export const inputs = {
  secretName: input(
    z.string().regex(/^[A-Za-z0-9_/+=.@-]{1,192}$/, "must be 1 to 192 letters, digits or any of _ / + = . @ -"),
    {
      doc: "The secret's name, unique in its region and account: 1 to 192 letters, digits or any of `_ / + = . @ -`, not starting with `acs/` (but with `acs/ecs/` for the type ECS). When left out, it is made once of the resource's name and random characters; RAMCredentials are named by KMS (`$Auto` says the same). Changing it replaces the secret.",
      onChange: "replace",
      identity: true,
      computed: true,
      always: true,
      name: {
        most: 192,
        forbidden: /[^A-Za-z0-9_+=.@-]+/g,
        placeholder: madeByKms,
        prefix({ secretType = "Generic" }) {
          if (typeof secretType !== "string" || secretType === "RAMCredentials") return undefined;
          return secretType === "ECS" ? "acs/ecs/" : "";
        },
      },
    },
  ),
  secretData: input(text({ minBytes: 1, maxBytes: 30_720 }), {
    doc: 'The secret\'s value, at most 30,720 bytes. A new value becomes a new version, which gets the stage `ACSCurrent`; the one before it keeps `ACSPrevious`. For types that KMS rotates it is the first value, which KMS then keeps and changes by itself: `{"Accounts":[{"AccountName":"…","AccountPassword":"…"}]}` for Rds, `{"AccessKeys":[{"AccessKeyId":"…","AccessKeySecret":"…"}]}` for RAMCredentials, `{"UserName":"…","Password":"…"}` or `{"UserName":"…","PublicKey":"…","PrivateKey":"…"}` for ECS, and none for Redis and PolarDB (the output is `$Auto`, which may be given too). Always encrypted in the state.',
    onChange: changeOfValue,
    secret: true,
    always: true,
    default: madeByKms,
    isBinary: ({ secretDataType }) => (hasUnknown(secretDataType) ? undefined : secretDataType === "binary"),
  }),
  secretDataFrom: valueFrom(
    "secretData",
    `${ofText} With \`secretDataType: "binary"\` the variable has base64, and the file and a random value are bytes, which become base64; a random value is made anew when the type changes. For types that KMS rotates, which take no random value, it is where the first value is found.`,
  ),
  versionId: input(versionId, {
    doc: "The id of the value's version, at most 64 characters, unique within the secret. When left out, the provider makes one for each new value. When given, it has to change together with the value. For types that KMS rotates it is the id of the first version, and the output is that of the current one.",
    onChange: ({ inputs }) => (isManaged(inputs.secretType) ? "nothing" : "update"),
    computed: true,
    always: true,
    renewedWith: ["secretData", "secretDataType"],
  }),
  currentVersionId: input(versionId, {
    doc: "The version that `ACSCurrent` is on; by default that of `secretData`. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than that of `secretData`, a new `secretData` is put beside it, which needs `versionStages`. Only for the type Generic.",
    // What KMS rotates it also keeps current.
    onChange: ({ inputs }) => (isManaged(inputs.secretType) ? "nothing" : "update"),
    always: true,
    follows: "versionId",
  }),
  versionStages: input(ownStageSet, {
    doc: "Stages of the version of `secretData`, beside `ACSCurrent` and `ACSPrevious`: at most 6, each 1 to 64 letters, digits or any of `_ / + = . @ -`. A stage is on one version at a time, so it moves to each new one. Only for the type Generic.",
    onChange: "update",
    default: [],
    normalize: normalizeStages(system),
  }),
  secretDataType: input(z.enum(["text", "binary"]), {
    doc: "What the value is: `text` (the default) or `binary`. Types that KMS rotates are `text`.",
    onChange: "update",
    default: "text",
  }),
  secretType: input(z.enum(["Generic", ...managedTypes]), {
    doc: "`Generic` (the default), or a type whose value KMS makes or rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`. Changing it replaces the secret.",
    onChange: "replace",
    default: "Generic",
  }),
  extendedConfig: input(extendedConfig, {
    doc: "What KMS has to know of the account that it rotates, by `secretType`; needed for each but Generic, at most 1,024 characters as JSON. Rds: `secretSubType` (`SingleUser` or `DoubleUsers`), `dbInstanceId`. Redis: `secretSubType` (`DoubleUsers`), `regionId`, `instanceId`, `accountName`, `cloneAccountName` (the account's name and `_clone`), `accountPrivilege`. RAMCredentials: `secretSubType` (`RamUserAccessKey`), `userName`. ECS: `secretSubType` (`Password` or `SSHKey`), `regionId`, `instanceId`. PolarDB: `secretSubType` (`DoubleUsers`), `regionId`, `dbClusterId`, `dbType` (`MySQL` or `PostgreSQL`), `accountName`, and optional `cloneAccountName`, `accountType` (`Normal`) and, for MySQL, `accountPrivilege` and `dbName`. Each takes `customData`: at most 10 pairs, which change in place; changing anything else replaces the secret.",
    onChange: changeOfConfig,
    identity: namesAnother,
    variant: ({ secretType }) => configOf(secretType),
    normalize: normalizeConfig,
  }),
  automaticRotation: input(z.boolean(), {
    doc: "Whether KMS rotates the value by itself, every `rotationInterval`. By default false. Not for the type Generic.",
    onChange: "update",
    default: false,
  }),
  rotationInterval: input(duration(6, 8_760), {
    doc: "How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `6h` to `8760h`. `7d` and `168h` mean the same. Needed with `automaticRotation`, and of no effect without it.",
    onChange: ({ inputs }) => (inputs.automaticRotation ? "update" : "nothing"),
    normalize: normalizeDuration,
  }),
  rotationTrigger: input(filledText, {
    doc: "Any text: a new one, also the first one of a secret that exists, rotates the value at once. Leaving it out does nothing. KMS rotates a secret at most 50 times an hour. Not for the type Generic.",
    onChange: "update",
    computed: true,
    writeOnly: true,
    acts: true,
  }),
  encryptionKeyId: input(filledText, {
    doc: "The id of the symmetric KMS key that encrypts the values; by default one that KMS keeps for the account. Changing it replaces the secret.",
    onChange: "replace",
    computed: true,
  }),
  dkmsInstanceId: input(filledText, {
    doc: "The id of the KMS instance that the secret, and its key, are in; by default none. Changing it replaces the secret.",
    onChange: "replace",
    computed: true,
  }),
  policy: input(jsonObject(32_768), {
    doc: "Who may do what with the secret, as an object or its JSON text of at most 32,768 bytes; compared as JSON. Needs `dkmsInstanceId`. Where it was never declared, KMS's own default policy, or whatever is there, is left alone; leaving it out again brings back the default policy.",
    onChange: "update",
    normalize: normalizeJson,
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
  ...adoptionInput,
  ...deletionInputs,
} as const;

export const outputs = {
  arn: output(z.string(), "The secret's ARN: `acs:kms:<region>:<account>:secret/<secretName>`."),
  versions: versionsOutput,
  state: output(z.string(), "`ENABLED`: a secret that waits for deletion counts as gone."),
  lastRotationDate: output(
    z.string().optional(),
    "When the value was last rotated (ISO 8601, UTC); after a rotation on demand, known after a refresh.",
  ),
  nextRotationDate: output(
    z.string().optional(),
    "When the value will be rotated next (ISO 8601, UTC); after a change of the rotation, known after a refresh.",
  ),
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

export const rules = [
  neededWith("secretData", "secretType", typesWithValue, "Generic"),
  neededWith("extendedConfig", "secretType", managedTypes),
  onlyWith("extendedConfig", "secretType", managedTypes, "Generic"),
  onlyWith("versionStages", "secretType", ["Generic"], "Generic"),
  onlyWith("currentVersionId", "secretType", ["Generic"], "Generic"),
  onlyWith("rotationTrigger", "secretType", managedTypes, "Generic"),
  trueOnlyWith("automaticRotation", "secretType", managedTypes, "Generic"),
  neededWith("rotationInterval", "automaticRotation", [true]),
  neededBeside("dkmsInstanceId", "policy"),
  typeRule,
];

/** What cannot be done in place, where no field alone tells it. */
export const changeRules = [
  stagedValueRule(
    (changed, { inputs: { currentVersionId, versionId } }) =>
      currentVersionId !== versionId &&
      changed.some((name) => ["secretData", "secretDataType", "versionId"].includes(name)),
  ),
];

export type Kms = RpcCall<(typeof kmsApi)["operations"]>;
export type Inputs = InputsOf<typeof inputs>;
export type State = StateOf<typeof inputs, typeof outputs>;
