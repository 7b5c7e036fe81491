import { type Cases, filled, from, place, placeRule, stages, tagsOf, window, yesOrNo } from "./common";

export const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p1:topic", targetName: "topic" };
const keyRule = "must be a key's id, such as 0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const periodRule = "must be a whole number with the unit d, h, m or s, from 4h to 8760h";
const configRule =
  'must be an object, or its JSON text, with an InstanceId and a SecretSubType that is "SingleUser" or "MultiUser"';
const projectRule = "must be 0 or an enterprise project's id of at most 36 characters";
const eventRule = "must be an event's name: 1 to 64 letters, digits, - or _";
const csmsTagKey =
  "has a key that is not allowed: 1 to 128 letters, digits, spaces or any of _ . : = + - @, not starting with _sys_ and with no space around it";
const csmsTagValue = "must be at most 255 letters, digits, spaces or any of _ . : / = + - @";
export const config = { InstanceId: "in01", SecretSubType: "SingleUser" };
/** JSON of so many characters. */
const configOf = (characters: number) => {
  const empty = JSON.stringify({ ...config, InstanceId: "" }).length;
  return { ...config, InstanceId: "i".repeat(characters - empty) };
};
const withSystemStages = ({ right, wrong }: Cases): Cases => ({
  right,
  wrong: [
    ...wrong,
    ...["SYSCURRENT", "SYSPREVIOUS"].map(
      (stage) =>
        [
          [stage],
          "must not name SYSCURRENT or SYSPREVIOUS, which the service moves itself: currentVersionId says where SYSCURRENT is",
        ] as const,
    ),
  ],
});
const projectRule32 = "must be 32 letters or digits";
const projectId: Cases = {
  right: ["0f5181caba0024e72f89c0045e707b91", "A".repeat(32)],
  wrong: ["", "a".repeat(31), "a".repeat(33), `${"a".repeat(31)}-`].map((value) => [value, projectRule32]),
};
export const csms: Record<string, Cases> = {
  name: { right: ["a", "aA0_-", "n".repeat(64)], wrong: ["", "n".repeat(65), "a.b", "a/b"].map((v) => [v, placeRule]) },
  secretString: {
    right: ["x", "x".repeat(65_536), "€".repeat(21_845)],
    wrong: [
      ["", "must not be empty"],
      ["x".repeat(65_537), "must be at most 65,536 bytes in UTF-8"],
      ["€".repeat(21_846), "must be at most 65,536 bytes in UTF-8"],
    ],
  },
  secretStringFrom: from(65_536, "must be at most 65,536 bytes in UTF-8"),
  secretBinary: {
    right: ["AA==", "AAA=", "AAAA", Buffer.alloc(65_536).toString("base64")],
    wrong: [
      ["", "must not be empty"],
      ["AAA", "must be base64"],
      ["AA-_", "must be base64"],
      ["AAAA\n", "must be base64"],
      [Buffer.alloc(65_537).toString("base64"), "must be at most 64 KB when decoded"],
    ],
  },
  secretBinaryFrom: from(65_536, "must be at most 64 KB when decoded", true),
  currentVersionId: {
    right: ["v1", "v4294967295"],
    wrong: ["", "1", "V1", "latest", "v12345678901"].map((value) => [value, "must be a version's id, such as v2"]),
  },
  versionStages: withSystemStages(
    stages(10, ["aA0_-", "s".repeat(64)], ["", "s".repeat(65), "a.b", "..", "ä"], placeRule),
  ),
  expireTime: {
    right: ["2036-01-31T00:00:00Z", "2036-01-31T08:00:00+08:00", "2036-01-31T00:00:00.000Z"],
    wrong: [
      "",
      "2036-01-31",
      "2036-01-31T00:00:00",
      "2036-01-31T00:00:00.001Z",
      "2036-13-01T00:00:00Z",
      "2036-02-30T00:00:00Z",
      "2000-01-01T00:00:00Z",
    ].map((value) => [value, "must be a time in whole seconds, such as 2027-01-31T00:00:00Z"]),
  },
  kmsKeyId: {
    right: ["0d0466b0-e727-4d9c-b35d-f84bb474a37f"],
    wrong: ["", "alias/csms", "0D0466B0-e727-4d9c-b35d-f84bb474a37f"].map((value) => [value, keyRule]),
  },
  description: {
    right: ["", "é".repeat(1_024)],
    wrong: [[`${"é".repeat(1_024)}x`, "must be at most 2,048 bytes in UTF-8"]],
  },
  secretType: { right: ["COMMON"], wrong: [["RDS", "must be one of COMMON, RDS-FG, GaussDB-FG"]] },
  autoRotation: { right: [false], wrong: [["false", "must be a boolean, but is a string"]] },
  rotationTrigger: filled,
  rotationPeriod: {
    right: ["4h", "240m", "14400s", "8760h", "365d", "1d"],
    wrong: ["", "1", "3h", "239m", "14399s", "8761h", "366d", "1.5d", "1w", "1 d", "-1d"].map((v) => [v, periodRule]),
  },
  rotationConfig: {
    right: [config, JSON.stringify(config), { ...config, SecretSubType: "MultiUser" }, configOf(1_024)],
    wrong: [
      ["", configRule],
      ["{", configRule],
      ["[]", configRule],
      [{ InstanceId: "in01" }, configRule],
      [{ ...config, InstanceId: "" }, configRule],
      [{ ...config, SecretSubType: "Both" }, configRule],
      [configOf(1_025), "must be at most 1,024 characters as JSON"],
      [JSON.stringify(configOf(1_025)), "must be at most 1,024 characters as JSON"],
      [{ ...config, other: "x".repeat(1_024) }, "must be at most 1,024 characters as JSON"],
    ],
  },
  rotationFuncUrn: filled,
  eventSubscriptions: {
    right: [[], ["event_1-a"], ["e".repeat(64)]],
    wrong: [
      [["a", "b"], "must be at most one event"],
      [[""], eventRule],
      [["e".repeat(65)], eventRule],
      ["a", "must be a list, but is a string"],
    ],
  },
  enterpriseProjectId: {
    right: ["0", "0d0466b0-e727-4d9c-b35d-f84bb474a37f"],
    wrong: ["", "p".repeat(37), "a_b"].map((value) => [value, projectRule]),
  },
  replicaRegions: {
    right: [
      [],
      ["cn-east-3"],
      [{ region: "cn-east-3", kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f" }, "cn-south-1"],
    ],
    wrong: [
      [["cn-north-4"], "is the region of the secret itself"],
      [["cn-east-3", { region: "cn-east-3" }], "names a region a second time"],
      [["a b"], placeRule],
      [[{ region: "cn-east-3", kmsKeyId: "alias" }], keyRule],
      [[{ region: "cn-east-3", key: "x" }], "has members that are not allowed: key"],
      [[{ kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f" }], "must be a string, but is missing"],
      [[7], "must be a string or an object, but is a number"],
      [[null], "must be a string or an object, but is missing"],
      ["cn-east-3", "must be a list, but is a string"],
      [Array.from({ length: 31 }, (_, n) => `cn-x-${n}`), "must be at most 30"],
    ],
  },
  tags: {
    right: [{}, { "ключ 1": "" }, { ["𝒌".repeat(128)]: "𝒗".repeat(255) }, tagsOf(20), { x_sys_: "v/ " }],
    wrong: [
      [{ "": "v" }, csmsTagKey],
      [{ ["k".repeat(129)]: "v" }, csmsTagKey],
      [{ _sys_x: "v" }, csmsTagKey],
      [{ "k ": "v" }, csmsTagKey],
      [{ "k*": "v" }, csmsTagKey],
      [{ "k/": "v" }, csmsTagKey],
      [{ k: "v".repeat(256) }, csmsTagValue],
      [{ k: "v\\" }, csmsTagValue],
      [tagsOf(21), "must be at most 20 tags"],
    ],
  },
  region: place,
  projectId,
  adoptExisting: yesOrNo,
  recoveryWindowInDays: window,
  forceDeleteWithoutRecovery: yesOrNo,
};

const targetRule = "must be a topic's URN: 1 to 256 letters, digits or any of - . _ :";
export const event: Record<string, Cases> = {
  name: csms.name as Cases,
  eventTypes: {
    right: [["SECRET_DELETED"], ["SECRET_VERSION_CREATED", "SECRET_VERSION_EXPIRED", "SECRET_ROTATED"]],
    wrong: [
      [[], "must name at least one"],
      [["SECRET_ROTATED", "SECRET_ROTATED"], "must not name one twice"],
      [
        ["SECRET_LOST"],
        "must be one of SECRET_VERSION_CREATED, SECRET_VERSION_EXPIRED, SECRET_ROTATED, SECRET_ROTATED_FAILED, SECRET_DELETED",
      ],
      ["SECRET_ROTATED", "must be a list, but is a string"],
    ],
  },
  state: { right: ["ENABLED", "DISABLED"], wrong: [["FROZEN", "must be one of ENABLED, DISABLED"]] },
  notification: {
    right: [topic, { ...topic, targetId: "u".repeat(256), targetName: "t".repeat(64) }],
    wrong: [
      [{ ...topic, targetType: "FunctionGraph" }, "must be SMN"],
      [{ ...topic, targetId: "" }, targetRule],
      [{ ...topic, targetId: "u".repeat(257) }, targetRule],
      [{ ...topic, targetName: "a b" }, "must be a topic's name: 1 to 64 letters, digits, - or _"],
      [{ targetType: "SMN", targetId: "urn:smn" }, "must be a string, but is missing"],
      [{ ...topic, target_id: "x" }, "has members that are not allowed: target_id"],
      ["urn:smn", "must be an object, but is a string"],
    ],
  },
  region: place,
  projectId,
  adoptExisting: yesOrNo,
};
