import type * as pulumi from "@pulumi/pulumi";
import { AnalyticDbSecret, type AnalyticDbSecretArgs } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { held } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const declared = { dbInstanceId: "gp-1", username: "app", password: "c4n4ry" };
const program =
  (change: Partial<AnalyticDbSecretArgs> = {}, options: pulumi.CustomResourceOptions = {}, name = "gpdb") =>
  async () => ({ arn: new AnalyticDbSecret(name, { ...declared, ...change }, options).arn });
const arns = () => Object.values(held(stack.emulator, "gpdb")).map(({ SecretArn }) => SecretArn);

describe("a replacement of an AnalyticDB secret", { timeout: 120_000 }, () => {
  it("says in the preview which ARN is going, and goes first only where the name stays", async () => {
    const { outputs, printed } = await stack.up(program());
    expect(printed).not.toMatch(/warning/);
    const warning = `a change of password replaces the secret, which gets a new ARN: whoever keeps ${outputs.arn} has to take the new one`;
    const preview = await stack.preview(program({ password: "c4n4ry 2" }));
    expect(preview.printed).toMatch(/warning: AnalyticDbSecret: a change of password/);
    expect(preview.printed.replace(/\s+/g, " ")).toContain(warning);
    expect(preview.printed).not.toContain("c4n4ry");

    const changed = await stack.up(program({ password: "c4n4ry 2" }));
    expect(changed.steps).toEqual(["delete-replaced gpdb", "replace gpdb", "create-replacement gpdb"]);
    expect(arns()).toEqual([changed.outputs.arn]);
    expect(changed.outputs.arn).not.toBe(outputs.arn);

    const renamed = await stack.up(program({ password: "c4n4ry 2", secretName: "other" }));
    expect(renamed.steps).toEqual(["create-replacement gpdb", "replace gpdb", "delete-replaced gpdb"]);
    expect(arns()).toEqual([renamed.outputs.arn]);
  });

  it("is none for a resource that is only called another name, where aliases say so", async () => {
    const before = arns();
    const same = { password: "c4n4ry 2", secretName: "other" };
    const { steps, printed } = await stack.up(program(same, { aliases: [{ name: "gpdb" }] }, "renamed"));
    expect([steps, arns()]).toEqual([[], before]);
    expect(printed).not.toMatch(/warning/);
  });

  it("leaves the old secret where retainOnDelete says so", async () => {
    const options = { aliases: [{ name: "gpdb" }], retainOnDelete: true };
    const same = { password: "c4n4ry 2", secretName: "other" };
    await stack.up(program(same, options, "renamed"));
    const { outputs } = await stack.up(program({ ...same, secretName: "third" }, options, "renamed"));
    expect(Object.keys(held(stack.emulator, "gpdb"))).toEqual(["other", "third"]);
    expect(arns()).toContain(outputs.arn);
    await stack.destroy();
    expect(Object.keys(held(stack.emulator, "gpdb"))).toEqual(["other", "third"]);
  });
});

describe("testConnection", { timeout: 120_000 }, () => {
  it("that fails is a clear error with the service's code, and leaves nothing in the state", async () => {
    const failing = program({ dbInstanceId: "gp-unreachable", secretName: "tested", testConnection: true });
    const failure = await stack.up(failing).catch((error: Error) => error.message);
    expect(failure).toMatch(/AnalyticDB CreateSecret of secret "tested" failed: TestConnection\.Failed: /);
    expect(failure).toMatch(/With testConnection: true the service first signs in/);
    expect(failure).not.toMatch(/c4n4ry|\n\s+at /);
    expect(stack.state()).toEqual({});
    expect(held(stack.emulator, "gpdb")).not.toHaveProperty("tested");
  });
});
