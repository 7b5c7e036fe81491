import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { canary, failure, onEmulator } from "../../support";
import { stagesOf } from "./support";

const { create, update, refreshed, planned, calls, client, secrets } = onEmulator(aliyunKmsSecret, "kms");

const first = { secretName: "db", secretData: canary, versionId: "v-1", description: "one", tags: { a: "1", b: "1" } };
const second = { ...first, secretData: `${canary} 2`, versionId: "v-2" };
const theirs = (operation: string, parameters: object) =>
  client()(operation, "cn-hangzhou", { SecretName: "db", ...parameters });
const theirValue = (VersionId: string) => theirs("PutSecretValue", { VersionId, SecretData: `their ${VersionId}` });

describe("drift", () => {
  it.each([
    [
      "a value",
      "PutSecretValue",
      { VersionId: "theirs", SecretData: "theirs" },
      ["currentVersionId"],
      ["UpdateSecretVersionStage"],
    ],
    [
      "the current stage",
      "UpdateSecretVersionStage",
      { VersionStage: "ACSCurrent", MoveToVersion: "v-1" },
      ["currentVersionId"],
      ["UpdateSecretVersionStage"],
    ],
    ["a description", "UpdateSecret", { Description: "theirs" }, ["description"], ["UpdateSecret"]],
    [
      "a tag",
      "TagResource",
      { Tags: '[{"TagKey":"a","TagValue":"theirs"},{"TagKey":"c","TagValue":""}]' },
      ["tags"],
      ["UntagResource", "TagResource"],
    ],
    ["a tag that is gone", "UntagResource", { TagKeys: '["a"]' }, ["tags"], ["TagResource"]],
  ])("of %s is seen, and one update heals it for good", async (_, operation, parameters, changed, operations) => {
    const updated = await update(await create(first), second);
    await theirs(operation, parameters);
    let last = await refreshed(updated);
    expect(planned(last, second)).toMatchObject({ changed, replaces: [], refused: [] });
    const heal = async () => {
      last = await update(last, second);
    };
    expect(await calls(heal)).toEqual(operations);
    expect(planned(last, second).changed).toEqual([]);
    expect(planned(await refreshed(last), second).changed).toEqual([]);
    expect(secrets()[0]).toMatchObject({ Description: "one", Tags: { a: "1", b: "1" } });
    expect(stagesOf(secrets()[0])).toMatchObject({ "v-2": ["ACSCurrent"] });
  });

  it("of a value leaves ours in the state, and shows where the current stage is", async () => {
    const created = await create(first);
    await theirValue("theirs");
    const { state } = await refreshed(created);
    expect(state).toMatchObject({
      secretData: canary,
      versionId: "v-1",
      currentVersionId: "theirs",
      versions: [
        { id: "v-1", stages: ["ACSPrevious"] },
        { id: "theirs", stages: ["ACSCurrent"] },
      ],
    });
  });

  it("of a value is healed with the version that the provider named, too", async () => {
    const inputs = { secretName: "db", secretData: canary };
    const created = await create(inputs);
    await theirValue("theirs");
    const drifted = await refreshed(created);
    expect(await calls(() => update(drifted, inputs))).toEqual(["UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toEqual({
      [String(created.state.versionId)]: ["ACSCurrent"],
      theirs: ["ACSPrevious"],
    });
  });

  it("of a type of the value is none, since ours stays what it is", async () => {
    const created = await create(first);
    await theirs("PutSecretValue", { VersionId: "theirs", SecretData: "AA==", SecretDataType: "binary" });
    const drifted = await refreshed(created);
    expect(planned(drifted, first).changed).toEqual(["currentVersionId"]);
    expect(await calls(() => update(drifted, first))).toEqual(["UpdateSecretVersionStage"]);
  });

  it("without a refresh in between is not touched by an update of something else", async () => {
    const created = await create(first);
    await theirValue("theirs");
    expect(await calls(() => update(created, { ...first, description: "two" }))).toEqual(["UpdateSecret"]);
    expect(stagesOf(secrets()[0])).toMatchObject({ theirs: ["ACSCurrent"] });
  });
});

describe("more than 10 newer values of somebody else", () => {
  const crowdOut = async () => {
    for (let n = 1; n <= 10; n++) await theirValue(`theirs-${n}`);
    expect(Object.keys(stagesOf(secrets()[0]))).not.toContain("v-1");
  };

  it.each([
    ["that is given", first],
    ["that the provider made", { ...first, versionId: undefined }],
  ])("show the current one's, and ours is put anew under a version id %s", async (_, inputs) => {
    const created = await create({ ...inputs, versionId: "v-1" });
    await crowdOut();
    const drifted = await refreshed(created);
    expect(drifted.state).toMatchObject({ secretData: "their theirs-10", versionId: "theirs-10" });
    expect(planned(drifted, inputs).changed).toContain("secretData");
    let last = drifted;
    const heal = async () => {
      last = await update(drifted, inputs);
    };
    expect(await calls(heal)).toEqual(["PutSecretValue"]);
    expect(planned(await refreshed(last), inputs).changed).toEqual([]);
    expect(secrets()[0].Versions.at(-1)).toMatchObject({ SecretData: canary, VersionStages: ["ACSCurrent"] });
  });

  it("that come between the refresh and the update have ours put anew, too", async () => {
    const inputs = { ...first, versionId: undefined };
    const created = await create({ ...first });
    await theirValue("theirs-0");
    const drifted = await refreshed(created);
    await crowdOut();
    let last = drifted;
    const heal = async () => {
      last = await update(drifted, inputs);
    };
    expect(await calls(heal)).toEqual(["UpdateSecretVersionStage", "PutSecretValue"]);
    expect(secrets()[0].Versions.at(-1)).toMatchObject({ SecretData: canary, VersionStages: ["ACSCurrent"] });
    expect(planned(await refreshed(last), inputs).changed).toEqual([]);
  });

  it("that come between are an error where the version id is given", async () => {
    const created = await create(first);
    await theirValue("theirs-0");
    const drifted = await refreshed(created);
    await crowdOut();
    const error = await failure(update(drifted, first));
    expect(error.message).toMatch(/there is no version v-1\. Name one that is kept.*`pulumi refresh` shows/);
  });
});

describe("a description that KMS does not clear", () => {
  it("is told instead of coming back as drift for ever", async () => {
    const created = await create(first);
    const deaf = (operation: string, region: string, parameters: object) =>
      client()(operation, region, operation === "UpdateSecret" ? { SecretName: "db", Description: "one" } : parameters);
    const clear = aliyunKmsSecret.update(deaf, created, { ...first, description: "", regionId: "cn-hangzhou" });
    expect((await failure(clear)).message).toMatch(/"db" failed: KMS kept the description.*Give another description/);
  });
});
