import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, startEmulator } from "../../emulator/server";
import { configFor } from "../stack-config";
import { held } from "./by-hand";
import { type StateEntry, startStack, type TestStack } from "./support";

const program = async () => {
  new AliyunKmsSecret("kms", { secretName: "app", secretData: "c4n4ry" });
  new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "app", password: "c4n4ry" });
  new CsmsSecret("csms", { name: "app", secretString: "c4n4ry" });
};

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => stack.stop());

const signIn = (secretKey: string) => {
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", DEFAULT_CREDENTIALS.accessKey);
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", secretKey);
};

describe("settings", { timeout: 120_000 }, () => {
  it("from the environment are those of the moment, and in no state", async () => {
    await stack.configure({ "alicloud:accessKey": "", "alicloud:secretKey": "" });
    signIn(DEFAULT_CREDENTIALS.secretKey);
    await stack.up(program);
    signIn("c4n4ry-wrong");
    await expect(stack.refresh()).rejects.toThrow(/SignatureDoesNotMatch.*Check the access key/);
    expect(Object.keys(stack.state()).toSorted()).toEqual(["csms", "gpdb", "kms"]);
  });

  it("refresh and destroy use the config of the last up", async () => {
    await stack.configure({ "huaweicloud:secretKey": "c4n4ry-wrong" });
    signIn(DEFAULT_CREDENTIALS.secretKey);
    await stack.refresh();
    await stack.destroy();
    expect(stack.state()).toEqual({});
    await expect(stack.up(program)).rejects.toThrow(/APIGW\.\d+.*Check the access key/);
  });
});

describe("the state", { timeout: 120_000 }, () => {
  it("holds little of a minimal secret: at most 1,200 bytes of inputs and outputs", async () => {
    await stack.configure({ "huaweicloud:secretKey": DEFAULT_CREDENTIALS.secretKey });
    signIn(DEFAULT_CREDENTIALS.secretKey);
    await stack.up(program);
    const { checkpoint } = JSON.parse(readFileSync(join(stack.folder, "state/.pulumi/stacks/e2e/test.json"), "utf8"));
    const secrets = (checkpoint.latest.resources as StateEntry[]).filter(({ type }) => !type.startsWith("pulumi:"));
    expect(secrets).toHaveLength(3);
    for (const { type, inputs, outputs } of secrets)
      expect(JSON.stringify({ inputs, outputs }).length, type).toBeLessThanOrEqual(1_200);
  });

  it("knows the line of the program that declares a secret, which the engine takes to be the class's caller", () => {
    for (const { type, sourcePosition } of Object.values(stack.state()))
      expect(sourcePosition, type).toContain("settings.test.ts");
  });
});

describe("keys in the configuration that were rotated", { timeout: 120_000 }, () => {
  it("are taken by a refresh that runs the program, as the README says, and stay for a destroy", async () => {
    const rotating = await startStack();
    const old = { accessKey: "rotating", secretKey: "c4n4ry-old-key" };
    const rotated = { ...old, secretKey: "c4n4ry-rotated-key" };
    const configure = ({ accessKey, secretKey }: typeof old) => {
      const clouds = ["alicloud", "huaweicloud"].flatMap((cloud) => [
        [`${cloud}:accessKey`, accessKey],
        [`${cloud}:secretKey`, secretKey],
      ]);
      return rotating.configure({ ...configFor(cloud), ...Object.fromEntries(clouds) });
    };
    let cloud = await startEmulator(old);
    await configure(old);
    await rotating.up(program);

    const state = cloud.state();
    await cloud.close();
    cloud = await startEmulator({ ...rotated, port: cloud.port });
    cloud.load(state);
    await configure(rotated);
    await expect(rotating.refresh()).rejects.toThrow("Check the access key");
    expect((await rotating.refresh({ runProgram: true })).printed).toContain("4 unchanged");
    await rotating.destroy();
    expect([rotating.entries(), held(cloud, "gpdb")]).toEqual([[], {}]);
    await rotating.stop();
    await cloud.close();
  });
});
