import { anyText, type Cases, filled, from, place, stages, tagsOf, window, yesOrNo } from "./common";

const kmsName = "must be 1 to 192 letters, digits or any of _ / + = . @ -";
const kmsTagKey =
  "has a key that is not allowed: 1 to 128 letters, digits or any of / \\ _ - . + = : @, not starting with aliyun or acs:";
const kmsTagValue = "must be at most 128 letters, digits or any of / \\ _ - . + = : @";
const kmsStage = "must be 1 to 64 letters, digits or any of _ / + = . @ -";
const intervalRule = "must be a whole number with the unit d, h, m or s, from 6h to 8760h";
const versionId: Cases = {
  right: ["v", "v".repeat(64), "𝒗".repeat(64)],
  wrong: [
    ["", "must not be empty"],
    ["v".repeat(65), "must be at most 64 characters"],
  ],
};
export const rds = { secretSubType: "SingleUser", dbInstanceId: "rm-1" };
/** A config of so many characters as it is sent. */
const rdsOf = (characters: number) => {
  const empty = JSON.stringify({ SecretSubType: "SingleUser", DBInstanceId: "" }).length;
  return { ...rds, dbInstanceId: "i".repeat(characters - empty) };
};
const policyOf = (bytes: number) => ({ Sid: "x".repeat(bytes - JSON.stringify({ Sid: "" }).length) });
export const kms: Record<string, Cases> = {
  secretName: {
    right: ["a", "aA0_/+=.@-", "n".repeat(192), "acs", "ACS/x"],
    wrong: [
      ["", kmsName],
      ["n".repeat(193), kmsName],
      ["a b", kmsName],
      ["ä", kmsName],
      ["$Auto", kmsName],
      ["acs/x", "must not start with acs/, which KMS keeps for secrets that it makes itself"],
    ],
  },
  secretData: {
    right: ["x", "x".repeat(30_720), "é".repeat(15_360)],
    wrong: [
      ["", "must not be empty"],
      ["x".repeat(30_721), "must be at most 30,720 bytes in UTF-8"],
      [`${"é".repeat(15_360)}x`, "must be at most 30,720 bytes in UTF-8"],
      [42, "must be a string, but is a number"],
    ],
  },
  secretDataFrom: from(30_720, "must be at most 30,720 bytes in UTF-8"),
  versionId,
  currentVersionId: versionId,
  versionStages: stages(6, ["aA0_/+=.@-", "s".repeat(64)], ["", "s".repeat(65), "a b"], kmsStage),
  secretDataType: { right: ["text", "binary"], wrong: [["base64", "must be one of text, binary"]] },
  secretType: {
    right: ["Rds"],
    wrong: [["RDS", "must be one of Generic, Rds, Redis, RAMCredentials, ECS, PolarDB"]],
  },
  extendedConfig: {
    right: [rds, { ...rds, customData: {} }, { ...rds, customData: { a: 1, b: { c: [] } } }, rdsOf(1_024)],
    wrong: [
      ["{}", "must be an object, but is a string"],
      [{ ...rds, dbInstanceId: "" }, "must not be empty"],
      [{ ...rds, secretSubType: "Both" }, "must be one of SingleUser, DoubleUsers"],
      [{ secretSubType: "SingleUser" }, "must be a string, but is missing"],
      [{ ...rds, DBInstanceId: "rm-1" }, "has members that are not allowed: DBInstanceId"],
      [{ ...rds, customData: tagsOf(11) }, "must be at most 10 pairs"],
      [rdsOf(1_025), "must be at most 1,024 characters as JSON"],
    ],
  },
  automaticRotation: { right: [false], wrong: yesOrNo.wrong },
  rotationInterval: {
    right: ["6h", "360m", "21600s", "8760h", "365d"],
    wrong: ["", "7", "5h", "8761h", "1w"].map((value) => [value, intervalRule]),
  },
  rotationTrigger: filled,
  encryptionKeyId: filled,
  dkmsInstanceId: filled,
  policy: {
    right: [{}, "{}", { Version: "1", Statement: [{ Action: ["kms:*"] }] }, policyOf(32_768)],
    wrong: [
      ["", "must be an object, or the JSON text of one"],
      ["[]", "must be an object, or the JSON text of one"],
      [[], "must be an object, or the JSON text of one"],
      [policyOf(32_769), "must be at most 32,768 bytes as JSON"],
      [JSON.stringify(policyOf(32_769)), "must be at most 32,768 bytes as JSON"],
    ],
  },
  description: anyText,
  tags: {
    right: [{}, { "a/\\_-.+=:@": "" }, { ["k".repeat(128)]: "v".repeat(128) }, tagsOf(20), { constructor: "v" }],
    wrong: [
      [{ "": "v" }, kmsTagKey],
      [{ ["k".repeat(129)]: "v" }, kmsTagKey],
      [{ "aliyun-x": "v" }, kmsTagKey],
      [{ "acs:x": "v" }, kmsTagKey],
      [{ k: "v".repeat(129) }, kmsTagValue],
      [{ k: "a b" }, kmsTagValue],
      [{ k: 1 }, "must be a string, but is a number"],
      [tagsOf(21), "must be at most 20 tags"],
      [["k"], "must be an object, but is a list"],
    ],
  },
  regionId: place,
  adoptExisting: yesOrNo,
  recoveryWindowInDays: window,
  forceDeleteWithoutRecovery: yesOrNo,
};

const gpdbName = "must be 1 to 16 letters, digits or _ (left out, it is the username, which then has to be so too)";
export const gpdb: Record<string, Cases> = {
  dbInstanceId: filled,
  workspaceId: filled,
  username: filled,
  password: filled,
  passwordFrom: from(65_536),
  regionId: place,
  secretName: {
    right: ["a", "aA0_", "n".repeat(16)],
    wrong: ["", "n".repeat(17), "a-b", "ä"].map((value) => [value, gpdbName]),
  },
  description: anyText,
  testConnection: yesOrNo,
  adoptExisting: yesOrNo,
};
