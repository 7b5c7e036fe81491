import { describe, expect, it } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import { PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { hasten, path, projectId } from "../wire";

const { create, update, remove, refreshed, planned, calls, huawei, fault, healed, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const first = {
  name: "db",
  projectId,
  secretString: canary,
  description: "one",
  tags: { a: "1", b: "1" },
};
const second = { ...first, secretString: `${canary} 2` };
const key = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const rotating = {
  ...first,
  secretType: "RDS-FG",
  autoRotation: true,
  rotationPeriod: "1d",
  rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" },
  rotationFuncUrn: "urn:fss:one",
};

/** An update's calls; afterwards nothing is left to do, with and without a refresh, and a second update calls nothing. */
async function changes(from: Values, to: Values): Promise<string[]> {
  const created = await create(from);
  let updated = created;
  const operations = await calls(async () => {
    updated = await update(created, to);
  });
  expect(planned(updated, to).changed).toEqual([]);
  expect(planned(await refreshed(updated), to).changed).toEqual([]);
  expect(await calls(() => update(updated, to))).toEqual([]);
  return operations;
}

describe("update", () => {
  it("makes a changed value a new version with one call", async () => {
    expect(await changes(first, second)).toEqual(["CreateSecretVersion"]);
    expect(secrets()).toMatchObject([
      {
        versions: [
          { id: "v1", secretString: canary, stages: ["SYSPREVIOUS"] },
          { id: "v2", secretString: `${canary} 2`, stages: ["SYSCURRENT"] },
        ],
      },
    ]);
  });

  it("tells the new version", async () => {
    const { state } = await update(await create(first), second);
    expect(state).toMatchObject({ ...second, versionId: "v2", currentVersionId: "v2", updateTime: undefined });
  });

  it("turns text into binary and back", async () => {
    const binary = { ...first, secretString: undefined, secretBinary: "AAEC/w==" };
    expect(await changes(first, binary)).toEqual(["CreateSecretVersion"]);
    expect(secrets()[0].versions[1]).toMatchObject({ secretBinary: "AAEC/w==" });
    const back = await update(await refreshed({ id: secrets()[0].id, state: first }), first);
    expect(back.state).toMatchObject({ secretString: canary, secretBinary: undefined, versionId: "v3" });
    expect(planned(await refreshed(back), first).changed).toEqual([]);
  });

  it("changes the key before it makes the version", async () => {
    expect(await changes(first, { ...second, kmsKeyId: key })).toEqual(["UpdateSecret", "CreateSecretVersion"]);
    expect(secrets()[0].versions.at(-1)).toMatchObject({ id: "v2", kmsKeyId: key });
  });

  it.each<[string, Values, Values, string[]]>([
    ["the key", first, { kmsKeyId: key }, ["UpdateSecret"]],
    ["the description", first, { description: "two" }, ["UpdateSecret"]],
    ["a description that goes", first, { description: undefined }, ["UpdateSecret"]],
    ["a subscription", first, { eventSubscriptions: ["alarm"] }, ["UpdateSecret"]],
    [
      "a subscription that goes",
      { ...first, eventSubscriptions: ["alarm"] },
      { eventSubscriptions: [] },
      ["UpdateSecret"],
    ],
    ["an empty list of subscriptions", first, { eventSubscriptions: [] }, []],
    ["a tag that is added", first, { tags: { ...first.tags, c: "" } }, ["BatchCreateOrDeleteTags"]],
    ["a tag that goes", first, { tags: { a: "1" } }, ["BatchCreateOrDeleteTags"]],
    ["all tags that go", first, { tags: undefined }, ["BatchCreateOrDeleteTags"]],
    ["one tag for another", first, { tags: { a: "2", c: "1" } }, Array(2).fill("BatchCreateOrDeleteTags")],
    ["the order of tags", first, { tags: { b: "1", a: "1" } }, []],
    ["how it is deleted", first, { recoveryWindowInDays: 7 }, []],
    ["the type, spelled out", first, { secretType: "COMMON" }, []],
    ["the period", rotating, { rotationPeriod: "2d" }, ["UpdateSecret"]],
    ["the period in another unit", rotating, { rotationPeriod: "24h" }, []],
    ["the function", rotating, { rotationFuncUrn: "urn:fss:two" }, ["UpdateSecret"]],
    ["the rotation that ends", rotating, { autoRotation: false }, ["UpdateSecret"]],
    [
      "the rotation that is left out",
      rotating,
      { autoRotation: undefined, rotationPeriod: undefined },
      ["UpdateSecret"],
    ],
    [
      "the spacing of the config",
      rotating,
      { rotationConfig: '{ "SecretSubType": "SingleUser",\n"InstanceId": "rds-1" }' },
      [],
    ],
    ["everything at once", rotating, { description: "", rotationPeriod: "2d", kmsKeyId: key }, ["UpdateSecret"]],
  ])("with %s makes no other call", async (_, from, change, operations) => {
    const to = { ...from, ...change };
    expect(await changes(from, to)).toEqual(operations);
    const { description = "", tags = {}, autoRotation = false, eventSubscriptions = [] } = to;
    expect(secrets()).toMatchObject([
      { description, tags, autoRotation, eventSubscriptions, versions: [{ id: "v1" }] },
    ]);
  });

  it("keeps 20 versions", async () => {
    let updated = await create(first);
    for (let n = 2; n <= 22; n++) updated = await update(updated, { ...first, secretString: `${n}` });
    expect(updated.state.versionId).toBe("v22");
    expect(secrets()[0].versions).toHaveLength(20);
  });
});

describe("drift", () => {
  it.each<[string, string, string, object, string[]]>([
    ["a value", "POST", "/versions", { secret_string: "theirs" }, ["currentVersionId"]],
    ["the kind of value", "POST", "/versions", { secret_binary: "AAEC" }, ["currentVersionId"]],
    ["the current stage", "PUT", "/stages/SYSCURRENT", { version_id: "v1" }, ["currentVersionId"]],
    ["a description", "PUT", "", { description: "theirs" }, ["description"]],
    ["a subscription", "PUT", "", { event_subscriptions: ["theirs"] }, ["eventSubscriptions"]],
    ["a key", "PUT", "", { kms_key_id: "11111111-2222-3333-4444-555555555555" }, ["kmsKeyId"]],
  ])("of %s is seen, and the next update heals it", async (_, method, rest, body, changed) => {
    const wanted = { ...second, kmsKeyId: key };
    const updated = await update(await create({ ...first, kmsKeyId: key }), wanted);
    await huawei(method, path(rest), body);
    const drifted = await refreshed(updated);
    expect(planned(drifted, wanted)).toEqual({ changed, replaces: [], refused: [], deleteBeforeReplace: true });
    const healed = await refreshed(await update(drifted, wanted));
    expect(planned(healed, wanted).changed).toEqual([]);
    expect(secrets()).toMatchObject([{ description: "one", eventSubscriptions: [], kmsKeyId: key }]);
    const current = secrets()[0].versions.find(({ stages }: Loose) => stages.includes("SYSCURRENT"));
    expect(current).toMatchObject({ secretString: second.secretString });
  });

  it("of tags is seen, and the next update heals it", async () => {
    const created = await create(first);
    const tags = [{ key: "a", value: "theirs" }, { key: "c" }];
    await huawei("POST", `/v1/${first.projectId}/csms/${created.id}/tags/action`, { action: "create", tags });
    const drifted = await refreshed(created);
    expect(planned(drifted, first).changed).toEqual(["tags"]);
    await update(drifted, first);
    expect(secrets()).toMatchObject([{ tags: first.tags }]);
  });

  it("of what nobody declared, where the service chooses it, is none", async () => {
    const created = await create(first);
    await huawei("PUT", path(), { kms_key_id: key });
    expect(planned(await refreshed(created), first).changed).toEqual([]);
  });
});

describe("update that fails", () => {
  const wanted = { ...second, description: "two", tags: { b: "2", c: "2" } };

  it.each<[string, number, Values, string[]]>([
    [
      "CreateSecretVersion",
      1,
      { description: "two", secretString: canary, versionId: "v1" },
      ["CreateSecretVersion", "BatchCreateOrDeleteTags", "BatchCreateOrDeleteTags"],
    ],
    [
      "BatchCreateOrDeleteTags",
      1,
      { ...wanted, versionId: "v2", tags: first.tags },
      Array(2).fill("BatchCreateOrDeleteTags"),
    ],
    ["BatchCreateOrDeleteTags", 2, { ...wanted, versionId: "v2", tags: { b: "1" } }, ["BatchCreateOrDeleteTags"]],
  ])(
    "at %s (call %d) keeps what was reached, and the next one makes only the calls that are missing",
    async (...row) => {
      const [at, nth, state, rest] = row;
      const created = await create(first);
      fault(at, { kind: "quota", nth });
      const error = await failure(update(created, wanted));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({ id: created.id, state });
      healed();
      expect(await calls(() => update(error.observed, wanted))).toEqual(rest);
      expect(secrets()).toMatchObject([{ description: "two", tags: wanted.tags, versions: [{}, { id: "v2" }] }]);
      expect(secrets()[0].versions).toHaveLength(2);
    },
  );

  it("before anything is changed is an ordinary error", async () => {
    const created = await create(first);
    fault("CreateSecretVersion", { kind: "quota" });
    const error = await failure(update(created, second));
    expect(error).toMatchObject({ kind: "quota" });
    expect(error).not.toBeInstanceOf(PartialFailure);
  });

  it("by a lost answer makes no second version", async () => {
    const created = await create(first);
    fault("CreateSecretVersion", { kind: "loseAnswer", times: 1 });
    const { state } = await update(created, second);
    expect(state).toMatchObject({ versionId: "v2", currentVersionId: "v2" });
    expect(secrets()[0].versions).toHaveLength(2);
  });

  it.each(["resetBefore", "error"] as const)("by %s before the version is made, is repeated", async (kind) => {
    const created = await create(first);
    fault("CreateSecretVersion", { kind, times: 1, ...(kind === "error" && { status: 503 }) });
    expect(await calls(() => update(created, second))).toEqual([
      "CreateSecretVersion",
      "ShowSecretVersion",
      "CreateSecretVersion",
    ]);
    expect(secrets()[0].versions).toHaveLength(2);
  });

  it("leaves a value alone that the service rotated, until the program gives another", async () => {
    const created = await create(rotating);
    await huawei("POST", path("/rotate"));
    hasten();
    const rotated = await refreshed(created);
    expect(rotated.state).toMatchObject({ versionId: "v2", secretString: rotating.secretString });
    expect(planned(rotated, rotating).changed).toEqual([]);
    expect((await update(rotated, { ...rotating, secretString: `${canary} 2` })).state.versionId).toBe("v3");
  });

  it("takes no version for its own that has the value but is not the current one", async () => {
    const created = await create(first);
    await huawei("POST", path("/versions"), { secret_string: second.secretString, version_stages: ["blue"] });
    fault("CreateSecretVersion", { kind: "resetBefore", times: 1 });
    const updated = await update(created, second);
    expect(updated.state).toMatchObject({ versionId: "v3", currentVersionId: "v3" });
    expect(secrets()[0].versions[1]).toMatchObject({ id: "v2", stages: ["blue"] });
    expect(planned(await refreshed(updated), second).changed).toEqual([]);
  });

  it.each(["UpdateSecret", "BatchCreateOrDeleteTags"])("by a lost answer of %s is repeated", async (operation) => {
    const created = await create(first);
    fault(operation, { kind: "loseAnswer", times: 1 });
    await update(created, wanted);
    expect(secrets()).toMatchObject([{ description: "two", tags: wanted.tags }]);
  });

  it("by a throttled service is repeated", async () => {
    const created = await create(first);
    fault("CreateSecretVersion", { kind: "throttle", retryAfter: 0, times: 2 });
    expect(await calls(() => update(created, second))).toEqual(Array(3).fill("CreateSecretVersion"));
  });

  it("of a secret that waits for deletion says so", async () => {
    const created = await create(first);
    await remove(created);
    expect(await failure(update(created, { ...first, description: "two" }))).toMatchObject({ kind: "pendingDeletion" });
  });
});

describe("replacement", () => {
  it.each<[string, Values, Values, boolean]>([
    ["name", first, { name: "db-2" }, false],
    ["region", first, { region: "ap-southeast-1", projectId: projectIdOf("ap-southeast-1") }, false],
    ["secretType", rotating, { secretType: "GaussDB-FG", forceDeleteWithoutRecovery: true }, true],
    ["rotationConfig", rotating, { rotationConfig: { InstanceId: "rds-2", SecretSubType: "MultiUser" } }, true],
  ])("by %s leaves one secret as declared", async (field, from, change, deleteBeforeReplace) => {
    const old = await create({ ...from, forceDeleteWithoutRecovery: true });
    const wanted = { ...from, forceDeleteWithoutRecovery: true, ...change };
    const { replaces, refused, ...plan } = planned(old, wanted);
    expect(replaces).toContain(field);
    expect({ refused, deletes: plan.deleteBeforeReplace }).toEqual({ refused: [], deletes: deleteBeforeReplace });
    if (deleteBeforeReplace) await remove(old);
    const replaced = await create(wanted);
    if (!deleteBeforeReplace) await remove(old);
    expect(secrets()).toMatchObject([{ id: replaced.id }]);
    expect(planned(await refreshed(replaced), wanted).changed).toEqual([]);
  });

  it("with force ends the old secret, which a recovery window keeps", async () => {
    const old = await create(rotating);
    const wanted = { ...rotating, secretType: "GaussDB-FG", forceDeleteWithoutRecovery: true };
    expect(planned(old, wanted)).toMatchObject({ deleteBeforeReplace: true, refused: [] });
    await remove(old);
    await create(wanted);
    expect(secrets()).toMatchObject([{ secretType: "GaussDB-FG", state: "ENABLED" }]);
  });
});
