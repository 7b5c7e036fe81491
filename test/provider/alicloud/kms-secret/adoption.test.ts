import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { anHourAgo, canary, failure, onEmulator } from "../../support";
import { managed } from "./managed";
import { stagesOf, versionsOf } from "./support";

const { create, update, remove, refreshed, find, planned, calls, client, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const theirs = { secretName: "db", secretData: `${canary} theirs`, versionId: "theirs", encryptionKeyId: "key-1" };
const full = { ...theirs, versionStages: ["old", "both"], description: "theirs", tags: { a: "1", b: "1" } };
const mine = {
  secretName: "db",
  secretData: canary,
  versionId: "mine",
  versionStages: ["both", "new"],
  description: "mine",
  tags: { b: "2", c: "2" },
};
const taking = (inputs: Values): Values => ({ ...inputs, adoptExisting: true });

/** Takes the secret over; afterwards nothing is left to do, with and without a refresh. */
async function adopts(inputs: Values) {
  const adopted = await create(taking(inputs));
  const found = await refreshed(adopted);
  for (const reached of [adopted, found])
    expect(planned(reached, taking(inputs))).toMatchObject({ changed: [], refused: [] });
  expect(versionsOf(adopted.state)).toEqual(versionsOf(found.state));
  return adopted;
}

describe("without adoptExisting, a name that lives", () => {
  it.each([undefined, false])("is an error that says how to go on, given as %s", async (adoptExisting) => {
    await anHourAgo(() => create(full));
    const before = secrets();
    const act = async () => {
      const error = await failure(create({ ...mine, adoptExisting }));
      expect(error).toMatchObject({ kind: "exists", code: "Rejected.ResourceExist" });
      expect(error.message).toMatch(/another name.*adoptExisting: true.*delete that.*`aliases`/);
    };
    expect(await calls(act)).toEqual(["CreateSecret"]);
    expect(secrets()).toEqual(before);
  });
});

describe("adoptExisting", () => {
  it("brings the secret to what is declared, and says that it was there", async () => {
    const { id } = await create(full);
    expect(await adopts(mine)).toMatchObject({ id, existed: true, state: mine });
    expect(secrets()).toMatchObject([{ Description: "mine", Tags: mine.tags, EncryptionKeyId: "key-1" }]);
    expect(stagesOf(secrets()[0])).toMatchObject({ mine: ["ACSCurrent", "both", "new"] });
    expect(secrets()[0].Versions[1].SecretData).toBe(canary);
  });

  it("touches nothing where all is as declared", async () => {
    await create(full);
    const before = secrets();
    const operations = await calls(() => adopts({ ...full, versionId: undefined }));
    expect(operations.slice(0, 2)).toEqual(["CreateSecret", "DescribeSecret"]);
    expect(new Set(operations.slice(2))).toEqual(new Set(["DescribeSecret", "GetSecretValue", "ListSecretVersionIds"]));
    expect(secrets()).toEqual(before);
  });

  it("clears what is not declared", async () => {
    await create(full);
    await adopts({ secretName: "db", secretData: theirs.secretData });
    expect(secrets()).toMatchObject([{ Description: "", Tags: {}, Versions: [{ VersionStages: ["ACSCurrent"] }] }]);
  });

  it("makes a declared version current that is there already", async () => {
    const first = await create({ ...theirs, versionId: "v-1" });
    await update(first, { ...theirs, secretData: "next", versionId: "v-2" });
    expect(await calls(() => create(taking({ ...theirs, versionId: "v-1" })))).toContain("UpdateSecretVersionStage");
    expect(stagesOf(secrets()[0])).toEqual({ "v-1": ["ACSCurrent"], "v-2": ["ACSPrevious"] });
    await adopts({ ...theirs, versionId: "v-1" });
  });

  it("sets a declared policy, and leaves one alone that is not", async () => {
    const inInstance = { ...theirs, dkmsInstanceId: "kst-1" };
    await create({ ...inInstance, policy: { Version: "1", Statement: [{}] } });
    const { Policy } = secrets()[0];
    await adopts(inInstance);
    expect(secrets()).toMatchObject([{ Policy }]);
    await adopts({ ...inInstance, policy: { Version: "1", Statement: [] } });
    expect(JSON.parse(secrets()[0].Policy)).toEqual({ Version: "1", Statement: [] });
  });

  it("brings the rotation and the custom data of a managed secret to what is declared", async () => {
    await create({ ...managed.Rds, automaticRotation: true, rotationInterval: "7d" });
    const extendedConfig = { ...managed.Rds.extendedConfig, customData: { team: "shop" } };
    await adopts({ ...managed.Rds, extendedConfig });
    expect(secrets()).toMatchObject([{ AutomaticRotation: "Disabled" }]);
    expect(JSON.parse(secrets()[0].ExtendedConfig).CustomData).toEqual({ team: "shop" });
    await adopts({ ...managed.Rds, extendedConfig, automaticRotation: true, rotationInterval: "8d" });
    expect(secrets()).toMatchObject([{ AutomaticRotation: "Enabled", RotationInterval: "691200s" }]);
  });

  it("keeps a declared value of a managed secret in the state, and theirs in KMS", async () => {
    await create(managed.Rds);
    const { Versions } = secrets()[0];
    const secretData = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: `${canary} 2` }] });
    expect(await adopts({ ...managed.Rds, secretData })).toMatchObject({ state: { secretData } });
    expect(secrets()).toMatchObject([{ Versions }]);
  });

  it("makes a secret where none has the name, with one call", async () => {
    expect(await calls(() => create(taking(mine)))).toEqual([
      ...["CreateSecret", "UpdateSecretVersionStage", "UpdateSecretVersionStage"],
    ]);
    expect(secrets()).toHaveLength(1);
  });

  it("restores a secret that waits for deletion", async () => {
    await remove(await create(full));
    await adopts(mine);
    expect(secrets()).toMatchObject([{ PlannedDeleteTime: undefined, Description: "mine" }]);
  });

  it("takes no secret of its own for another's when the answer of its creation is lost", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create(taking(mine));
    expect(created.existed).toBeUndefined();
    expect(created.state).toMatchObject(mine);
  });

  it("that changes makes no call, as it is about creating alone", async () => {
    const created = await create(mine);
    expect(planned(created, taking(mine)).changed).toEqual([]);
    expect(await calls(() => update(created, taking(mine)))).toEqual([]);
  });

  it("takes over a secret of its own region alone", async () => {
    await create({ ...full, regionId: "cn-beijing" });
    const created = await create(taking(mine));
    expect(created.existed).toBeUndefined();
    expect(secrets().map(({ RegionId, Description }) => [RegionId, Description])).toEqual([
      ["cn-beijing", "theirs"],
      ["cn-hangzhou", "mine"],
    ]);
  });
});

describe("what cannot be taken over", () => {
  const inInstance = { ...theirs, dkmsInstanceId: "kst-1" };
  const otherConfig = { secretSubType: "DoubleUsers", dbInstanceId: "rm-2" };

  it.each<[string, Values, Values, RegExp]>([
    ["another key", theirs, { ...mine, encryptionKeyId: "key-2" }, /as declared: encryptionKeyId\. /],
    ["another instance", inInstance, { ...mine, dkmsInstanceId: "kst-2" }, /as declared: dkmsInstanceId\. /],
    ["no instance", theirs, { ...mine, dkmsInstanceId: "kst-2" }, /as declared: dkmsInstanceId\. /],
    ["another type", managed.Rds, { ...mine }, /as declared: secretType, extendedConfig\. /],
    ["a type that KMS manages", theirs, managed.Rds, /as declared: .*secretType.*extendedConfig/],
    ["another config", managed.Rds, { ...managed.Rds, extendedConfig: otherConfig }, /as declared: extendedConfig\. /],
    [
      "two of these",
      inInstance,
      { ...mine, encryptionKeyId: "key-2", dkmsInstanceId: "kst-2" },
      /as declared: encryptionKeyId, dkmsInstanceId\. /,
    ],
    [
      "a current version that leaves no place for the value",
      full,
      { secretName: "db", secretData: canary, currentVersionId: "theirs" },
      /as declared: currentVersionId\. /,
    ],
  ])("is refused with %s, all of which it lists, and is not touched", async (_, there, declared, said) => {
    await create(there);
    const before = secrets();
    const act = async () => {
      const error = await failure(create(taking(declared)));
      expect(error).toMatchObject({ kind: "exists", name: "CloudError" });
      expect(error.message).toMatch(/^acs:kms:cn-hangzhou:1234567890123456:secret\/db exists already and cannot be/);
      expect(error.message).toMatch(said);
      expect(error.message).toMatch(/Declare it as it is, or give another name/);
    };
    const operations = await calls(act);
    expect(operations.filter((name) => !/^(Create|Describe|Get|List)/.test(name))).toEqual([]);
    expect(secrets()).toEqual(before);
  });

  it("has no such fields where they are not declared", async () => {
    await create(inInstance);
    expect(await adopts(mine)).toMatchObject({ state: { encryptionKeyId: "key-1", dkmsInstanceId: "kst-1" } });
  });
});

describe("find", () => {
  it("tells what has the name, as it is, and changes nothing", async () => {
    const { id } = await create(full);
    const before = secrets();
    const found = await find(taking(mine));
    expect(found).toMatchObject({ id, state: { ...full, versionStages: ["both", "old"] } });
    expect(secrets()).toEqual(before);
  });

  it("tells nothing where the name is free or waits for deletion", async () => {
    expect(await find(mine)).toBeUndefined();
    await remove(await create(full));
    expect(await find(mine)).toBeUndefined();
  });
});

describe("taking over that fails", () => {
  it.each(["DescribeSecret", "GetSecretValue", "ListSecretVersionIds", "PutSecretValue"])(
    "at %s, before the first change, leaves no state and touches nothing",
    async (operation) => {
      await create(full);
      const before = secrets();
      fault(operation, { kind: "quota" });
      const error = await failure(create(taking({ ...mine, versionStages: full.versionStages })));
      expect(error).toMatchObject({ kind: "quota" });
      expect(error).not.toBeInstanceOf(PartialFailure);
      expect(secrets()).toEqual(before);
    },
  );

  it.each(["UpdateSecretVersionStage", "UpdateSecret", "UntagResource", "TagResource"])(
    "at %s, after the first change, keeps it in the state, and the next update finishes it",
    async (operation) => {
      const { id } = await create(full);
      const wanted = { ...mine, secretData: theirs.secretData, versionId: "theirs" };
      // Nothing is changed before the first stage.
      fault(operation, operation === "UpdateSecretVersionStage" ? { kind: "quota", nth: 2 } : { kind: "quota" });
      const error = await failure(create(taking(wanted)));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({ id, existed: true });
      healed();
      const finished = await update(error.observed, taking(wanted));
      expect(planned(await refreshed(finished), wanted).changed).toEqual([]);
      expect(secrets()).toMatchObject([{ Description: "mine", Tags: mine.tags }]);
    },
  );

  it("since it is gone in between says that it was there", async () => {
    await create(full);
    const vanishing = async (operation: string, region: string, parameters: object) => {
      if (operation === "DescribeSecret")
        await client()("DeleteSecret", region, { SecretName: "db", ForceDeleteWithoutRecovery: "true" });
      return client()(operation, region, parameters);
    };
    const act = aliyunKmsSecret.create(vanishing, taking({ ...mine, regionId: "cn-hangzhou" }));
    expect(await failure(act)).toMatchObject({ kind: "exists" });
    expect(secrets()).toEqual([]);
  });
});
