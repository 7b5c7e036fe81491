import * as pulumi from "@pulumi/pulumi";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

describe("inputs that come from other resources", { timeout: 120_000 }, () => {
  const program = (password: string) => async () => {
    const gpdb = new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "app", password });
    const kms = new AliyunKmsSecret("kms", {
      secretName: "app",
      secretData: pulumi.interpolate`{"arn":"${gpdb.arn}"}`,
      tags: { of: gpdb.arn, fixed: "yes" },
    });
    new CsmsSecret("csms", {
      name: gpdb.arn.apply((arn) => arn.slice(-32)),
      secretString: pulumi.interpolate`c4n4ry ${kms.versionId}`,
    });
  };

  it("are unknown at preview, there at up, and follow a replacement: dependents are deleted first where they must be", async () => {
    expect((await stack.preview(program("c4n4ry one"))).steps).toHaveLength(3);
    await stack.up(program("c4n4ry one"));
    const first = stack.state();
    expect(held(stack.emulator, "kms").app).toMatchObject({ Tags: { of: first.gpdb?.id, fixed: "yes" } });

    const { steps } = await stack.up(program("c4n4ry two"));
    expect(steps).toEqual([
      "delete-replaced csms",
      "delete-replaced gpdb",
      "replace gpdb",
      "create-replacement gpdb",
      "update kms",
      "replace csms",
      "create-replacement csms",
    ]);
    const { gpdb, kms, csms } = stack.state();
    expect(gpdb?.id).not.toBe(first.gpdb?.id);
    expect(held(stack.emulator, "kms").app).toMatchObject({
      Tags: { of: gpdb?.id, fixed: "yes" },
      Versions: [{}, { SecretData: `{"arn":"${gpdb?.id}"}`, VersionId: kms?.outputs?.versionId }],
    });
    const current = held(stack.emulator, "csms")[String(gpdb?.id).slice(-32)];
    expect(current).toMatchObject({ id: csms?.id, versions: [{ secretString: `c4n4ry ${kms?.outputs?.versionId}` }] });
    expect((await stack.up()).steps).toEqual([]);
  });

  it("are no replacement where they are only unknown for the time of the preview", async () => {
    const changing = (value: string) => async () => {
      const csms = new CsmsSecret("csms", { name: "instance", secretString: value });
      const extendedConfig = { secretSubType: "SingleUser", dbInstanceId: csms.secretId } as const;
      const accounts = { Accounts: [{ AccountName: "app", AccountPassword: "c4n4ry" }] };
      const managed = { secretType: "Rds", extendedConfig, secretData: JSON.stringify(accounts) } as const;
      new AliyunKmsSecret("rds", { secretName: "rds", ...managed });
      new AliyunKmsSecret("kms", { secretName: "kms", secretData: "c4n4ry", encryptionKeyId: csms.secretId });
    };
    await stack.up(changing("c4n4ry one"));
    const before = stack.state();
    await stack.preview(changing("c4n4ry two"));
    expect((await stack.up(changing("c4n4ry two"))).steps).toEqual(["update csms"]);
    for (const name of ["kms", "rds"]) expect(stack.state()[name]).toEqual(before[name]);
  });
});

describe("the engine's options", { timeout: 120_000 }, () => {
  const secret = (name: string, value: string, options: pulumi.CustomResourceOptions) =>
    new AliyunKmsSecret(name, { secretName: "app", secretData: `c4n4ry ${value}`, description: value }, options);

  it("ignoreChanges, aliases, protect and retainOnDelete work as on any resource", async () => {
    await stack.up(async () => void secret("old", "one", {}));
    const renamed = (value: string, options: pulumi.CustomResourceOptions = {}) =>
      stack.up(async () => void secret("new", value, { aliases: [{ name: "old" }], ...options }));

    expect((await renamed("one")).steps).toEqual([]);
    expect(Object.keys(stack.state())).toEqual(["new"]);

    expect((await renamed("two", { ignoreChanges: ["secretData"] })).steps).toEqual(["update new"]);
    expect(held(stack.emulator, "kms").app).toMatchObject({
      Description: "two",
      Versions: [{ SecretData: "c4n4ry one" }],
    });

    await renamed("two", { protect: true });
    await expect(stack.up(async () => {})).rejects.toThrow(/protect/);
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeUndefined();

    await renamed("two", { retainOnDelete: true });
    await stack.up(async () => {});
    expect(stack.state()).toEqual({});
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeUndefined();
  });

  it("replaceOnChanges has no effect, as the README says", async () => {
    await stack.up(async () => void secret("kms", "one", {}));
    const { steps } = await stack.up(async () => void secret("kms", "two", { replaceOnChanges: ["description"] }));
    expect(steps).toEqual(["update kms"]);
  });

  it("deleteBeforeReplace lets --replace bring a secret back below its name, which else is taken", async () => {
    await stack.up(async () => void secret("kms", "one", {}));
    const replace = [String(stack.state().kms?.urn)];
    await expect(stack.up(undefined, { replace })).rejects.toThrow(/resource already exists/);
    const { steps } = await stack.up(async () => void secret("kms", "one", { deleteBeforeReplace: true }), { replace });
    expect(steps).toEqual(["delete-replaced kms", "replace kms", "create-replacement kms"]);
    expect(held(stack.emulator, "kms").app).toMatchObject({
      PlannedDeleteTime: undefined,
      Description: "one",
      Versions: [{ SecretData: "c4n4ry one", VersionStages: ["ACSCurrent"] }],
    });
    expect((await stack.up()).steps).toEqual([]);
  });
});

describe("get", { timeout: 120_000 }, () => {
  it("reads what exists without managing it, its value a secret; what does not exist fails the up", async () => {
    const hand = byHand(stack.emulator);
    await hand.kms("CreateSecret", { SecretName: "theirs", SecretData: "c4n4ry", VersionId: "1" });
    await hand.csms("POST", "", { name: "theirs", secret_string: "c4n4ry" });
    const csmsId = held(stack.emulator, "csms").theirs?.id;
    const kmsArn = held(stack.emulator, "kms").theirs?.Arn;
    const program = (arn: string) => async () => ({
      kms: AliyunKmsSecret.get("kms", arn).secretData,
      csms: CsmsSecret.get("csms", csmsId).secretString,
    });
    const { outputs, printed } = await stack.up(program(kmsArn));
    expect(outputs).toEqual({ kms: "c4n4ry", csms: "c4n4ry" });
    expect(printed).not.toContain("c4n4ry");
    expect(stack.state().kms?.outputs?.secretData).toBe("[secret]");

    await expect(stack.up(program(`${kmsArn}-not`))).rejects.toThrow(/AliyunKmsSecret acs:kms:.* was not found/);
    await stack.destroy();
    expect(held(stack.emulator, "kms").theirs?.PlannedDeleteTime).toBeUndefined();
    expect(held(stack.emulator, "csms").theirs?.state).toBe("ENABLED");
  });
});
