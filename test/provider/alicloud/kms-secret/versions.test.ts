import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { check } from "../../../../provider/check";
import type { Observed } from "../../../../provider/definition";
import { CloudError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/fields";
import { sourceOf } from "../../source";
import { canary, failure, onEmulator } from "../../support";
import { stagesOf, versionsOf } from "./support";

const { create, update, refreshed, planned, calls, client, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const first = { secretName: "db", secretData: canary, versionId: "v-1" };
const second = { ...first, secretData: `${canary} 2`, versionId: "v-2" };
const staged = (...versionStages: string[]) => ({ ...first, versionStages });
const theirs = (operation: string, parameters: object) =>
  client()(operation, "cn-hangzhou", { SecretName: "db", ...parameters });

/** An update's calls; afterwards nothing is left to do, and the state has the versions as a refresh shows them. */
async function changes(from: Observed, inputs: Values): Promise<string[]> {
  let updated = from;
  const operations = await calls(async () => {
    updated = await update(from, inputs);
  });
  await settled(updated, inputs);
  return operations;
}

async function settled(reached: Observed, inputs: Values): Promise<void> {
  const found = await refreshed(reached);
  expect(planned(reached, inputs).changed).toEqual([]);
  expect(planned(found, inputs).changed).toEqual([]);
  expect(versionsOf(reached.state)).toEqual(versionsOf(found.state));
}

describe("versionStages", () => {
  it("at creation are put on the first version, one call each", async () => {
    const inputs = staged("blue", "a/_+=.@-");
    let created: Observed | undefined;
    const act = async () => {
      created = await create(inputs);
    };
    expect(await calls(act)).toEqual(["CreateSecret", "UpdateSecretVersionStage", "UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "a/_+=.@-", "blue"] });
    await settled(created as Observed, inputs);
  });

  it("are added to the version of the value, each with one call", async () => {
    const created = await create(first);
    expect(await changes(created, staged("blue", "green"))).toEqual(Array(2).fill("UpdateSecretVersionStage"));
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "blue", "green"] });
  });

  it.each([
    ["some", staged("green"), ["ACSCurrent", "green"], 1],
    ["all, by an empty list", staged(), ["ACSCurrent"], 2],
    ["all, by leaving it out", first, ["ACSCurrent"], 2],
  ])("are taken off: %s", async (_, inputs, left, times) => {
    const created = await create(staged("blue", "green"));
    expect(await changes(created, inputs)).toEqual(Array(times).fill("UpdateSecretVersionStage"));
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": left });
  });

  it("are 6 at most, which are replaced all at once within the 8 that KMS allows", async () => {
    const created = await create(staged(..."abcdef"));
    expect(await changes(created, staged(..."uvwxyz"))).toHaveLength(12);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", ..."uvwxyz"] });
  });

  it("are taken off the version before where a new value comes without them", async () => {
    const created = await create(staged("blue", "green"));
    const inputs = { ...second, versionStages: ["green", "new"] };
    expect(await changes(created, inputs)).toEqual(["UpdateSecretVersionStage", "PutSecretValue"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSPrevious"], "v-2": ["ACSCurrent", "green", "new"] });
  });

  it("are replaced together with the value, all 6 of them", async () => {
    const created = await create(staged(..."abcdef"));
    await changes(created, { ...second, versionStages: [..."uvwxyz"] });
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSPrevious"], "v-2": ["ACSCurrent", ..."uvwxyz"] });
  });

  it("that are another one for each value are no more than KMS allows, however many come", async () => {
    let last = await create(staged("release-1"));
    for (let n = 2; n <= 10; n++)
      last = await update(last, { ...first, secretData: `${n}`, versionId: `v-${n}`, versionStages: [`release-${n}`] });
    expect(stagesOf(secrets()[0])).toMatchObject({ "v-9": ["ACSPrevious"], "v-10": ["ACSCurrent", "release-10"] });
  });

  it("in another order are no change", async () => {
    const created = await create(staged("blue", "green"));
    expect(await changes(created, staged("green", "blue"))).toEqual([]);
  });

  it("move to each new value within the same call that puts it", async () => {
    const created = await create(staged("blue", "green"));
    expect(await changes(created, { ...second, versionStages: ["green", "blue"] })).toEqual(["PutSecretValue"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSPrevious"], "v-2": ["ACSCurrent", "blue", "green"] });
  });

  it("that are new come with a new value in one call", async () => {
    expect(await changes(await create(first), { ...second, versionStages: ["blue"] })).toEqual(["PutSecretValue"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSPrevious"], "v-2": ["ACSCurrent", "blue"] });
  });

  it.each(["ACSCurrent", "ACSPrevious"])("cannot be %s, which KMS moves itself", (stage) => {
    const { failures } = check(aliyunKmsSecret, { ...staged("blue", stage), regionId: "cn-hangzhou" }, sourceOf({}));
    expect(failures).toMatchObject([{ property: "versionStages", reason: expect.stringContaining(stage) }]);
  });
});

describe("a stage that somebody else", () => {
  it("moved to another version comes back with one call", async () => {
    const created = await create(staged("blue"));
    await theirs("PutSecretValue", { VersionId: "theirs", SecretData: "theirs", VersionStages: '["blue"]' });
    const drifted = await refreshed(created);
    expect(planned(drifted, staged("blue")).changed).toEqual(["versionStages"]);
    expect(await changes(drifted, staged("blue"))).toEqual(["UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "blue"], theirs: [] });
  });

  it("took off comes back with one call", async () => {
    const created = await create(staged("blue"));
    await theirs("UpdateSecretVersionStage", { VersionStage: "blue", RemoveFromVersion: "v-1" });
    expect(await changes(await refreshed(created), staged("blue"))).toEqual(["UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "blue"] });
  });

  it("put on our version is taken off with one call", async () => {
    const created = await create(staged("blue"));
    await theirs("UpdateSecretVersionStage", { VersionStage: "theirs", MoveToVersion: "v-1" });
    const drifted = await refreshed(created);
    expect(planned(drifted, staged("blue")).changed).toEqual(["versionStages"]);
    expect(await changes(drifted, staged("blue"))).toEqual(["UpdateSecretVersionStage"]);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "blue"] });
  });

  it("put on a version of theirs is left alone", async () => {
    const created = await create(staged("blue"));
    await theirs("PutSecretValue", { VersionId: "theirs", SecretData: "theirs", VersionStages: '["green"]' });
    expect(planned(await refreshed(created), staged("blue")).changed).toEqual([]);
  });

  it("took off already, with no refresh since, is no error when it is to go", async () => {
    const created = await create(staged("blue"));
    await theirs("UpdateSecretVersionStage", { VersionStage: "blue", RemoveFromVersion: "v-1" });
    await settled(await update(created, first), first);
  });

  it("moved already, with no refresh since, stays there when it is to go", async () => {
    const created = await create(staged("blue"));
    await theirs("PutSecretValue", { VersionId: "theirs", SecretData: "theirs", VersionStages: '["blue"]' });
    await settled(await update(created, first), first);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent"], theirs: ["blue"] });
  });
});

describe("stages whose call", () => {
  it.each([
    ["to put one on", first, staged("blue"), ["ACSCurrent", "blue"]],
    ["to take one off", staged("blue"), first, ["ACSCurrent"]],
  ])("%s loses its answer are where they are declared", async (_, from, to, stages) => {
    const created = await create(from);
    fault("UpdateSecretVersionStage", { kind: "loseAnswer", times: 1 });
    await settled(await update(created, to), to);
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": stages });
  });

  it("to take one off is throttled, or refused by a quota, are told", async () => {
    const created = await create(staged("blue"));
    for (const kind of ["throttle", "quota"] as const) {
      fault("UpdateSecretVersionStage", { kind, ...(kind === "throttle" && { retryAfter: 0 }) });
      await failure(update(created, first));
      healed();
    }
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent", "blue"] });
  });

  it("to take one off is refused although the stage is there are told", async () => {
    const created = await create(staged("blue"));
    const refusing = (operation: string, region: string, parameters: object) =>
      operation === "UpdateSecretVersionStage"
        ? Promise.reject(new CloudError({ kind: "invalid", message: "refused" }))
        : client()(operation, region, parameters);
    const act = aliyunKmsSecret.update(refusing, created, { ...first, regionId: "cn-hangzhou" });
    expect(await failure(act)).toMatchObject({ kind: "invalid", message: "refused" });
  });
});
