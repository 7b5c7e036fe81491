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

const alone = { name: "db", projectId, secretString: canary };
const [near, far, third] = ["cn-east-3", "ap-southeast-1", "ap-southeast-2"] as const;
const key = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const copied = { ...alone, replicaRegions: [near, far] };

const primary = () => secrets().find((secret) => secret.projectId === projectId);
/** Where the copies are, each with its key. */
const copies = () => (primary()?.replicas ?? []).map(({ region }: Loose) => region).sort();

/** An update's calls; afterwards nothing is left to do, with and without a refresh. */
async function changes(from: Values, to: Values): Promise<string[]> {
  hasten();
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

describe("replicaRegions", () => {
  it("at creation are made after the secret, and waited for", async () => {
    const created = await create(copied);
    expect(created.state.replicas).toMatchObject([
      { region: near, status: "IN_SYNC", projectId: projectIdOf(near) },
      { region: far, status: "IN_SYNC" },
    ]);
    expect(created.state).toMatchObject({ replicaRegions: [near, far], replicaType: "PRIMARY" });
    expect(secrets().map((secret) => secret.versions[0].secretString)).toEqual([canary, canary, canary]);
    expect(planned(await refreshed(created), copied).changed).toEqual([]);
  });

  it("at creation ask first where there can be any", async () => {
    hasten();
    expect(await calls(() => create({ ...copied, tags: { a: "1" } }))).toEqual([
      "CreateSecret",
      "BatchCreateOrDeleteTags",
      "ListSupportRegions",
      "CreateSecretReplica",
      "CreateSecretReplica",
      "ShowSecret",
    ]);
  });

  /** Whether it is gone is looked at. */
  const removal = ["DeleteSecretReplica", "ShowSecret"];
  it.each<[string, Loose, string[]]>([
    ["one more", [near, far, third], ["ListSupportRegions", "CreateSecretReplica", "ShowSecret"]],
    ["one fewer", [far], [...removal, "ShowSecret"]],
    ["one for another", [third, far], ["ListSupportRegions", ...removal, "CreateSecretReplica", "ShowSecret"]],
    ["none", [], [...removal, ...removal, "ShowSecret"]],
    ["what was left out", undefined, [...removal, ...removal, "ShowSecret"]],
    ["another order", [far, near], []],
    ["the same as objects", [{ region: far }, { region: near }], []],
  ])("become %s", async (_, replicaRegions, operations) => {
    expect(await changes(copied, { ...copied, replicaRegions })).toEqual(operations);
    expect(copies()).toEqual((replicaRegions ?? []).map((one: Loose) => one.region ?? one).sort());
    expect(secrets()).toHaveLength(copies().length + 1);
  });

  it("are encrypted by the key that is given", async () => {
    const wanted = { ...alone, replicaRegions: [near, { region: far, kmsKeyId: key }] };
    await changes(alone, wanted);
    expect(primary().replicas.find(({ region }: Loose) => region === far)).toMatchObject({ kmsKeyId: key });
  });

  it("cannot have another key, also where the first was not declared", async () => {
    hasten();
    const other = { ...alone, replicaRegions: [{ region: near, kmsKeyId: key }] };
    const created = await create({ ...alone, replicaRegions: [near] });
    const refused = [{ property: "replicaRegions", reason: expect.stringMatching(/key of the replica in cn-east-3/) }];
    expect(planned(created, other)).toMatchObject({ refused });
    const { kmsKeyId } = primary().replicas[0];
    expect(planned(created, { ...alone, replicaRegions: [{ region: near, kmsKeyId }] })).toMatchObject({ refused: [] });
    const keyed = await update(created, { ...alone, replicaRegions: [{ region: near, kmsKeyId }] });
    expect(planned(keyed, other)).toMatchObject({ refused });
  });

  it("take over one that was there before it was declared", async () => {
    hasten();
    const created = await create(alone);
    await huawei("POST", path("/replicas"), { region: near });
    for (const before of [created, await refreshed(created)]) {
      const updated = await update(before, { ...alone, replicaRegions: [near] });
      expect(planned(updated, { ...alone, replicaRegions: [near] }).changed).toEqual([]);
    }
    expect(copies()).toEqual([near]);
  });
});

describe("drift of replicas", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["one was deleted", () => huawei("DELETE", path(`/replicas/${near}`))],
    ["one was added", () => huawei("POST", path("/replicas"), { region: third })],
    ["all were deleted", () => Promise.all([near, far].map((region) => huawei("DELETE", path(`/replicas/${region}`))))],
  ])("is seen where %s, and the next update heals it", async (_, act) => {
    hasten();
    const created = await create(copied);
    await act();
    const drifted = await refreshed(created);
    expect(planned(drifted, copied).changed).toEqual(["replicaRegions"]);
    const updated = await update(await refreshed(drifted), copied);
    expect(copies()).toEqual([far, near]);
    expect(planned(await refreshed(updated), copied).changed).toEqual([]);
  });

  it("is none where no replica was ever declared", async () => {
    hasten();
    const created = await create(alone);
    await huawei("POST", path("/replicas"), { region: near });
    const found = await refreshed(created);
    expect(found.state).toMatchObject({ replicas: [{ region: near }], replicaType: "PRIMARY" });
    expect(found.state.replicaRegions).toBeUndefined();
    expect(planned(found, alone).changed).toEqual([]);
    await update(found, { ...alone, description: "two" });
    expect(copies()).toEqual([near]);
  });
});

describe("deletion of a secret with replicas", () => {
  it.each([
    ["scheduled", {}, "DeleteSecretForSchedule"],
    ["forced", { forceDeleteWithoutRecovery: true }, "DeleteSecret"],
  ])("that is %s removes them first", async (_, how, operation) => {
    hasten();
    const created = await create({ ...copied, ...how });
    const operations = await calls(() => remove(created));
    expect(operations.slice(0, 3)).toEqual(["ShowSecret", "DeleteSecretReplica", "DeleteSecretReplica"]);
    expect(operations.at(-1)).toBe(operation);
    expect(secrets().filter(({ state }) => state === "ENABLED")).toEqual([]);
  });

  it("is done also where one went by itself, or the answer was lost", async () => {
    hasten();
    const created = await create(copied);
    await huawei("DELETE", path(`/replicas/${near}`));
    fault("DeleteSecretReplica", { kind: "loseAnswer", nth: 2 });
    await remove(created);
    expect(secrets()).toMatchObject([{ state: "PENDING_DELETE" }]);
  });

  it("does not take what answers in another shape for the removal of one", async () => {
    hasten();
    const created = await create(copied);
    hasten(100_000);
    fault("DeleteSecretReplica", { kind: "wrongShape" });
    for (const act of [() => update(created, alone), () => remove(created)])
      expect((await failure(act())).message).toMatch(
        /^CSMS DeleteSecretReplica of secret "db" failed: after a minute there still is a replica in [\w, -]+\. Try again\.$/,
      );
    expect(copies()).toEqual([far, near]);
    healed();
    await remove(created);
    expect(secrets().filter(({ state }) => state === "ENABLED")).toEqual([]);
  });

  it("touches nothing of another secret that has the name", async () => {
    hasten();
    const ours = await create({ ...copied, forceDeleteWithoutRecovery: true });
    await remove(ours);
    const theirs = await create(copied);
    await remove(ours);
    expect(primary()).toMatchObject({ id: theirs.id, state: "ENABLED" });
    expect(copies()).toEqual([far, near]);
  });

  it("is refused by the service for replicas that nobody declared, which are left alone", async () => {
    hasten();
    const created = await create(alone);
    await huawei("POST", path("/replicas"), { region: near });
    const error = await failure(remove(created));
    expect(error.message).toMatch(/CSMS DeleteSecretForSchedule of secret "db" failed: CSMS\.0003: .*replicas/);
    expect(copies()).toEqual([near]);
  });

  it("comes back without them, and with those that are declared", async () => {
    hasten();
    await remove(await create(copied));
    const restored = await create({ ...alone, replicaRegions: [third] });
    expect(copies()).toEqual([third]);
    expect(planned(await refreshed(restored), { ...alone, replicaRegions: [third] }).changed).toEqual([]);
  });
});

describe("replicas that fail half-way", () => {
  it("keep those that were made, and the next update makes only what is missing", async () => {
    hasten();
    fault("CreateSecretReplica", { kind: "quota", nth: 2 });
    const error = await failure(create(copied));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ replicaRegions: [near] });
    healed();
    const operations = ["ListSupportRegions", "CreateSecretReplica", "ShowSecret"];
    expect(await calls(() => update(error.observed, copied))).toEqual(operations);
    expect(copies()).toEqual([far, near]);
  });

  it("forget those that were removed", async () => {
    hasten();
    const created = await create(copied);
    fault("DeleteSecretReplica", { kind: "quota", nth: 2 });
    const error = await failure(update(created, alone));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed.state).toMatchObject({ replicaRegions: [far], replicas: [{ region: far }] });
    const again = { ...alone, replicaRegions: [{ region: near, kmsKeyId: key }, far] };
    expect(planned(error.observed, again)).toMatchObject({ refused: [] });
  });
});
