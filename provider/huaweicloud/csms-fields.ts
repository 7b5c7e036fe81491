import { z } from "zod";
import { adoptionInput } from "../adoption";
import { deletionInputs } from "../deletion";
import { input, output } from "../fields";
import {
  duration,
  filledText,
  isLonger,
  jsonText,
  listOf,
  nameSet,
  normalizeDuration,
  normalizeJson,
  tagMap,
  text,
} from "../schemas";
import { ofBytes, ofText, valueFrom } from "../values";
import { normalizeStages, versionsOutput } from "../versions";
import { namePattern, nameRule, placeInputs } from "./csms-place";
import { isTime, keyId, millisecondsOf, normalizeReplicas, replica, system } from "./csms-schemas";

const valueBytes = 64 * 1024;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

// What else it holds is sent too, and so counts in its length.
const rotationConfig = z.looseObject({
  InstanceId: z.string().refine((id) => id !== "", { abort: true }),
  SecretSubType: z.enum(["SingleUser", "MultiUser"]),
});
const rotationConfigRule =
  'must be an object, or its JSON text, with an InstanceId and a SecretSubType that is "SingleUser" or "MultiUser"';

const ownStageSet = nameSet(namePattern, "1 to 64 letters, digits, - or _", 10).refine(
  (names) => !Object.values<string>(system).some((name) => names.includes(name)),
  `must not name ${system.current} or ${system.previous}, which the service moves itself: currentVersionId says where ${system.current} is`,
);
const versionOfService = "must be a version's id, such as v2";

export const inputs = {
  name: input(z.string().regex(namePattern, "must be 1 to 64 letters, digits, - or _"), {
    doc: "The secret's name, unique in its project: 1 to 64 letters, digits, `-` or `_`. When left out, it is made once of the resource's name and random characters. Changing it replaces the secret.",
    onChange: "replace",
    identity: true,
    computed: true,
    always: true,
    name: nameRule,
  }),
  secretString: input(text({ minBytes: 1, maxBytes: valueBytes }), {
    doc: "The secret's value as text, at most 64 KB. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. A new value becomes a new version, which gets the stage `SYSCURRENT`; the one before it keeps `SYSPREVIOUS`. Always encrypted in the state.",
    onChange: "update",
    secret: true,
  }),
  secretStringFrom: valueFrom("secretString", ofText),
  secretBinary: input(
    text({ minBytes: 1 })
      // A pattern fails on a text that is much too long.
      .refine((value) => Buffer.byteLength(value, "base64") <= valueBytes, {
        message: "must be at most 64 KB when decoded",
        abort: true,
      })
      .regex(base64, "must be base64"),
    {
      doc: "The secret's value as base64, at most 64 KB when decoded. Exactly one of `secretString`, `secretBinary` and their `…From` is needed. Always encrypted in the state.",
      onChange: "update",
      secret: true,
      isBinary: () => true,
    },
  ),
  secretBinaryFrom: valueFrom("secretBinary", ofBytes),
  currentVersionId: input(z.string().regex(/^v\d{1,10}$/, versionOfService), {
    doc: "The version that `SYSCURRENT` is on; by default that of the declared value. Give the id of an older one (see `versions`) to roll back to its value, without knowing it, and leave it out to come back. While it names another version than `versionId`, a new value is put beside it, which needs `versionStages`. Not for a value that the service rotates.",
    onChange: "update",
    always: true,
    follows: "versionId",
  }),
  versionStages: input(ownStageSet, {
    doc: "Stages of the version of the declared value, beside `SYSCURRENT` and `SYSPREVIOUS`: at most 10, each 1 to 64 letters, digits, `-` or `_`. A stage is on one version at a time, so it moves to each new one. Not for a value that the service rotates.",
    onChange: "update",
    default: [],
    normalize: normalizeStages(system),
  }),
  expireTime: input(z.string().refine(isTime, "must be a time in whole seconds, such as 2027-01-31T00:00:00Z"), {
    doc: "When the version of the declared value expires (ISO 8601, in whole seconds, such as `2027-01-31T00:00:00Z`), later than now: the service then sends the event SECRET_VERSION_EXPIRED. It counts for each new value until it is changed. The service cannot take an end away, so leaving it out again makes a new version of the same value. Not for a value that the service rotates.",
    onChange: "update",
    normalize: millisecondsOf,
  }),
  kmsKeyId: input(keyId, {
    doc: "The id of the KMS key that encrypts the values; by default the key `csms/default`. Changing it is in place and counts for versions made from then on.",
    onChange: "update",
    computed: true,
  }),
  description: input(text({ maxBytes: 2_048 }), {
    doc: "What the secret is for, at most 2,048 bytes.",
    onChange: "update",
    default: "",
  }),
  secretType: input(z.enum(["COMMON", "RDS-FG", "GaussDB-FG"]), {
    doc: "`COMMON` (the default), `RDS-FG` for an account of RDS, or `GaussDB-FG` for one of TaurusDB. (`RDS` is no longer supported by the service.) Changing it replaces the secret.",
    onChange: "replace",
    default: "COMMON",
  }),
  autoRotation: input(z.boolean(), {
    doc: "Whether the service rotates the value, which then is no change to undo, also after this is turned off: only another value in the program makes a new version. Needs `rotationPeriod` and `rotationFuncUrn`, and a `secretType` other than `COMMON`. By default false.",
    onChange: "update",
    default: false,
  }),
  rotationTrigger: input(filledText, {
    doc: "Any text: a new one, also the first one of a secret that exists, rotates the value at once and waits, up to 10 minutes, until that is done. Leaving it out does nothing. The value that the service makes is then no change to undo. Needs `rotationFuncUrn`, and a `secretType` other than `COMMON`.",
    onChange: "update",
    computed: true,
    writeOnly: true,
    acts: true,
  }),
  rotationPeriod: input(duration(4, 8_760), {
    doc: "How often the value is rotated: a whole number with the unit `d`, `h`, `m` or `s`, from `4h` to `8760h`. `1d` and `24h` mean the same.",
    onChange: "update",
    computed: true,
    normalize: normalizeDuration,
  }),
  rotationConfig: input(
    z
      .union([z.string(), rotationConfig], rotationConfigRule)
      .refine((value) => rotationConfig.safeParse(normalizeJson(value)).success, rotationConfigRule)
      .refine((value) => !isLonger(jsonText(value), 1_024), "must be at most 1,024 characters as JSON"),
    {
      doc: 'What is rotated, as an object or its JSON text of at most 1,024 characters: `{"InstanceId": "…", "SecretSubType": "SingleUser"}`, or `"MultiUser"`. Needed with `secretType` RDS-FG and GaussDB-FG. Changing it replaces the secret.',
      onChange: "replace",
      normalize: normalizeJson,
    },
  ),
  rotationFuncUrn: input(filledText, {
    doc: "The URN of the FunctionGraph function that rotates the value. Needed with `autoRotation` and `rotationTrigger`.",
    onChange: "update",
    computed: true,
  }),
  eventSubscriptions: input(
    listOf(
      z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "must be an event's name: 1 to 64 letters, digits, - or _"),
      1,
      "must be at most one event",
    ),
    {
      doc: "The event that the secret is subscribed to; at most one.",
      onChange: "update",
      default: [],
    },
  ),
  enterpriseProjectId: input(
    z.string().regex(/^(0|[0-9a-zA-Z-]{1,36})$/, "must be 0 or an enterprise project's id of at most 36 characters"),
    {
      doc: "The enterprise project the secret belongs to; by default `0`, the default project. Changing it moves the secret by the Enterprise Project service (EPS) and waits, up to 90 seconds, until it is there. Leaving it out changes nothing.",
      onChange: "update",
      default: "0",
      computed: true,
    },
  ),
  replicaRegions: input(listOf(replica, 30), {
    doc: "Regions in which the service keeps a replica of the secret, each as its name or as `{ region, kmsKeyId }` with the key of that region that encrypts it. The order means nothing. The key of a replica cannot change. Deleting the secret deletes them first. Where it was never declared, replicas are left alone.",
    onChange: "update",
    default: [],
    normalize: normalizeReplicas,
  }),
  tags: input(
    tagMap({
      key: /^(?!\s|_sys_)[\p{L}\p{Z}\p{N}_.:=+\-@]{1,128}(?<!\s)$/u,
      keyRule:
        "1 to 128 letters, digits, spaces or any of _ . : = + - @, not starting with _sys_ and with no space around it",
      value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255}$/u,
      valueRule: "at most 255 letters, digits, spaces or any of _ . : / = + - @",
      most: 20,
    }),
    {
      doc: "At most 20 tags. Keys are 1 to 128 letters, digits, spaces or any of `_ . : = + - @`, not starting with `_sys_`; values at most 255 of these or `/`.",
      onChange: "update",
      default: {},
    },
  ),
  ...placeInputs,
  ...adoptionInput,
  ...deletionInputs,
} as const;

export const outputs = {
  secretId: output(z.string(), "The secret's id."),
  rotationTaskId: output(
    z.string().optional(),
    "The task of a rotation that was started and not seen to its end; the next update follows it.",
  ),
  versionId: output(
    z.string(),
    "The id of the version of the declared value, numbered by the service: `v1`, `v2` and so on; of a value that the service rotates, that of the current one.",
  ),
  versions: versionsOutput,
  state: output(z.string(), "`ENABLED`, `DISABLED` or `FROZEN`; a secret that waits for deletion counts as gone."),
  createTime: output(z.string().optional(), "When the secret was created (ISO 8601, UTC)."),
  updateTime: output(z.string().optional(), "When the secret was last changed (ISO 8601, UTC)."),
  scheduledDeleteTime: output(
    z.string().optional(),
    "When a deletion that waits will be carried out (ISO 8601, UTC); none while the secret lives.",
  ),
  rotationTime: output(z.string().optional(), "When the value was last rotated (ISO 8601, UTC)."),
  nextRotationTime: output(z.string().optional(), "When the value will be rotated next (ISO 8601, UTC)."),
  lastUsedTime: output(
    z.string().optional(),
    "When the value was last read before the provider read it (ISO 8601, UTC).",
  ),
  domainId: output(z.string().optional(), "The id of the account that the secret belongs to."),
  replicaType: output(
    z.string().optional(),
    "`STANDALONE`, or `PRIMARY` or `REPLICA` where the secret has replicas in other regions.",
  ),
  replicas: output(
    z
      .array(
        z.object({
          id: z.string().optional(),
          kmsKeyId: z.string().optional(),
          projectId: z.string().optional(),
          region: z.string().optional(),
          replicaType: z.string().optional(),
          status: z.string().optional(),
          createdAt: z.string().optional(),
          updatedAt: z.string().optional(),
        }),
      )
      .optional(),
    "The secret's replicas in other regions, each with its `status`: `IN_PROGRESS`, `IN_SYNC` or `FAILED`.",
  ),
} as const;
