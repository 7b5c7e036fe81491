import { AliyunKmsSecret, type AliyunKmsSecretArgs } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const kms = () => held(stack.emulator, "kms");
const operations = (since: number) =>
  stack.emulator
    .calls(since)
    .map(({ operation }) => operation.replace("kms.", ""))
    .sort();
/** One `up`'s steps and calls. */
async function changes(program: () => Promise<unknown>) {
  const before = stack.emulator.calls().length;
  const { steps, outputs, printed } = await stack.up(program as () => Promise<Record<string, unknown>>);
  return { steps, outputs, printed, calls: operations(before) };
}
const oneSecret = (args: AliyunKmsSecretArgs) => async () => {
  const { versionId, currentVersionId, versions } = new AliyunKmsSecret("app", { secretName: "app", ...args });
  return { versionId, currentVersionId, versions };
};

describe("secrets that KMS rotates", { timeout: 120_000 }, () => {
  const value = (data: object) => JSON.stringify(data);
  const account = { regionId: "cn-hangzhou", accountName: "app" };
  const program =
    ({ owner = "us", rotationTrigger }: { owner?: string; rotationTrigger?: string } = {}) =>
    async () => {
      const customData = { owner };
      const declare = (name: string, args: AliyunKmsSecretArgs) =>
        new AliyunKmsSecret(name, { rotationTrigger, automaticRotation: true, rotationInterval: "7d", ...args });
      declare("rds", {
        secretType: "Rds",
        extendedConfig: { secretSubType: "SingleUser", dbInstanceId: "rm-1", customData },
        secretData: value({ Accounts: [{ AccountName: "app", AccountPassword: "c4n4ry" }] }),
      });
      declare("redis", {
        secretType: "Redis",
        extendedConfig: {
          ...account,
          secretSubType: "DoubleUsers",
          instanceId: "r-1",
          cloneAccountName: "app_clone",
          accountPrivilege: "RoleReadOnly",
          customData,
        },
      });
      declare("polardb", {
        secretType: "PolarDB",
        extendedConfig: { ...account, secretSubType: "DoubleUsers", dbClusterId: "pc-1", dbType: "MySQL", customData },
      });
      declare("ecs", {
        secretType: "ECS",
        extendedConfig: { secretSubType: "Password", regionId: "cn-hangzhou", instanceId: "i-1", customData },
        secretData: value({ UserName: "app", Password: "c4n4ry" }),
      });
      const ram = declare("ram", {
        secretName: "$Auto",
        secretType: "RAMCredentials",
        extendedConfig: { secretSubType: "RamUserAccessKey", userName: "app", customData },
        secretData: value({ AccessKeys: [{ AccessKeyId: "id", AccessKeySecret: "c4n4ry" }] }),
      });
      return { ram: ram.secretName };
    };

  it("go up with the names that KMS gives, and stay without a difference whatever it rotates", async () => {
    const { outputs } = await changes(program());
    expect(outputs).toEqual({ ram: "acs/ram/user/app" });
    expect((await stack.up()).steps).toEqual([]);
    const declared = Object.entries(stack.state()).map(([name, { inputs }]) => [
      name,
      { ...inputs, __called: undefined },
    ]);
    for (const SecretName of Object.keys(kms()))
      await byHand(stack.emulator).kms("RotateSecret", { SecretName, VersionId: "by-hand" });
    await stack.refresh();
    const after = stack.state();
    expect(Object.values(after).map(({ outputs }) => outputs?.versionId)).toEqual(Array(5).fill("by-hand"));
    expect(after.rds?.outputs).toMatchObject({ secretData: "[secret]", automaticRotation: true });
    for (const [name, inputs] of declared) expect(after[String(name)]?.inputs).toEqual(inputs);
    expect((await changes(program())).steps).toEqual([]);
  });

  it("change their custom data in place, and rotate once for each new trigger", async () => {
    await changes(program());
    const custom = await changes(program({ owner: "them" }));
    expect(custom.steps.toSorted()).toEqual(["ecs", "polardb", "ram", "rds", "redis"].map((name) => `update ${name}`));
    expect(custom.calls).toEqual([...Array(5).fill("DescribeSecret"), ...Array(5).fill("UpdateSecret")]);
    const rotated = await changes(program({ owner: "them", rotationTrigger: "2026-11" }));
    expect(rotated.calls.filter((call) => call === "RotateSecret")).toHaveLength(5);
    expect(Object.values(kms()).map(({ Versions }) => Versions.length)).toEqual(Array(5).fill(2));
    expect((await changes(program({ owner: "them", rotationTrigger: "2026-11" }))).calls).toEqual([]);
    expect((await changes(program({ owner: "them" }))).calls).toEqual([]);
    await stack.destroy();
    expect(Object.values(kms()).every(({ PlannedDeleteTime }) => PlannedDeleteTime)).toBe(true);
  });
});

describe("versions and their stages", { timeout: 120_000 }, () => {
  const first = { secretData: "c4n4ry one", versionId: "v1" };
  const second = { secretData: "c4n4ry two", versionId: "v2", versionStages: ["blue"] };

  it("move as declared: a stage with the value, the current one back to an older version and forth again", async () => {
    await changes(oneSecret(first));
    expect((await changes(oneSecret(second))).calls).toEqual(["DescribeSecret", "PutSecretValue"]);
    expect(kms().app?.Versions).toMatchObject([
      { VersionStages: ["ACSPrevious"] },
      { VersionStages: ["ACSCurrent", "blue"] },
    ]);

    const preview = await stack.preview(oneSecret({ ...second, currentVersionId: "v1" }), { diff: true });
    expect(preview.printed).toMatch(/currentVersionId: *"v2" => "v1"/);
    expect(preview.printed).not.toContain("c4n4ry");
    const back = await changes(oneSecret({ ...second, currentVersionId: "v1" }));
    expect(back).toMatchObject({ steps: ["update app"], calls: ["DescribeSecret", "UpdateSecretVersionStage"] });
    expect(back.outputs).toMatchObject({ versionId: "v2", currentVersionId: "v1" });
    expect(back.outputs.versions).toMatchObject([
      { id: "v1", stages: ["ACSCurrent"] },
      { id: "v2", stages: ["blue", "ACSPrevious"] },
    ]);
    await stack.refresh();
    expect((await stack.up()).steps).toEqual([]);

    const forth = await changes(oneSecret(second));
    expect(forth).toMatchObject({
      calls: ["DescribeSecret", "UpdateSecretVersionStage"],
      outputs: { currentVersionId: "v2" },
    });
  });

  it("that somebody moved, or put a new value in place of, come back for good with one up", async () => {
    await changes(oneSecret(first));
    await changes(oneSecret(second));
    const hand = byHand(stack.emulator);
    await hand.kms("PutSecretValue", { SecretName: "app", SecretData: "c4n4ry theirs", VersionId: "theirs" });
    await hand.kms("UpdateSecretVersionStage", { SecretName: "app", VersionStage: "blue", MoveToVersion: "v1" });
    await stack.refresh({ diff: true } as object);
    expect(stack.state().app?.outputs).toMatchObject({ currentVersionId: "theirs", versionId: "v2" });
    for (const calls of [["DescribeSecret", "UpdateSecretVersionStage", "UpdateSecretVersionStage"], []]) {
      expect((await changes(oneSecret(second))).calls).toEqual(calls);
      expect(kms().app?.Versions.slice(0, 2)).toMatchObject([
        { VersionStages: [] },
        { VersionStages: ["ACSCurrent", "blue"], SecretData: "c4n4ry two" },
      ]);
      await stack.refresh();
    }
  });
});

describe("a description, tags and a policy", { timeout: 120_000 }, () => {
  const policy = { Version: "1", Statement: [{ Effect: "Deny", Action: ["kms:*"], Resource: ["*"] }] };
  const bare = { secretData: "c4n4ry", dkmsInstanceId: "kst-1" };

  it("are cleared by leaving them out, and JSON that means the same is no change", async () => {
    await changes(oneSecret({ ...bare, policy, description: "of the app", tags: { a: "1", b: "1" } }));
    const same = oneSecret({
      ...bare,
      policy: JSON.stringify(policy, undefined, 2),
      description: "of the app",
      tags: { b: "1", a: "1" },
    });
    expect((await changes(same)).calls).toEqual([]);
    await stack.refresh();
    expect((await changes(same)).steps).toEqual([]);
    expect(await changes(oneSecret(bare))).toMatchObject({
      steps: ["update app"],
      calls: ["DescribeSecret", "DescribeSecret", "SetSecretPolicy", "UntagResource", "UpdateSecret"],
    });
    expect(kms().app).toMatchObject({ Description: "", Tags: {} });
    expect(kms().app?.Policy).toContain("kms default secret policy");
    await stack.refresh();
    expect((await changes(oneSecret(bare))).steps).toEqual([]);
  });
});
