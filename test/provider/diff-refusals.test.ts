import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import type { Definition } from "../../provider/definition";
import { plan, refusals } from "../../provider/diff";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { unknown } from "../../provider/unknown";
import { type Changes, canary, config, type Outcome, outcomeOf, planned, rds, stateOf } from "./planned";

describe("a versionId that stays while the value changes", () => {
  const given = (changes: Changes) => planned(aliyunKmsSecret, { versionId: "v1", ...changes }).refused;
  const reason = (cause: string) =>
    `${cause} changes, so versionId has to change too: give a value that was never used for this secret, or leave versionId out and the provider makes one`;

  it("is refused, with the reason", () => {
    expect(given({ secretData: "new" })).toEqual([{ property: "versionId", reason: reason("secretData") }]);
    expect(given({ secretDataType: "binary" })).toEqual([{ property: "versionId", reason: reason("secretDataType") }]);
  });

  it("is no matter when it changes, is left out or is unknown, and when the value may stay", () => {
    for (const versionId of ["v2", undefined, null, unknown])
      expect(given({ versionId, secretData: "new" })).toEqual([]);
    expect(given({ secretData: unknown })).toEqual([]);
    expect(given({ description: "d" })).toEqual([]);
  });

  it("is no matter for a new secret", () => {
    expect(given({ secretData: "new", secretName: "db2" })).toEqual([]);
    expect(given({ secretData: "new", encryptionKeyId: "k2", forceDeleteWithoutRecovery: true })).toEqual([]);
  });
});

describe("a replacement under the same name", () => {
  const reason = (property: string, name: string) =>
    `a change of ${property} needs a new secret, and deletion with a recovery window keeps the name of the old one: give a new ${name}, or set forceDeleteWithoutRecovery: true, which deletes the old one at once and for good`;

  it("is refused for each of its causes while a recovery window keeps the name", () => {
    expect(planned(csmsSecret, { secretType: "RDS-FG", rotationConfig: config }).refused).toEqual([
      { property: "secretType", reason: reason("secretType", "name") },
      { property: "rotationConfig", reason: reason("rotationConfig", "name") },
    ]);
    expect(planned(aliyunKmsSecret, { encryptionKeyId: "k2", forceDeleteWithoutRecovery: false }).refused).toEqual([
      { property: "encryptionKeyId", reason: reason("encryptionKeyId", "secretName") },
    ]);
  });

  it.each<[string, Changes, Outcome]>([
    ["force", { forceDeleteWithoutRecovery: true }, "delete, then replace"],
    ["an unknown force", { forceDeleteWithoutRecovery: unknown }, "delete, then replace"],
    ["a new name", { name: "db2" }, "replace"],
    ["an unknown name", { name: unknown }, "replace"],
    ["another region", { region: "cn-east-3" }, "replace"],
    ["another project", { projectId: "p2" }, "replace"],
  ])("is not refused with %s", (_, changes, outcome) => {
    expect(outcomeOf(planned(csmsSecret, { secretType: "GaussDB-FG", rotationConfig: config, ...changes }))).toBe(
      outcome,
    );
  });

  it("goes by the new inputs, not by the old ones", () => {
    const state = { forceDeleteWithoutRecovery: true };
    expect(
      outcomeOf(planned(aliyunKmsSecret, { encryptionKeyId: "k2", forceDeleteWithoutRecovery: false }, state)),
    ).toBe("refuse");
  });
});

describe("a value that KMS rotates", () => {
  const managed = { secretType: "Rds", extendedConfig: rds, versionId: "v1", secretData: canary };
  const changes = (wanted: Changes) => planned(aliyunKmsSecret, wanted, managed);

  it("is refused to be set, except of a new secret", () => {
    expect(changes({ secretData: "new" }).refused).toEqual([
      { property: "secretData", reason: expect.stringMatching(/^KMS keeps the value of a secret of type Rds itself/) },
    ]);
    expect(outcomeOf(changes({ secretData: "new", secretName: "db2" }))).toBe("replace");
  });

  it("has versions that are no change", () => {
    expect(outcomeOf(changes({ versionId: "v2", rotationInterval: "9d" }))).toBe("nothing");
  });

  it("keeps what KMS was told to rotate it by, and only custom data changes in place", () => {
    const custom = (customData: object) => ({ extendedConfig: { ...rds, customData } });
    expect(outcomeOf(changes(custom({})))).toBe("nothing");
    expect(outcomeOf(changes(custom({ owner: "us" })))).toBe("update");
    expect(outcomeOf(changes(custom({ owner: unknown })))).toBe("update");
    const forced = { forceDeleteWithoutRecovery: true };
    for (const extendedConfig of [{ ...rds, dbInstanceId: "rm-2" }, { ...rds, dbInstanceId: unknown }, unknown])
      expect(outcomeOf(changes({ extendedConfig, ...forced }))).toBe("delete, then replace");
  });

  it("of a RAM user has the name of the user: another user's secret is another one", () => {
    const user = (userName: string) => ({ secretSubType: "RamUserAccessKey", userName });
    const state = { secretType: "RAMCredentials", extendedConfig: user("a"), secretName: "acs/ram/user/a" };
    const changed = (wanted: Changes) =>
      planned(aliyunKmsSecret, { secretName: undefined, forceDeleteWithoutRecovery: true, ...wanted }, state);
    expect(outcomeOf(changed({ extendedConfig: user("b") }))).toBe("replace");
    expect(outcomeOf(changed({ encryptionKeyId: "k2" }))).toBe("delete, then replace");
  });
});

describe("the current version", () => {
  const rolledBack = { versionId: "v2", currentVersionId: "v1" };
  const changes = (wanted: Changes, state: Changes = rolledBack) => planned(aliyunKmsSecret, wanted, state);

  it("is that of the declared value, where the program says nothing", () => {
    expect(changes({ versionId: undefined, currentVersionId: undefined }).changed).toEqual(["currentVersionId"]);
    expect(changes({ currentVersionId: "v1" }).changed).toEqual([]);
    const alike = { versionId: "v2", currentVersionId: "v2" };
    expect(changes({ versionId: undefined, currentVersionId: undefined }, alike).changed).toEqual([]);
    // A state of an earlier version of this package says nothing of it.
    expect(changes({ currentVersionId: undefined }, { versionId: "v2" }).changed).toEqual([]);
  });

  it.each([
    [aliyunKmsSecret, { secretData: "new", versionId: undefined }],
    [csmsSecret, { secretString: "new" }],
    [csmsSecret, { secretString: undefined, secretBinary: "AAAA" }],
  ] as const)("that is kept back lets a new value of %o only have a stage of its own", (definition, value) => {
    const pinned = { ...rolledBack, ...value };
    expect(planned(definition, pinned, rolledBack).refused).toEqual([
      {
        property: "currentVersionId",
        reason: expect.stringContaining("give versionStages, or leave currentVersionId"),
      },
    ]);
    expect(planned(definition, { ...pinned, versionStages: ["next"] }, rolledBack).refused).toEqual([]);
    expect(planned(definition, { ...pinned, versionStages: unknown }, rolledBack).refused).toEqual([]);
    expect(planned(definition, { ...pinned, currentVersionId: undefined }, rolledBack).refused).toEqual([]);
  });

  it("that is kept back does so also when the value loses its end, which only a new version does", () => {
    const state = { ...rolledBack, expireTime: "2036-01-01T00:00:00Z" };
    expect(planned(csmsSecret, { expireTime: undefined }, state).refused).toHaveLength(1);
  });
});

describe("a name that the provider makes", () => {
  const made = (wanted: Changes) => {
    const state = { ...stateOf(csmsSecret), name: "app-1a2b3c4" };
    return plan(csmsSecret, state, { ...state, ...wanted }, "name");
  };

  it("is another one after a replacement, so that the new secret comes first and no window is in its way", () => {
    expect(outcomeOf(made({ secretType: "RDS-FG", rotationConfig: config }))).toBe("replace");
    expect(outcomeOf(made({ description: "d" }))).toBe("update");
    expect(outcomeOf(made({}))).toBe("nothing");
  });
});

describe("the key of a replica", () => {
  const state = { replicaRegions: [{ region: "cn-east-3", kmsKeyId: "k1" }, "cn-south-1"] };
  const changes = (replicaRegions: unknown) => planned(csmsSecret, { replicaRegions }, state);

  it("cannot change, while its region can come and go in any order", () => {
    expect(changes([{ region: "cn-east-3", kmsKeyId: "k2" }]).refused).toEqual([
      { property: "replicaRegions", reason: expect.stringContaining("the replica in cn-east-3 cannot be changed") },
    ]);
    expect(outcomeOf(changes(["cn-south-1", { region: "cn-east-3", kmsKeyId: "k1" }]))).toBe("nothing");
    for (const one of [["cn-south-1"], ["cn-south-1", "cn-north-1"], undefined, unknown, [unknown]])
      expect(outcomeOf(changes(one))).toBe("update");
  });
});

describe("refusals at check, which knows the old inputs and not the state", () => {
  const refused = (definition: Definition, olds: Changes, changes: Changes) =>
    refusals(definition, olds, { ...olds, ...changes }).map(({ property }) => property);
  const kms = { secretName: "db", secretData: "a", regionId: "cn-hangzhou" };

  it("are those of the plan", () => {
    expect(refused(aliyunKmsSecret, { ...kms, versionId: "v1" }, { secretData: "b" })).toEqual(["versionId"]);
    expect(refused(aliyunKmsSecret, { ...kms, encryptionKeyId: "k1" }, { encryptionKeyId: "k2" })).toEqual([
      "encryptionKeyId",
    ]);
    expect(refused(csmsSecret, { name: "db", secretString: "a" }, { secretType: "RDS-FG" })).toEqual(["secretType"]);
  });

  it("are none for a new secret, which has no old inputs", () => {
    expect(refusals(aliyunKmsSecret, {}, { ...kms, versionId: "v1" })).toEqual([]);
  });

  it("are none where the service may have chosen what is now named", () => {
    expect(refused(aliyunKmsSecret, kms, { encryptionKeyId: "k1" })).toEqual([]);
  });
});
