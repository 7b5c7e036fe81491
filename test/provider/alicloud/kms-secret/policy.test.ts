import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import type { Observed } from "../../../../provider/definition";
import { canary, onEmulator } from "../../support";

const { create, update, remove, read, refreshed, planned, calls, client, fault, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const inInstance = { secretName: "db", secretData: canary, dkmsInstanceId: "kst-1", encryptionKeyId: "key-1" };
const policy = {
  Version: "1",
  Statement: [{ Effect: "Allow", Principal: { RAM: ["acs:ram::1:*"] }, Action: ["kms:*"], Resource: ["*"] }],
};
const otherPolicy = { ...policy, Statement: [] };
const declared = { ...inInstance, policy };
const inKms = () => JSON.parse(secrets()[0].Policy);

describe("dkmsInstanceId", () => {
  it("puts the secret into the instance, and is read back", async () => {
    const created = await create(inInstance);
    expect(secrets()).toMatchObject([{ DKMSInstanceId: "kst-1", Policy: undefined }]);
    expect(planned(await refreshed(created), inInstance).changed).toEqual([]);
    expect(await read(created.id)).toMatchObject({ state: { dkmsInstanceId: "kst-1" } });
  });

  it("that changes is another secret", async () => {
    const created = await create(inInstance);
    expect(planned(created, { ...inInstance, dkmsInstanceId: "kst-2" }).replaces).toEqual(["dkmsInstanceId"]);
  });

  it("that is left out is no change", async () => {
    const { dkmsInstanceId: _, ...rest } = inInstance;
    const created = await create(inInstance);
    expect(planned(await refreshed(created), rest).changed).toEqual([]);
  });
});

describe("policy", () => {
  it.each([
    ["an object", policy],
    ["its JSON text", JSON.stringify(policy, undefined, 2)],
  ])("as %s is set at creation, and the other form of it is no change", async (_, form) => {
    const inputs = { ...inInstance, policy: form };
    let created: Observed = { id: "", state: {} };
    const act = async () => {
      created = await create(inputs);
    };
    expect(await calls(act)).toEqual(["CreateSecret"]);
    expect(inKms()).toEqual(policy);
    created = await refreshed(created);
    const { Version, ...rest } = policy;
    for (const same of [policy, JSON.stringify(policy), { ...rest, Version }, ` ${JSON.stringify(policy)}`])
      expect(planned(created, { ...inInstance, policy: same }).changed).toEqual([]);
  });

  it.each([
    ["an object", otherPolicy],
    ["its JSON text", JSON.stringify(otherPolicy)],
  ])("that changes to %s is set with one call", async (_, form) => {
    const created = await create(declared);
    const wanted = { ...inInstance, policy: form };
    expect(planned(created, wanted)).toMatchObject({ changed: ["policy"], replaces: [] });
    let updated = created;
    const act = async () => {
      updated = await update(created, wanted);
    };
    expect(await calls(act)).toEqual(["SetSecretPolicy"]);
    expect(inKms()).toEqual(otherPolicy);
    expect(planned(updated, wanted).changed).toEqual([]);
    expect(planned(await refreshed(updated), wanted).changed).toEqual([]);
  });

  it("is read beside the rest, and drift of it is healed", async () => {
    const created = await create(declared);
    await theirs(otherPolicy);
    let drifted = created;
    const [first, ...together] = await calls(async () => {
      drifted = await refreshed(created);
    });
    expect([first, ...together.sort()]).toEqual([
      ...["DescribeSecret", "GetSecretPolicy", "GetSecretValue", "ListSecretVersionIds"],
    ]);
    expect(planned(drifted, declared).changed).toEqual(["policy"]);
    const healed = await update(drifted, declared);
    expect(inKms()).toEqual(policy);
    expect(planned(await refreshed(healed), declared).changed).toEqual([]);
  });

  it("that nobody declared is neither read nor touched", async () => {
    const created = await create(inInstance);
    await theirs(otherPolicy);
    let found = created;
    const operations = await calls(async () => {
      found = await refreshed(created);
      await update(found, { ...inInstance, description: "two" });
    });
    expect(operations).not.toContain("GetSecretPolicy");
    expect(operations).not.toContain("SetSecretPolicy");
    expect(planned(found, inInstance).changed).toEqual([]);
    expect(inKms()).toEqual(otherPolicy);
  });

  it("that is declared later is set", async () => {
    const created = await refreshed(await create(inInstance));
    expect(await calls(() => update(created, declared))).toEqual(["SetSecretPolicy"]);
    expect(inKms()).toEqual(policy);
  });

  it("that is left out again becomes what KMS has without one", async () => {
    const fresh = await create({ ...inInstance, secretName: "fresh" });
    const byDefault = await read(fresh.id);
    const created = await create(declared);
    let updated = created;
    const act = async () => {
      updated = await update(created, inInstance);
    };
    expect(await calls(act)).toEqual(["SetSecretPolicy"]);
    expect(JSON.parse(secrets()[1].Policy)).toEqual(JSON.parse(String(byDefault?.state.policy)));
    expect(planned(updated, inInstance).changed).toEqual([]);
    expect(planned(await refreshed(updated), inInstance).changed).toEqual([]);
  });

  it("is shown by a lookup, also the one that KMS gives by itself", async () => {
    const created = await create(inInstance);
    const found = await read(created.id);
    expect(JSON.parse(String(found?.state.policy))).toMatchObject({
      Statement: [{ Sid: "kms default secret policy" }],
    });
    await theirs(otherPolicy);
    expect(await read(created.id)).toMatchObject({ state: { policy: JSON.stringify(otherPolicy) } });
  });

  it("is not asked for outside an instance", async () => {
    const { id } = await create({ secretName: "plain", secretData: canary });
    expect(await calls(() => read(id))).not.toContain("GetSecretPolicy");
  });

  it("comes back as declared with a secret that waits for deletion", async () => {
    await remove(await create({ ...inInstance, policy: otherPolicy }));
    const restored = await create(declared);
    expect(inKms()).toEqual(policy);
    expect(planned(await refreshed(restored), declared).changed).toEqual([]);
  });

  it("that is as declared already is only read on restoring", async () => {
    await remove(await create(declared));
    const operations = await calls(() => create(declared));
    expect(operations).toContain("GetSecretPolicy");
    expect(operations).not.toContain("SetSecretPolicy");
  });

  it("is found where the answer of the creation is lost", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create(declared);
    expect(secrets()).toHaveLength(1);
    expect(planned(created, declared).changed).toEqual([]);
  });
});

const theirs = (Policy: object) =>
  client()("SetSecretPolicy", "cn-hangzhou", { SecretName: "db", Policy: JSON.stringify(Policy) });
