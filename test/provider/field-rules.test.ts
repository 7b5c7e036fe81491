import { describe, expect, it } from "vitest";
import { check } from "../../provider/check";
import { resources } from "../../provider/resources";
import { unknown } from "../../provider/unknown";
import { gpdb, kms, rds } from "./field-cases/alicloud";
import { config, csms, event, topic } from "./field-cases/huaweicloud";
import { sourceOf } from "./source";

const canary = "canary-9f3e";

/** What is enough for each resource, with a canary where its value goes. */
const least: Record<string, Record<string, unknown>> = {
  AliyunKmsSecret: { secretName: "db", secretData: canary, regionId: "cn-hangzhou" },
  AnalyticDbSecret: {
    dbInstanceId: "gp-1",
    username: "app",
    password: canary,
    secretName: "s",
    regionId: "cn-beijing",
  },
  CsmsSecret: { name: "db", secretString: canary, region: "cn-north-4", projectId: "0f5181caba0024e72f89c0045e707b91" },
  CsmsEvent: { name: "e", eventTypes: ["SECRET_ROTATED"], notification: topic, region: "cn-north-4" },
};

const rdsValue = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: canary }] });
const managed = { secretType: "Rds", extendedConfig: rds, secretData: rdsValue };
const rotated = { secretType: "RDS-FG", rotationConfig: config, rotationFuncUrn: "urn:fss" };

/** What a field needs beside it, or not to be there, for a case of its own. */
const beside: Record<string, Record<string, Record<string, unknown>>> = {
  AliyunKmsSecret: {
    secretType: managed,
    extendedConfig: managed,
    rotationTrigger: managed,
    policy: { dkmsInstanceId: "kst-1" },
    secretDataFrom: { secretData: undefined },
  },
  AnalyticDbSecret: { passwordFrom: { password: undefined } },
  CsmsSecret: {
    ...Object.fromEntries(
      ["secretBinary", "secretStringFrom", "secretBinaryFrom"].map((field) => [field, { secretString: undefined }]),
    ),
    rotationTrigger: rotated,
  },
};

describe.each(resources.map((resource) => [resource.name, resource] as const))("%s", (name, resource) => {
  const table = { AliyunKmsSecret: kms, AnalyticDbSecret: gpdb, CsmsSecret: csms, CsmsEvent: event }[name] ?? {};
  const failures = (changes: Record<string, unknown>) =>
    check(resource, { ...least[name], ...changes }, sourceOf()).failures;

  it("has a case for each of its inputs", () => {
    expect(Object.keys(table)).toEqual(Object.keys(resource.inputs));
    expect(failures({})).toEqual([]);
  });

  it.each(Object.entries(table))("takes what is right in %s", (field, { right }) => {
    for (const value of right) expect(failures({ ...beside[name]?.[field], [field]: value })).toEqual([]);
  });

  const wrong = Object.entries(table).flatMap(([field, cases]) =>
    cases.wrong.map(([value, reason]) => [field, reason, value] as const),
  );
  it.each(wrong)("says of a wrong %s: %s", (field, reason, value) => {
    const found = failures({ ...beside[name]?.[field], [field]: value });
    expect(found).toEqual([{ property: expect.stringMatching(new RegExp(`^${field}(\\.|\\[|$)`)), reason }]);
  });

  it.each(Object.keys(table))("lets %s pass while it is unknown, at any depth", (field) => {
    for (const value of [unknown, { a: unknown }, ["x", { b: [unknown] }]])
      expect(failures({ ...beside[name]?.[field], [field]: value })).toEqual([]);
  });

  it.each(Object.keys(table))("never repeats what %s holds", (field) => {
    const values = [canary, canary.repeat(10_000), [canary], [[canary]], { a: canary }, { a: [{ b: canary }] }, [7e77]];
    for (const value of values)
      expect(JSON.stringify(failures({ [field]: value }))).not.toMatch(new RegExp(`${canary}|7e\\+?77`));
  });

  it("takes null for what is left out", () => {
    const required = Object.keys(resource.inputs).filter((field) => resource.inputs[field]?.required);
    const nulls = Object.fromEntries(Object.keys(resource.inputs).map((field) => [field, null]));
    const found = new Set(failures(nulls).map(({ property }) => property));
    expect(required.filter((field) => !found.has(field))).toEqual([]);
    const { inputs } = check(resource, nulls, sourceOf());
    expect(inputs).toEqual({});
  });
});
