import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import type { Definition } from "../../provider/definition";
import { plan, refusals } from "../../provider/diff";
import { csmsEvent } from "../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { unknown } from "../../provider/unknown";

const canary = "canary-77ab";
const config = { InstanceId: "in01", SecretSubType: "SingleUser" };

const rds = { secretSubType: "SingleUser", dbInstanceId: "rm-1" };
const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p:topic", targetName: "topic" };

type Outcome = "nothing" | "update" | "replace" | "delete, then replace" | "refuse";
type Changes = Readonly<Record<string, unknown>>;

/** Each field with a change that counts. */
const cases: readonly (readonly [Definition, state: Changes, Readonly<Record<string, readonly [Changes, Outcome]>>])[] =
  [
    [
      aliyunKmsSecret,
      { secretName: "db", secretData: canary, versionId: "v1", regionId: "cn-hangzhou", encryptionKeyId: "k1" },
      {
        secretName: [{ secretName: "db2" }, "replace"],
        secretData: [{ secretData: "new", versionId: undefined }, "update"],
        versionId: [{ versionId: "v2" }, "update"],
        currentVersionId: [{ currentVersionId: "v0" }, "update"],
        versionStages: [{ versionStages: ["blue"] }, "update"],
        secretDataType: [{ secretDataType: "binary", versionId: undefined }, "update"],
        secretType: [{ secretType: "Rds" }, "refuse"],
        extendedConfig: [{ extendedConfig: rds }, "refuse"],
        automaticRotation: [{ automaticRotation: true }, "update"],
        rotationInterval: [{ automaticRotation: true, rotationInterval: "8d" }, "update"],
        rotationTrigger: [{ rotationTrigger: "2" }, "update"],
        encryptionKeyId: [{ encryptionKeyId: "k2" }, "refuse"],
        dkmsInstanceId: [{ dkmsInstanceId: "kst-2" }, "refuse"],
        policy: [{ policy: { Version: "1" } }, "update"],
        description: [{ description: "d" }, "update"],
        tags: [{ tags: { a: "1" } }, "update"],
        regionId: [{ regionId: "cn-beijing" }, "replace"],
        adoptExisting: [{ adoptExisting: true }, "nothing"],
        recoveryWindowInDays: [{ recoveryWindowInDays: 7 }, "update"],
        forceDeleteWithoutRecovery: [{ forceDeleteWithoutRecovery: true }, "update"],
      },
    ],
    [
      analyticDbSecret,
      { dbInstanceId: "gp-1", username: "app", password: canary, regionId: "cn-beijing", secretName: "s" },
      {
        dbInstanceId: [{ dbInstanceId: "gp-2" }, "replace"],
        workspaceId: [{ workspaceId: "gp-ws-1" }, "replace"],
        username: [{ username: "app2" }, "delete, then replace"],
        password: [{ password: "new" }, "delete, then replace"],
        regionId: [{ regionId: "cn-hangzhou" }, "replace"],
        secretName: [{ secretName: "s2" }, "replace"],
        description: [{ description: "d" }, "delete, then replace"],
        testConnection: [{ testConnection: true }, "nothing"],
        adoptExisting: [{ adoptExisting: true }, "nothing"],
      },
    ],
    [
      csmsSecret,
      {
        name: "db",
        secretString: canary,
        region: "cn-north-4",
        projectId: "p1",
        kmsKeyId: "k1",
        rotationPeriod: "1d",
        rotationFuncUrn: "f1",
        enterpriseProjectId: "0",
      },
      {
        name: [{ name: "db2" }, "replace"],
        secretString: [{ secretString: "new" }, "update"],
        secretBinary: [{ secretString: undefined, secretBinary: "AAAA" }, "update"],
        currentVersionId: [{ currentVersionId: "v1" }, "update"],
        versionStages: [{ versionStages: ["blue"] }, "update"],
        expireTime: [{ expireTime: "2036-01-01T00:00:00Z" }, "update"],
        kmsKeyId: [{ kmsKeyId: "k2" }, "update"],
        description: [{ description: "d" }, "update"],
        secretType: [{ secretType: "RDS-FG" }, "refuse"],
        autoRotation: [{ autoRotation: true }, "update"],
        rotationTrigger: [{ rotationTrigger: "2" }, "update"],
        rotationPeriod: [{ rotationPeriod: "2d" }, "update"],
        rotationConfig: [{ rotationConfig: config }, "refuse"],
        rotationFuncUrn: [{ rotationFuncUrn: "f2" }, "update"],
        eventSubscriptions: [{ eventSubscriptions: ["e"] }, "update"],
        enterpriseProjectId: [{ enterpriseProjectId: "ep1" }, "update"],
        replicaRegions: [{ replicaRegions: ["cn-south-1"] }, "update"],
        tags: [{ tags: { a: "1" } }, "update"],
        region: [{ region: "cn-east-3" }, "replace"],
        projectId: [{ projectId: "p2" }, "replace"],
        adoptExisting: [{ adoptExisting: true }, "nothing"],
        recoveryWindowInDays: [{ recoveryWindowInDays: 7 }, "update"],
        forceDeleteWithoutRecovery: [{ forceDeleteWithoutRecovery: true }, "update"],
      },
    ],
    [
      csmsEvent,
      { name: "e", eventTypes: ["SECRET_ROTATED"], state: "ENABLED", notification: topic, region: "cn-north-4" },
      {
        name: [{ name: "e2" }, "replace"],
        eventTypes: [{ eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"] }, "update"],
        state: [{ state: "DISABLED" }, "update"],
        notification: [{ notification: { ...topic, targetName: "other" } }, "update"],
        region: [{ region: "cn-east-3" }, "replace"],
        projectId: [{ projectId: "p2" }, "replace"],
        adoptExisting: [{ adoptExisting: true }, "nothing"],
      },
    ],
  ];
/** What a field needs beside it for a change to count. */
const beside: Record<string, Changes> = { rotationInterval: { automaticRotation: true } };
const stateOf = (definition: Definition) => cases.find(([one]) => one === definition)?.[1] ?? {};
const planned = (definition: Definition, changes: Changes, state: Changes = {}) =>
  plan(definition, { ...stateOf(definition), ...state }, { ...stateOf(definition), ...state, ...changes });

function outcomeOf({ changed, replaces, deleteBeforeReplace, refused }: ReturnType<typeof plan>): Outcome {
  if (refused.length > 0) return "refuse";
  if (replaces.length > 0) return deleteBeforeReplace ? "delete, then replace" : "replace";
  return changed.length > 0 ? "update" : "nothing";
}

describe.each(cases.map(([definition, , table]) => [definition.name, definition, table] as const))(
  "%s",
  (_, definition, table) => {
    it("has a case for each of its inputs", () => {
      expect(Object.keys(table)).toEqual(Object.keys(definition.inputs));
      expect(outcomeOf(planned(definition, {}))).toBe("nothing");
    });

    it.each(Object.entries(table).map(([field, [changes, outcome]]) => [field, outcome, changes] as const))(
      "another %s: %s",
      (field, outcome, changes) => {
        const made = planned(definition, changes);
        expect(outcomeOf(made)).toBe(outcome);
        expect(made.changed.includes(field)).toBe(outcome !== "nothing");
        expect(JSON.stringify(made)).not.toContain(canary);
      },
    );

    it.each(Object.keys(table))("an unknown %s may be another one", (field) => {
      const counts = definition.inputs[field]?.onChange !== "nothing";
      for (const value of [unknown, { deep: [unknown] }])
        expect(planned(definition, { ...beside[field], [field]: value }).changed).toEqual(
          counts ? [...Object.keys(beside[field] ?? {}), field] : [],
        );
    });
  },
);

it("another dbInstanceId in the same workspace, which decides: delete, then replace", () => {
  const made = planned(analyticDbSecret, { dbInstanceId: "gp-2" }, { workspaceId: "gp-ws-1" });
  expect(outcomeOf(made)).toBe("delete, then replace");
});

describe("what means the same", () => {
  it.each<[string, unknown, unknown, Definition]>([
    ["tags", { a: "1", b: "2" }, { b: "2", a: "1" }, aliyunKmsSecret],
    ["tags", undefined, {}, aliyunKmsSecret],
    ["tags", {}, null, csmsSecret],
    ["description", undefined, "", aliyunKmsSecret],
    ["description", "", undefined, analyticDbSecret],
    ["secretDataType", "text", undefined, aliyunKmsSecret],
    ["secretType", "COMMON", undefined, csmsSecret],
    ["autoRotation", undefined, false, csmsSecret],
    ["eventSubscriptions", undefined, [], csmsSecret],
    ["eventSubscriptions", [], undefined, csmsSecret],
    ["rotationPeriod", "1d", "24h", csmsSecret],
    ["rotationPeriod", "86400s", "1440m", csmsSecret],
    ["rotationConfig", '{"SecretSubType": "SingleUser",  "InstanceId":"in01"}', config, csmsSecret],
    ["rotationConfig", config, JSON.stringify(config), csmsSecret],
    ["versionStages", ["b", "a"], ["a", "b"], aliyunKmsSecret],
    ["versionStages", undefined, [], csmsSecret],
    ["rotationInterval", "604800s", "7d", aliyunKmsSecret],
    ["policy", '{"Version":"1","Statement":[]}', { Statement: [], Version: "1" }, aliyunKmsSecret],
    ["secretType", "Generic", undefined, aliyunKmsSecret],
    ["expireTime", "2036-01-01T00:00:00Z", "2036-01-01T08:00:00+08:00", csmsSecret],
    ["replicaRegions", undefined, [], csmsSecret],
    ["eventTypes", ["SECRET_ROTATED", "SECRET_DELETED"], ["SECRET_DELETED", "SECRET_ROTATED"], csmsEvent],
    ["state", "ENABLED", undefined, csmsEvent],
    ["recoveryWindowInDays", undefined, 30, aliyunKmsSecret],
    ["forceDeleteWithoutRecovery", undefined, false, csmsSecret],
    // The service, or the provider, chose these where the program is silent.
    ["versionId", "v1", undefined, aliyunKmsSecret],
    ["encryptionKeyId", "k1", undefined, aliyunKmsSecret],
    ["kmsKeyId", "k1", null, csmsSecret],
    ["projectId", "p1", undefined, csmsSecret],
    ["enterpriseProjectId", "0", undefined, csmsSecret],
    ["rotationFuncUrn", "f1", undefined, csmsSecret],
    ["secretName", "app-1a2b3c4", undefined, aliyunKmsSecret],
    ["rotationTrigger", "1", undefined, aliyunKmsSecret],
  ])("%s: %o and %o", (field, old, value, definition) => {
    expect(planned(definition, { [field]: value }, { [field]: old }).changed).toEqual([]);
  });

  it.each<[string, unknown, unknown, Definition]>([
    ["tags", { a: "1" }, undefined, aliyunKmsSecret],
    ["tags", { a: "1" }, { A: "1" }, csmsSecret],
    ["description", "d", undefined, csmsSecret],
    ["rotationPeriod", "1d", "25h", csmsSecret],
    ["eventSubscriptions", ["e"], undefined, csmsSecret],
    ["secretString", "1d", "24h", csmsSecret],
    ["secretData", '{"a":1}', '{"a": 1}', aliyunKmsSecret],
    ["autoRotation", true, undefined, csmsSecret],
  ])("is not %s: %o and %o", (field, old, value, definition) => {
    expect(planned(definition, { [field]: value }, { [field]: old }).changed).toEqual([field]);
  });
});

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
