import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { anHourAgo, canary, failure, type Loose, onEmulator } from "../../support";
import { hasten, path, projectId, settled, told } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, find, update, remove, refreshed, planned, calls, huawei, fault, healed, secrets } = on;

const theirs = {
  name: "db",
  projectId,
  secretString: `${canary} theirs`,
  description: "theirs",
  tags: { a: "1", b: "1" },
};
const wanted = {
  ...theirs,
  secretString: canary,
  description: "ours",
  tags: { b: "2", c: "3" },
  versionStages: ["blue"],
  adoptExisting: true,
};
const rotated = {
  name: "db",
  projectId,
  secretString: canary,
  secretType: "RDS-FG",
  rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" },
  rotationFuncUrn: "urn:fss:one",
};
const untouched = (before: Loose[]) => before.map(({ lastUsedTime, ...secret }: Loose) => secret);

describe("create of a name that a live secret has", () => {
  it("without adoptExisting is an error that says how to go on, and touches nothing", async () => {
    await create(theirs);
    const before = secrets();
    for (const adoptExisting of [undefined, false]) {
      const error = await failure(create({ ...wanted, adoptExisting }));
      expect(error).toMatchObject({ kind: "exists" });
      expect(error.message).toMatch(
        /"db" failed:.*exists already\. Give another name, set adoptExisting: true .*aliases/,
      );
    }
    expect(secrets()).toEqual(before);
  });

  it("with adoptExisting brings it to what is declared", async () => {
    const { id } = await create(theirs);
    const adopted = await create(wanted);
    expect(adopted).toMatchObject({ id, existed: true, state: { versionId: "v2", versionStages: ["blue"] } });
    expect(secrets()).toMatchObject([{ id, description: "ours", tags: wanted.tags }]);
    expect(told(secrets()[0].versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT", "blue"] },
    ]);
    await settled(on, adopted, wanted);
  });

  it("with adoptExisting changes nothing where it is as declared", async () => {
    await create({ ...wanted, adoptExisting: false });
    const before = secrets();
    const operations = await calls(async () => settled(on, await create(wanted), wanted));
    expect(operations.filter((name) => !/^(Create|Show|List)/.test(name))).toEqual([]);
    expect(operations).not.toContain("CreateSecretVersion");
    expect(secrets()).toMatchObject(untouched(before));
  });

  it("with adoptExisting makes a secret where there is none", async () => {
    expect(await calls(() => create({ ...wanted, tags: {}, versionStages: [] }))).toEqual(["CreateSecret"]);
  });

  it("with adoptExisting takes over replicas, a rollback and an enterprise project", async () => {
    hasten();
    await create({ ...theirs, replicaRegions: ["cn-east-3", "cn-east-2"] });
    const more = {
      ...wanted,
      replicaRegions: ["cn-east-2", "ap-southeast-1"],
      currentVersionId: "v1",
      enterpriseProjectId: "1",
      expireTime: "2099-01-01T00:00:00Z",
    };
    const adopted = await create(more);
    expect(planned(await refreshed(adopted), more).changed).toEqual([]);
    const primary = secrets().find((secret) => secret.projectId === projectId);
    expect(primary).toMatchObject({ enterpriseProjectId: "1" });
    expect(primary.replicas.map(({ region }: Loose) => region)).toEqual(["cn-east-2", "ap-southeast-1"]);
    expect(told(primary.versions)).toEqual([
      { id: "v1", stages: ["SYSCURRENT"] },
      { id: "v2", stages: ["blue"] },
    ]);
  });

  it("with adoptExisting takes over also after a lost answer that leaves open whose it is", async () => {
    const { id } = await anHourAgo(() => create(theirs));
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await create(wanted)).toMatchObject({ id, existed: true });
  });

  it("with adoptExisting restores one that waits for deletion", async () => {
    const created = await create(theirs);
    await remove(created);
    expect(await create(wanted)).toMatchObject({ id: created.id });
    expect(secrets()).toMatchObject([{ state: "ENABLED", description: "ours" }]);
  });
});

describe("adoption of what cannot become what is declared", () => {
  it.each([
    ["secretType, rotationConfig", { ...rotated, secretString: `${canary} 2` }],
    ["currentVersionId", { ...wanted, currentVersionId: "v1", versionStages: [] }],
  ])("is refused with the list (%s), and touches nothing", async (list, inputs) => {
    await create(theirs);
    const before = secrets();
    const error = await failure(create({ ...inputs, adoptExisting: true }));
    expect(error).toMatchObject({ kind: "exists" });
    expect(error).not.toBeInstanceOf(PartialFailure);
    expect(error.message).toBe(
      `the secret "db" exists already and cannot be taken over, since what cannot be changed in it is not as declared: ${list}. Declare it as it is, or give another name`,
    );
    expect(secrets()).toMatchObject(untouched(before));
  });

  it("is refused for the key of a replica", async () => {
    hasten();
    await create({ ...theirs, replicaRegions: ["cn-east-3"] });
    const kmsKeyId = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
    const error = await failure(create({ ...wanted, replicaRegions: [{ region: "cn-east-3", kmsKeyId }] }));
    expect(error.message).toMatch(/is not as declared: replicaRegions\./);
  });
});

describe("adoption of a secret that the service rotates", () => {
  it.each([
    ["by itself", { ...rotated, autoRotation: true, rotationPeriod: "1d" }],
    ["by a trigger", { ...rotated, rotationTrigger: "1" }],
  ])("%s touches no value, whatever somebody gave its version", async (_, inputs) => {
    const before = await create(inputs);
    await huawei("POST", path("/rotate"));
    hasten();
    await refreshed(before);
    await huawei("PUT", path("/versions/v2"), { expire_time: Date.parse("2099-01-01T00:00:00Z") });
    await huawei("PUT", path("/stages/theirs"), { version_id: "v2" });
    const { versions } = secrets()[0];
    const more = { ...inputs, description: "ours", adoptExisting: true };
    const operations = await calls(async () => {
      const adopted = await create(more);
      expect(adopted.state).toMatchObject({ secretString: canary, versionId: "v2", description: "ours" });
      expect(planned(await refreshed(adopted), more).changed).toEqual([]);
    });
    for (const name of ["CreateSecretVersion", "RotateSecret", "ShowSecretVersion"])
      expect(operations).not.toContain(name);
    expect(secrets()[0].versions).toEqual(versions);
  });
});

describe("adoption that fails", () => {
  it("before the first change leaves no state", async () => {
    await create(theirs);
    const before = secrets();
    for (const operation of ["ListSecretTags", "UpdateSecret"]) {
      fault(operation, { kind: "quota" });
      const error = await failure(create(wanted));
      expect(error).toMatchObject({ kind: "quota" });
      expect(error).not.toBeInstanceOf(PartialFailure);
      healed();
    }
    expect(secrets()).toMatchObject(untouched(before));
  });

  it("after it keeps what was reached, and the next update finishes it", async () => {
    const { id } = await create(theirs);
    fault("BatchCreateOrDeleteTags", { kind: "quota" });
    const error = await failure(create(wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed).toMatchObject({ id, state: { description: "ours", versionId: "v2", tags: theirs.tags } });
    healed();
    await settled(on, await update(error.observed, wanted), wanted);
    expect(secrets()).toMatchObject([{ id, tags: wanted.tags }]);
  });
});

describe("find", () => {
  it("tells the live secret of the declared name, and changes nothing", async () => {
    const { id } = await create(theirs);
    const operations = await calls(async () => {
      const found = await find(wanted);
      expect(found).toMatchObject({ id, state: { secretString: theirs.secretString, description: "theirs" } });
    });
    expect(operations.filter((name) => !/^(Show|List)/.test(name))).toEqual([]);
  });

  it("tells none where the name is free, or waits for deletion", async () => {
    expect(await find(wanted)).toBeUndefined();
    await remove(await create(theirs));
    expect(await find(wanted)).toBeUndefined();
  });
});
