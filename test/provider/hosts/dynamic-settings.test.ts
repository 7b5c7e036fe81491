import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { configFor } from "../../stack-config";
import { csms, failureOf, gpdb, kms, startDynamicProvider } from "./dynamic-provider";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

async function provider(config: Record<string, string>, env?: Record<string, string>) {
  const started = await startDynamicProvider(config, env);
  onTestFinished(started.stop);
  return started;
}

async function configured(config: Record<string, string>, env?: Record<string, string>) {
  const started = await provider(config, env);
  await started.configure();
  return started;
}

describe("configure", () => {
  it("races with the first calls: all of them are configured", async () => {
    const engine = await provider(configFor(emulator));
    const created = await Promise.all([
      engine.configure(),
      ...["a", "b", "c", "d"].map((secretName) => engine.create({ ...kms, secretName })),
    ]);
    expect(created).toHaveLength(5);
    expect(emulator.calls().map(({ operation }) => operation)).toEqual(Array(4).fill("kms.CreateSecret"));
  });

  it("never throws: settings that are wrong are one clear error at each call, the first as the later ones", async () => {
    const engine = await configured({ ...configFor(emulator), "alicloud:endpoints": "not JSON" });
    const failures = await Promise.all([1, 2].map(() => failureOf(engine.create(kms))));
    for (const { message } of failures) expect(message).toContain("alicloud:endpoints must be an object");
    expect((await failureOf(engine.create(kms))).message).toBe(failures[0]?.message);
  });

  it("tells what is wrong with how to sign in once in full, whichever resource and call runs into it", async () => {
    const engine = await configured({ ...configFor(emulator), "alicloud:secretKey": "" });
    const half = "alicloud:accessKey is set but alicloud:secretKey is not; set both in the same place, or neither";
    const short = "cannot sign in to Alibaba Cloud, see the first error.";
    expect((await engine.check({}, kms)).failures).toEqual([{ property: "", reason: half }]);
    expect((await engine.check({}, gpdb)).failures).toEqual([{ property: "", reason: short }]);
    expect((await failureOf(engine.create(kms))).message).toContain(short);
  });

  it.each<[Record<string, string>, string, Record<string, string>?]>([
    [{ "alicloud:secretKey": "" }, "alicloud:accessKey is set but alicloud:secretKey is not"],
    [{ "alicloud:endpoints": "not JSON" }, "alicloud:endpoints must be an object"],
    [{ "alicloud:endpoints": '{"kms":"http://kms.example"}' }, "is an http: address"],
    [
      { "alicloud:accessKey": "", "alicloud:secretKey": "" },
      "correct or unset ALICLOUD_SHARED_CREDENTIALS_FILE",
      { ALICLOUD_SHARED_CREDENTIALS_FILE: "/nowhere" },
    ],
  ])("lets settings that cannot be used be told at preview: %j", async (settings, said, env) => {
    const engine = await configured({ ...configFor(emulator), ...settings }, env);
    expect((await engine.check({}, kms)).failures).toEqual([{ property: "", reason: expect.stringContaining(said) }]);
  });

  it("leaves one cloud's wrong settings to that cloud", async () => {
    const engine = await configured({ ...configFor(emulator), "alicloud:endpoints": "not JSON" });
    await engine.create(csms);
    expect((await failureOf(engine.create(kms))).message).toContain("alicloud:endpoints must be an object");
  });

  it("reads the environment where the configuration is silent", async () => {
    const { "alicloud:accessKey": id = "", "alicloud:secretKey": key = "", ...config } = configFor(emulator);
    const engine = await configured(config, { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: key });
    expect((await engine.create(kms)).id).toMatch(/^acs:kms:/);
  });
});

describe("credentials that are wrong", () => {
  it("are an error, never taken for a secret that is gone, and are not repeated", async () => {
    const engine = await configured({ ...configFor(emulator), "alicloud:secretKey": "wr0ng-canary" });
    const outs = { ...kms, arn: "acs:kms:cn-hangzhou:1234567890123456:secret/app", versionId: "1" };
    const failure = await failureOf(engine.read(outs.arn, { properties: outs }));
    expect(failure.message).toMatch(/SignatureDoesNotMatch.*Check the access key/);
    expect(failure.message).not.toContain("wr0ng-canary");
    expect(emulator.calls()).toHaveLength(1);
    expect(engine.printed()).toBe(`AliyunKmsSecret read failed: ${failure.message.replace("2 UNKNOWN: ", "")}\n`);
  });
});
