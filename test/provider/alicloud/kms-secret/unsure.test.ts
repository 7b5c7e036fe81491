import { describe, expect, it, vi } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import { anHourAgo, canary, failure, onEmulator } from "../../support";

const { create, update, remove, confirm, planned, refreshed, calls, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const first = { secretName: "db", secretData: canary };
const second = { ...first, secretData: `${canary} 2` };

it("a value of which no answer ever came is looked for by the next update, and put no second time", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("PutSecretValue", { kind: "loseAnswer" });
  const error = await failure(update(created, second));
  expect(error).toBeInstanceOf(PartialFailure);
  expect(secrets()[0].Versions).toHaveLength(2);
  healed();
  let reached = created;
  const operations = await calls(async () => {
    reached = await update(error.observed, second);
  });
  expect(operations).not.toContain("PutSecretValue");
  expect(secrets()[0].Versions).toMatchObject([
    { VersionStages: ["ACSPrevious"] },
    { SecretData: second.secretData, VersionStages: ["ACSCurrent"] },
  ]);
  expect(planned(await refreshed(reached), second).changed).toEqual([]);
});

it("a value that was not put after all is put by the next update", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("PutSecretValue", { kind: "resetBefore" });
  const error = await failure(update(created, second));
  healed();
  const reached = await update(error.observed, second);
  expect(secrets()[0].Versions).toMatchObject([{}, { SecretData: second.secretData, VersionStages: ["ACSCurrent"] }]);
  expect(planned(await refreshed(reached), second).changed).toEqual([]);
});

it("a change of which no answer ever came is looked at by the next update, also where it is taken back", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("UpdateSecret", { kind: "loseAnswer" });
  const error = await failure(update(created, { ...first, description: "after" }));
  expect(error).toBeInstanceOf(PartialFailure);
  expect(secrets()[0].Description).toBe("after");
  healed();
  const reached = await update(error.observed, first);
  expect(secrets()[0].Description).toBe("");
  expect(planned(reached, first).changed).toEqual([]);
});

it("a change that was refused after its first answer was lost is looked at by the next update too", async () => {
  const created = await create(first);
  fault("UpdateSecret", { kind: "loseAnswer", nth: 1 });
  fault("UpdateSecret", { kind: "clockSkew", ms: -40 * 60_000, nth: 2 });
  const error = await failure(update(created, { ...first, description: "after" }));
  expect(error.message).toContain("clock");
  expect(secrets()[0].Description).toBe("after");
  healed();
  const reached = await update(error.observed, first);
  expect(secrets()[0].Description).toBe("");
  expect(planned(reached, first).changed).toEqual([]);
});

describe("a create of which nobody knows whether it happened", () => {
  /** Carried out or not. */
  async function unconfirmed(kind: "loseAnswer" | "resetBefore", inputs: object = first) {
    fault("CreateSecret", { kind, times: 1 });
    fault("DescribeSecret", { kind: "quota" });
    const error = await failure(create({ ...first, ...inputs }));
    healed();
    return error;
  }

  it("is kept, with the name and the version id that were sent", async () => {
    const error = await unconfirmed("loseAnswer", { adoptExisting: true });
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /DescribeSecret .* may have been carried out: KMS CreateSecret of secret "db" .* kept/,
    );
    const [{ VersionId: versionId }] = secrets()[0].Versions;
    expect(error.observed).toMatchObject({
      id: "unconfirmed:db",
      state: { ...first, versionId },
      unconfirmed: { proof: versionId },
    });
  });

  it("is confirmed by its secret, as it is by then", async () => {
    const { observed } = await unconfirmed("loseAnswer", { tags: { team: "shop" } });
    const theirs = await confirm(observed);
    await update({ id: theirs?.id ?? "", state: theirs?.state ?? {} }, { ...first, description: "by hand" });
    const found = await confirm(observed);
    expect(found).toMatchObject({ id: secrets()[0].Arn, state: { ...first, description: "by hand" } });
    expect(found && planned(found, { ...first, tags: { team: "shop" } }).changed).toEqual(["description", "tags"]);
  });

  it("is confirmed where the program named the version, and it is as declared", async () => {
    const { observed } = await unconfirmed("loseAnswer", { versionId: "1" });
    expect(observed.unconfirmed).toEqual({ started: expect.any(Number), ended: expect.any(Number) });
    expect(await confirm(observed)).toMatchObject({ id: secrets()[0].Arn, state: { versionId: "1" } });
  });

  it("is confirmed by nothing where nothing is there, or waits for deletion", async () => {
    const { observed } = await unconfirmed("resetBefore");
    expect(await confirm(observed)).toBeUndefined();
    const other = await unconfirmed("loseAnswer");
    await remove({ ...other.observed, id: secrets()[0].Arn });
    expect(await confirm(other.observed)).toBeUndefined();
  });

  it("is not confirmed by what somebody else has made meanwhile, however alike", async () => {
    const { observed } = await unconfirmed("resetBefore");
    await create(first);
    expect(await failure(confirm(observed))).toMatchObject({ kind: "exists" });
  });

  it("is not confirmed by what was made later with the same version id", async () => {
    const { observed } = await anHourAgo(() => unconfirmed("resetBefore", { versionId: "1" }));
    await create({ ...first, versionId: "1" });
    expect(await failure(confirm(observed))).toMatchObject({ kind: "exists" });
  });
});
