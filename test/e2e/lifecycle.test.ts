import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

interface Declared {
  readonly value: string;
  readonly name?: string;
}

const program =
  ({ value, name = "app" }: Declared) =>
  async () => {
    const tags = { stage: "test" };
    const kms = new AliyunKmsSecret("kms", { secretName: name, secretData: value, description: "of the app", tags });
    const gpdb = new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: name, password: value });
    const csms = new CsmsSecret("csms", { name, secretString: value, description: "of the app", tags });
    return {
      kmsVersion: kms.versionId,
      gpdbArn: gpdb.arn,
      csms: { id: csms.secretId, version: csms.versionId, value: csms.secretString },
    };
  };

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const calls = (since: number) =>
  stack.emulator
    .calls(since)
    .map(({ operation }) => operation)
    .sort();
const made = () => stack.emulator.calls().length;

describe("the three secrets, from preview to destroy", { timeout: 120_000 }, () => {
  it("preview asks no cloud", async () => {
    const { steps } = await stack.preview(program({ value: "c4n4ry first" }));
    expect(steps.toSorted()).toEqual(["create csms", "create gpdb", "create kms"]);
    expect(made()).toBe(0);
  });

  it("up makes each with one call, one for its tags where the service takes none with the secret, and a look where it tells no time", async () => {
    const { outputs } = await stack.up(program({ value: "c4n4ry first" }));
    expect(calls(0)).toEqual([
      "csms.BatchCreateOrDeleteTags",
      "csms.CreateSecret",
      "gpdb.CreateSecret",
      "gpdb.ListSecrets",
      "iam.ListProjects",
      "kms.CreateSecret",
    ]);
    expect(outputs).toEqual({
      kmsVersion: held(stack.emulator, "kms").app?.Versions[0].VersionId,
      gpdbArn: held(stack.emulator, "gpdb").app?.SecretArn,
      csms: { id: held(stack.emulator, "csms").app?.id, version: "v1", value: "c4n4ry first" },
    });
  });

  it("up without a change asks no cloud", async () => {
    const before = made();
    expect((await stack.up()).steps).toEqual([]);
    expect(calls(before)).toEqual([]);
  });

  it("a changed value is a new version in place, or where the service knows none, a new secret after the old one", async () => {
    const before = made();
    const { steps, outputs } = await stack.up(program({ value: "c4n4ry second" }));
    expect(steps.filter((step) => !step.endsWith("gpdb")).toSorted()).toEqual(["update csms", "update kms"]);
    expect(steps.filter((step) => step.endsWith("gpdb"))).toEqual([
      "delete-replaced gpdb",
      "replace gpdb",
      "create-replacement gpdb",
    ]);
    expect(calls(before)).toEqual([
      "csms.CreateSecretVersion",
      "csms.ShowSecret",
      "gpdb.CreateSecret",
      "gpdb.DeleteSecret",
      "gpdb.ListSecrets",
      "kms.DescribeSecret",
      "kms.PutSecretValue",
    ]);
    expect(outputs).toMatchObject({ csms: { version: "v2", value: "c4n4ry second" } });
    expect(held(stack.emulator, "kms").app?.Versions).toMatchObject([
      { SecretData: "c4n4ry first", VersionStages: ["ACSPrevious"] },
      { SecretData: "c4n4ry second", VersionStages: ["ACSCurrent"], VersionId: outputs.kmsVersion },
    ]);
  });

  it("a new name makes the new secret first, and then removes the old one", async () => {
    const before = made();
    const { steps } = await stack.up(program({ value: "c4n4ry second", name: "app2" }));
    for (const name of ["kms", "gpdb", "csms"]) {
      expect(steps.filter((step) => step.endsWith(` ${name}`))).toEqual([
        `create-replacement ${name}`,
        `replace ${name}`,
        `delete-replaced ${name}`,
      ]);
    }
    expect(calls(before).filter((call) => call.includes("Delete") && !call.includes("Tags"))).toEqual([
      "csms.DeleteSecretForSchedule",
      "gpdb.DeleteSecret",
      "kms.DeleteSecret",
    ]);
    expect(held(stack.emulator, "kms")).toMatchObject({ app: { PlannedDeleteTime: expect.any(String) }, app2: {} });
    expect(held(stack.emulator, "csms")).toMatchObject({
      app: { state: "PENDING_DELETE" },
      app2: { state: "ENABLED" },
    });
  });

  it("refresh changes nothing where nobody changed anything, but learns what creating did not tell", async () => {
    const before = stack.state();
    await stack.refresh();
    for (const [name, { inputs, outputs: { updateTime: _, __defaults, ...outputs } = {} }] of Object.entries(before)) {
      expect(stack.state()[name]).toMatchObject({ inputs, outputs });
    }
    expect(stack.state().kms?.outputs).toHaveProperty("createTime");
    expect((await stack.up()).steps).toEqual([]);
  });

  it("what was changed by hand comes with a refresh, and the next up takes it back", async () => {
    const hand = byHand(stack.emulator);
    await hand.kms("UpdateSecret", { SecretName: "app2", Description: "by hand" });
    await hand.kms("PutSecretValue", { SecretName: "app2", SecretData: "c4n4ry by hand", VersionId: "hand" });
    await hand.csms("PUT", "app2", { description: "by hand" });
    await hand.csms("POST", "app2/versions", { secret_string: "c4n4ry by hand" });
    await stack.refresh();
    const { kms, csms } = stack.state();
    expect(kms?.outputs).toMatchObject({ description: "by hand", currentVersionId: "hand" });
    expect(csms?.outputs).toMatchObject({ description: "by hand", currentVersionId: "v2" });
    expect((await stack.up()).steps.toSorted()).toEqual(["update csms", "update kms"]);
    const isBack = () => {
      expect(held(stack.emulator, "kms").app2).toMatchObject({
        Description: "of the app",
        Versions: [{ SecretData: "c4n4ry second", VersionStages: ["ACSCurrent"] }, { VersionStages: ["ACSPrevious"] }],
      });
      expect(held(stack.emulator, "csms").app2).toMatchObject({
        description: "of the app",
        versions: [{ secretString: "c4n4ry second", stages: ["SYSCURRENT"] }, { stages: ["SYSPREVIOUS"] }],
      });
    };
    isBack();
    await stack.refresh();
    expect((await stack.up()).steps).toEqual([]);
    isBack();
  });

  it("what was deleted by hand leaves the state with a refresh, and the next up makes it again", async () => {
    const hand = byHand(stack.emulator);
    await hand.kms("DeleteSecret", { SecretName: "app2", ForceDeleteWithoutRecovery: "true" });
    await hand.gpdb("DeleteSecret", { RegionId: "cn-hangzhou", DBInstanceId: "gp-1", SecretName: "app2" });
    await hand.csms("POST", "app2/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    await stack.refresh();
    expect(stack.state()).toEqual({});
    const { steps } = await stack.up();
    expect(steps.toSorted()).toEqual(["create csms", "create gpdb", "create kms"]);
    expect(held(stack.emulator, "csms").app2).toMatchObject({ state: "ENABLED", tags: { stage: "test" } });
  });

  it("destroy removes all, with a way back where the service has one", async () => {
    await stack.destroy();
    expect(stack.state()).toEqual({});
    expect(held(stack.emulator, "gpdb")).toEqual({});
    expect(held(stack.emulator, "kms").app2?.PlannedDeleteTime).toBeDefined();
    expect(held(stack.emulator, "csms").app2?.state).toBe("PENDING_DELETE");
  });
});
