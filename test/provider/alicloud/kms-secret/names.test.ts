import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { canary, onEmulator } from "../../support";
import { managed } from "./managed";

const { create, update, remove, refreshed, planned, calls, fault, secrets } = onEmulator(aliyunKmsSecret, "kms");

const unnamed = ({ secretName: _, ...rest }: { secretName?: string; [input: string]: unknown }) => rest;
const generic = { secretData: canary };

describe("a secretName that is left out", () => {
  it.each([
    ["Generic", generic, /^app-[0-9a-f]{7}$/],
    ["Rds", unnamed(managed.Rds), /^app-[0-9a-f]{7}$/],
    ["Redis", unnamed(managed.Redis), /^app-[0-9a-f]{7}$/],
    ["PolarDB", unnamed(managed.PolarDB), /^app-[0-9a-f]{7}$/],
    ["ECS Password", unnamed(managed["ECS Password"]), /^acs\/ecs\/app-[0-9a-f]{7}$/],
    ["ECS SSHKey", unnamed(managed["ECS SSHKey"]), /^acs\/ecs\/app-[0-9a-f]{7}$/],
    ["RAMCredentials", managed.RAMCredentials, /^acs\/ram\/user\/alice$/],
    ["RAMCredentials, as $Auto,", { ...managed.RAMCredentials, secretName: "$Auto" }, /^acs\/ram\/user\/alice$/],
  ])("of the type %s is made, and stands in the state", async (_, inputs, name) => {
    const { id, state } = await create(inputs);
    expect(state.secretName).toMatch(name);
    expect(secrets()).toMatchObject([{ SecretName: state.secretName, Arn: id }]);
  });

  it("is another one for each secret", async () => {
    const names = [await create(generic), await create(generic)].map(({ state }) => state.secretName);
    expect(new Set(names).size).toBe(2);
  });

  it("stays, as the host hands it on, over refreshes and updates", async () => {
    const created = await create(generic);
    const kept = { ...generic, secretName: created.state.secretName };
    const found = await refreshed(created);
    expect(planned(found, kept).changed).toEqual([]);
    await update(found, { ...kept, description: "two" });
    expect(secrets()).toMatchObject([{ SecretName: created.state.secretName, Description: "two" }]);
  });

  it("names the same secret when the answer of its creation is lost", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const { state } = await create(generic);
    expect(secrets()).toMatchObject([{ SecretName: state.secretName }]);
  });
});

describe("RAM credentials, which KMS names", () => {
  it("are updated, refreshed, deleted and restored without a name from the program", async () => {
    const created = await create(managed.RAMCredentials);
    const wanted = { ...managed.RAMCredentials, description: "two" };
    const updated = await update(await refreshed(created), wanted);
    expect(planned(await refreshed(updated), wanted).changed).toEqual([]);
    await remove(updated);
    expect(await create(wanted)).toMatchObject({ id: created.id });
    expect(secrets()).toMatchObject([{ SecretName: "acs/ram/user/alice", Description: "two" }]);
  });

  it("of another user are another secret, which does not need the name of the first", async () => {
    const created = await create(managed.RAMCredentials);
    const bob = {
      ...managed.RAMCredentials,
      extendedConfig: { ...managed.RAMCredentials.extendedConfig, userName: "bob" },
    };
    expect(planned(created, bob)).toMatchObject({
      replaces: ["extendedConfig"],
      deleteBeforeReplace: false,
      refused: [],
    });
    await create(bob);
    expect(secrets().map(({ SecretName }) => SecretName)).toEqual(["acs/ram/user/alice", "acs/ram/user/bob"]);
  });

  it("are given as $Auto on the wire, and asked for by their name after that", async () => {
    const created = await create(managed.RAMCredentials);
    expect(await calls(() => remove(created))).toEqual(["DescribeSecret", "DeleteSecret"]);
    expect(secrets()[0].PlannedDeleteTime).toMatch(/Z$/);
  });
});
