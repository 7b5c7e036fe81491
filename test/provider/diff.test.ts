import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../provider/alicloud/analyticdb-secret";
import { aliyunKmsSecret } from "../../provider/alicloud/kms-secret";
import type { Definition } from "../../provider/definition";
import { plan } from "../../provider/diff";
import { csmsEvent } from "../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../provider/huaweicloud/csms-secret";
import { unknown } from "../../provider/unknown";
import { beside, canary, cases, config, outcomeOf, planned } from "./planned";

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

it.each([
  [aliyunKmsSecret, ["ACSCurrent"]],
  [csmsSecret, ["SYSCURRENT"]],
] as const)(
  "a state from before stages could be declared lists those of the service, which are no change",
  (definition, versionStages) => {
    expect(plan(definition, { versionStages }, {}).changed).not.toContain("versionStages");
    expect(plan(definition, { versionStages }, { versionStages: ["blue"] }).changed).toContain("versionStages");
    expect(plan(definition, { versionStages: [...versionStages, "blue"] }, {}).changed).toContain("versionStages");
  },
);
