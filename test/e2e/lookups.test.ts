import * as pulumi from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import {
  AliyunKmsSecret,
  CloudSecretsProvider,
  getAliyunKmsSecret,
  getAliyunKmsSecretValue,
  getAnalyticDbSecretValue,
  getCsmsSecretValue,
  listAliyunKmsSecrets,
  listAnalyticDbSecrets,
  listCsmsSecrets,
} from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../emulator/server";
import { byHand } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
  const hand = byHand(stack.emulator);
  await hand.kms("CreateSecret", { SecretName: "theirs", SecretData: "c4n4ry kms", VersionId: "1" });
  await hand.gpdb("CreateSecret", {
    RegionId: "cn-hangzhou",
    DBInstanceId: "gp-1",
    Username: "app",
    Password: "c4n4ry gpdb",
  });
  await hand.csms("POST", "", { name: "theirs", secret_string: "c4n4ry csms" });
});
afterAll(() => stack.stop());

const reading = async () => ({
  kms: getAliyunKmsSecretValue({ secretName: "theirs" }).secretData,
  gpdb: getAnalyticDbSecretValue({ dbInstanceId: "gp-1", secretName: "app" }),
  csms: getCsmsSecretValue({ name: "theirs" }).secretString,
  arn: getAliyunKmsSecret({ secretName: "theirs" }).arn,
  names: pulumi
    .all([listAliyunKmsSecrets(), listAnalyticDbSecrets({ dbInstanceId: "gp-1" }), listCsmsSecrets()])
    .apply(([kms, gpdb, csms]) => [kms, gpdb, csms].map(({ secrets }) => secrets.length)),
});

describe("a program that only reads", { timeout: 120_000 }, () => {
  it("gets values that stay secret, and what is none in the open; a preview reads too", async () => {
    await stack.preview(reading);
    expect(stack.emulator.calls().filter(({ operation }) => operation.endsWith("GetSecretValue"))).toHaveLength(2);
    const { outputs, printed } = await stack.up(reading);
    expect(outputs).toMatchObject({ kms: "c4n4ry kms", gpdb: { password: "c4n4ry gpdb" }, csms: "c4n4ry csms" });
    expect(outputs).toMatchObject({ arn: expect.stringMatching(/^acs:kms:.*\/theirs$/), names: [1, 1, 1] });
    expect(printed).not.toContain("c4n4ry");
    expect(stack.exported()).toMatchObject({ kms: "[secret]", gpdb: "[secret]", csms: "[secret]", names: [1, 1, 1] });
    expect(stack.exported().arn).toMatch(/^acs:kms:/);
  });

  it("asks nothing while it does not know what to ask for", async () => {
    const program = async () => {
      const made = new AliyunKmsSecret("made", { secretName: "made", secretData: "c4n4ry made" });
      return { value: getAliyunKmsSecretValue({ arn: made.arn }).secretData };
    };
    const before = stack.emulator.calls().length;
    await stack.preview(program);
    expect(stack.emulator.calls()).toHaveLength(before);
    expect((await stack.up(program)).outputs).toEqual({ value: "c4n4ry made" });
    expect(stack.exported()).toEqual({ value: "[secret]" });
  });

  it.each([
    [
      "what is missing",
      () => getCsmsSecretValue({ name: "nobodys" }),
      'getCsmsSecretValue: there is no secret "nobodys" in cn-north-4 (CSMS.0106, request ',
    ],
    [
      "a wrong argument",
      () => getCsmsSecretValue({ nmae: "theirs" } as object),
      "getCsmsSecretValue: nmae: is no input of getCsmsSecretValue; the inputs are name, ",
    ],
  ])("fails for %s in one line, in which no stack trace stands", async (_, look, line) => {
    const told: string[] = [];
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "error") told.push(event.message.replace(/<\{%.*?%\}>/g, "").trim());
    };
    await expect(stack.up(async () => ({ value: look() }), { onEvent })).rejects.toThrow(line);
    // An inline program's error is told by Pulumi's library and by the engine, in the same words.
    const own = new Set(told.filter((message) => message.includes("getCsmsSecretValue")));
    expect([...own]).toEqual([expect.stringContaining(line)]);
    expect(told.join()).not.toMatch(/\n/);
  });

  it("signs in as a provider that it names, whose credentials make no secret of what is none", async () => {
    const { url } = stack.emulator;
    const program = (secretKey: string) => async () => {
      const alicloud = {
        region: "cn-shanghai",
        accessKey: DEFAULT_CREDENTIALS.accessKey,
        secretKey,
        endpoints: { kms: url },
      };
      const provider = new CloudSecretsProvider("shanghai", { alicloud });
      return { regions: listAliyunKmsSecrets({}, { provider }).secrets.apply((all) => all.map((one) => one.regionId)) };
    };
    await byHand(stack.emulator).kms("CreateSecret", {
      RegionId: "cn-shanghai",
      SecretName: "far",
      SecretData: "c4n4ry",
      VersionId: "1",
    });
    expect((await stack.up(program(DEFAULT_CREDENTIALS.secretKey))).outputs).toEqual({ regions: ["cn-shanghai"] });
    expect(stack.exported()).toEqual({ regions: ["cn-shanghai"] });
    await expect(stack.up(program("c4n4ry-wrong"))).rejects.toThrow(
      /listAliyunKmsSecrets: KMS ListSecrets failed: SignatureDoesNotMatch/,
    );
  });
});
