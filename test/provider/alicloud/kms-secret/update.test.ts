import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import { canary, failure, onEmulator } from "../../support";
import { versionsOf } from "./support";

const { create, update, refreshed, planned, calls, client, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const first = { secretName: "db", secretData: canary, versionId: "v-1", description: "one", tags: { a: "1", b: "1" } };
const second = { ...first, secretData: `${canary} 2`, versionId: "v-2" };

/** An update's calls; afterwards nothing is left to do, with and without a refresh, and a second update calls nothing. */
async function changes(from: object, to: object): Promise<string[]> {
  const created = await create({ secretName: "db", ...from });
  const inputs = { secretName: "db", ...to };
  let updated = created;
  const operations = await calls(async () => {
    updated = await update(created, inputs);
  });
  const found = await refreshed(updated);
  expect(planned(updated, inputs).changed).toEqual([]);
  expect(planned(found, inputs).changed).toEqual([]);
  expect(versionsOf(updated.state)).toEqual(versionsOf(found.state));
  expect(await calls(() => update(updated, inputs))).toEqual([]);
  return operations;
}

describe("update", () => {
  it("makes a changed value a new version with one call", async () => {
    expect(await changes(first, second)).toEqual(["PutSecretValue"]);
    expect(secrets()).toMatchObject([
      {
        Versions: [
          { VersionId: "v-1", SecretData: canary, VersionStages: ["ACSPrevious"] },
          { VersionId: "v-2", SecretData: `${canary} 2`, VersionStages: ["ACSCurrent"] },
        ],
      },
    ]);
  });

  it("tells the new version, and forgets the time it no longer knows", async () => {
    const { state } = await update(await refreshed(await create(first)), second);
    expect(state).toMatchObject({ ...second, currentVersionId: "v-2", updateTime: undefined });
    expect(state.createTime).toMatch(/Z$/);
    expect(state.versions).toEqual([
      { id: "v-1", stages: ["ACSPrevious"], created: state.createTime },
      { id: "v-2", stages: ["ACSCurrent"] },
    ]);
  });

  it("makes a version id for each value where none is given", async () => {
    const inputs = { secretName: "db", secretData: "1" };
    const created = await create(inputs);
    const { state } = await update(created, { ...inputs, secretData: "2" });
    expect(state.versionId).not.toBe(created.state.versionId);
    expect(secrets()[0].Versions.map(({ VersionId }: { VersionId: string }) => VersionId)).toEqual([
      created.state.versionId,
      state.versionId,
    ]);
  });

  it("keeps the version of the state where a given id is left out and the value stays", async () => {
    expect(await changes(first, { ...first, versionId: undefined })).toEqual([]);
  });

  it.each([
    ["the type of the value", { secretDataType: "binary", versionId: "v-2" }, ["PutSecretValue"]],
    ["the version id", { versionId: "v-2" }, ["PutSecretValue"]],
    ["the description", { description: "two" }, ["UpdateSecret"]],
    ["a description that goes", { description: undefined }, ["UpdateSecret", "DescribeSecret"]],
    ["a tag that is added", { tags: { ...first.tags, c: "1" } }, ["TagResource"]],
    ["a tag's value", { tags: { a: "1", b: "2" } }, ["TagResource"]],
    ["a tag that goes", { tags: { a: "1" } }, ["UntagResource"]],
    ["all tags that go", { tags: undefined }, ["UntagResource"]],
    ["one tag for another", { tags: { a: "1", c: "1" } }, ["UntagResource", "TagResource"]],
    ["how it is deleted", { recoveryWindowInDays: 7 }, []],
    ["the order of tags", { tags: { b: "1", a: "1" } }, []],
    ["the type of the value, spelled out", { secretDataType: "text" }, []],
  ])("with %s makes no other call", async (_, change, operations) => {
    const wanted = { ...first, ...change };
    expect(await changes(first, wanted)).toEqual(operations);
    expect(secrets()[0]).toMatchObject({ Description: wanted.description ?? "", Tags: wanted.tags ?? {} });
    expect(secrets()[0].Versions.at(-1)).toMatchObject({ VersionId: wanted.versionId, VersionStages: ["ACSCurrent"] });
  });

  it("sends more than 10 tags in parts", async () => {
    const tags = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`new-${n}`, ""]));
    expect(await changes(first, { ...first, tags })).toEqual(["UntagResource", "TagResource", "TagResource"]);
    expect(secrets()[0].Tags).toEqual(tags);
  });

  it("leaves tags alone that somebody else has set", async () => {
    const created = await create(first);
    await client()("TagResource", "cn-hangzhou", { SecretName: "db", Tags: '[{"TagKey":"theirs","TagValue":"1"}]' });
    await update(created, { ...first, tags: { a: "2" } });
    expect(secrets()[0].Tags).toEqual({ a: "2", theirs: "1" });
  });

  it("goes back to the id and value of an old version, which KMS alone would ignore", async () => {
    const created = await update(await create(first), second);
    let back = created;
    const act = async () => {
      back = await update(created, first);
    };
    expect(await calls(act)).toEqual(["PutSecretValue", "UpdateSecretVersionStage"]);
    expect(secrets()[0].Versions).toMatchObject([
      { VersionStages: ["ACSCurrent"] },
      { VersionStages: ["ACSPrevious"] },
    ]);
    expect(planned(back, first).changed).toEqual([]);
    expect(planned(await refreshed(back), first).changed).toEqual([]);
  });

  it("goes back to an old version also where somebody else has moved the stage since", async () => {
    const created = await update(await create(first), second);
    await client()("PutSecretValue", "cn-hangzhou", { SecretName: "db", VersionId: "theirs", SecretData: "theirs" });
    await update(created, first);
    expect(secrets()[0].Versions[0]).toMatchObject({ VersionId: "v-1", VersionStages: ["ACSCurrent"] });
  });

  it("is refused where the version id is one of another value", async () => {
    const created = await update(await create(first), second);
    const error = await failure(update(created, { ...first, secretData: `${canary} 3`, versionId: "v-1" }));
    expect(error.message).toMatch(/version v-1 has another value already\. Give a versionId that was never used/);
    expect(secrets()[0].Versions).toHaveLength(2);
  });

  it("keeps 10 versions, as the state has them", async () => {
    let updated = await create(first);
    for (let n = 2; n <= 12; n++) {
      updated = await update(updated, { ...first, secretData: `${n}`, versionId: `v-${n}` });
      expect(versionsOf(updated.state)).toEqual(versionsOf((await refreshed(updated)).state));
    }
    expect(updated.state.versions).toHaveLength(10);
    expect(secrets()[0].Versions).toHaveLength(10);
    expect(secrets()[0].Versions.at(-1)).toMatchObject({ VersionId: "v-12", VersionStages: ["ACSCurrent"] });
  });

  it("happens in the secret's own region", async () => {
    await create(first);
    const there = { ...first, regionId: "cn-beijing" };
    await update(await create(there), { ...there, description: "there", tags: {} });
    expect(secrets()).toMatchObject([
      { RegionId: "cn-hangzhou", Description: "one" },
      { RegionId: "cn-beijing", Description: "there", Tags: {} },
    ]);
  });
});

describe("update that fails", () => {
  const wanted = { ...second, description: "two", tags: { b: "2", c: "2" } };

  it.each([
    [
      "UpdateSecret",
      { secretData: second.secretData, description: "one" },
      ["UpdateSecret", "UntagResource", "TagResource"],
    ],
    ["UntagResource", { description: "two", tags: first.tags }, ["UntagResource", "TagResource"]],
    ["TagResource", { description: "two", tags: { b: "1" } }, ["TagResource"]],
  ])(
    "at %s keeps what was reached, and the next one makes only the calls that are missing",
    async (at, state, rest) => {
      const created = await create(first);
      fault(at, { kind: "quota" });
      const error = await failure(update(created, wanted));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({ id: created.id, state });
      healed();
      expect(await calls(() => update(error.observed, wanted))).toEqual(rest);
      expect(secrets()).toMatchObject([
        { Description: "two", Tags: wanted.tags, Versions: [{}, { VersionId: "v-2" }] },
      ]);
    },
  );

  it("before anything is changed is an ordinary error", async () => {
    const created = await create(first);
    fault("PutSecretValue", { kind: "quota" });
    const error = await failure(update(created, wanted));
    expect(error).toMatchObject({ kind: "quota" });
    expect(error).not.toBeInstanceOf(PartialFailure);
  });

  it.each(["PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "UntagResource", "TagResource"])(
    "at %s by a lost answer is repeated, and done once",
    async (operation) => {
      const created = await update(await create(first), second);
      fault(operation, { kind: "loseAnswer", times: 1 });
      const back = { ...first, description: "two", tags: { b: "2", c: "2" } };
      await update(created, back);
      expect(secrets()).toMatchObject([{ Description: "two", Tags: back.tags }]);
      expect(secrets()[0].Versions).toMatchObject([
        { VersionStages: ["ACSCurrent"] },
        { VersionStages: ["ACSPrevious"] },
      ]);
    },
  );

  it.each([
    ["a throttled service", { kind: "throttle", retryAfter: 0 }],
    ["an error of the service", { kind: "error", status: 500, retryAfter: 0 }],
    ["a service that is away", { kind: "error", status: 503, retryAfter: 0 }],
    ["a connection that breaks", { kind: "resetBefore" }],
  ] as const)("by %s is repeated", async (_, kind) => {
    const created = await create(first);
    fault("PutSecretValue", { ...kind, times: 2 });
    expect(await calls(() => update(created, second))).toEqual(Array(3).fill("PutSecretValue"));
    expect(secrets()[0].Versions).toHaveLength(2);
  });

  it("of a secret that is gone says so", async () => {
    const created = await create(first);
    await client()("DeleteSecret", "cn-hangzhou", { SecretName: "db", ForceDeleteWithoutRecovery: "true" });
    expect(await failure(update(created, second))).toMatchObject({ kind: "notFound" });
  });
});

describe("replacement", () => {
  it.each([
    ["secretName", { secretName: "db-2" }, false],
    ["regionId", { regionId: "cn-beijing" }, false],
    ["encryptionKeyId", { encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true }, true],
  ])("by %s leaves one secret as declared", async (field, change, deleteBeforeReplace) => {
    const old = await create({ ...first, encryptionKeyId: "key-1", forceDeleteWithoutRecovery: true });
    const wanted = { ...first, encryptionKeyId: "key-1", ...change };
    expect(planned(old, wanted)).toMatchObject({ replaces: [field], deleteBeforeReplace, refused: [] });
    if (deleteBeforeReplace) await aliyunKmsSecret.delete(client(), old);
    await create(wanted);
    if (!deleteBeforeReplace) await aliyunKmsSecret.delete(client(), old);
    expect(secrets()).toMatchObject([
      { SecretName: "db", RegionId: "cn-hangzhou", EncryptionKeyId: "key-1", ...wire(change) },
    ]);
    expect(secrets()).toHaveLength(1);
  });

  it("by another key with force ends the old secret, which a recovery window keeps", async () => {
    const old = await create({ ...first, encryptionKeyId: "key-1" });
    const wanted = { ...first, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true };
    await aliyunKmsSecret.delete(client(), old);
    await create(wanted);
    expect(secrets()).toMatchObject([{ EncryptionKeyId: "key-2", PlannedDeleteTime: undefined }]);
  });
});

const wire = ({ secretName, regionId, encryptionKeyId }: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries({ SecretName: secretName, RegionId: regionId, EncryptionKeyId: encryptionKeyId }).filter(
      ([, v]) => v,
    ),
  );
