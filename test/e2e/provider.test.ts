import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  AliyunKmsSecret,
  AnalyticDbSecret,
  CloudSecretsProvider,
  type CloudSecretsProviderArgs,
  CsmsSecret,
  getAliyunKmsSecretValue,
} from "pulumi-cloud-secrets";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/server";
import { recorder } from "../provider/recorder";
import { held } from "./by-hand";
import { type StateEntry, startStack, type TestStack } from "./support";

/** The second account: other keys, in other clouds than the stack's own. */
const second = { accessKey: "second", secretKey: "c4n4ry-second-key" };
const rotated = { accessKey: "second", secretKey: "c4n4ry-rotated-key" };

let stack: TestStack;
let theirs: Emulator;
beforeAll(async () => {
  stack = await startStack();
  theirs = await startEmulator(second);
});
afterAll(async () => {
  await stack.stop();
  await theirs.close();
});

const settings = (keys: typeof second, { url } = theirs) => ({
  alicloud: { region: "cn-shanghai", ...keys, endpoints: { kms: url, gpdb: url } },
  huaweicloud: { region: "cn-east-3", ...keys, endpoints: { kms: url, iam: url, eps: url } },
});

class Databases extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("e2e:index:Databases", name, {}, opts);
    new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "app", password: "c4n4ry" }, { parent: this });
    new CsmsSecret("csms", { name: "app", secretString: "c4n4ry" }, { parent: this });
  }
}

const program =
  (keys = second, description = "one", url?: Emulator) =>
  async () => {
    const provider = new CloudSecretsProvider("second", settings(keys, url));
    new AliyunKmsSecret("here", { secretName: "app", secretData: "c4n4ry here" });
    new AliyunKmsSecret("there", { secretName: "app", secretData: "c4n4ry there", description }, { provider });
    new Databases("databases", { providers: [provider] });
  };

describe("two accounts and two regions in one stack", { timeout: 180_000 }, () => {
  it("each get their own, and the state holds no credential in the open", async () => {
    expect((await stack.preview(program())).steps.filter((step) => step.startsWith("create "))).toHaveLength(5);
    await stack.up(program());
    expect(held(stack.emulator, "kms").app).toMatchObject({ Versions: [{ SecretData: "c4n4ry here" }] });
    expect(held(theirs, "kms").app).toMatchObject({ Versions: [{ SecretData: "c4n4ry there" }] });
    expect(Object.keys(held(theirs, "gpdb"))).toEqual(["app"]);
    expect(Object.keys(held(theirs, "csms"))).toEqual(["app"]);
    expect([held(stack.emulator, "gpdb"), held(stack.emulator, "csms")]).toEqual([{}, {}]);
    expect(stack.state().there?.id).toMatch(/^acs:kms:cn-shanghai:/);
    expect(stack.state().here?.id).toMatch(/^acs:kms:cn-hangzhou:/);
    for (const cloud of ["alicloud", "huaweicloud"])
      expect(provider()?.inputs).toMatchObject({
        [`${cloud}:accessKey`]: "[secret]",
        [`${cloud}:secretKey`]: "[secret]",
      });
  });

  it("new keys of the provider replace nothing, and are used at once", async () => {
    const state = theirs.state();
    await theirs.close();
    theirs = await startEmulator(rotated);
    theirs.load(state);
    const before = ids();
    const { steps } = await stack.up(program(rotated, "two"));
    expect(steps).toEqual(["update there"]);
    expect(held(theirs, "kms").app).toMatchObject({ Description: "two" });
    expect(ids()).toEqual(before);
    expect((await stack.up(program(rotated, "two"))).steps).toEqual([]);
  });

  it("refresh and destroy sign in with the provider's settings of the last up", async () => {
    expect((await stack.refresh()).steps.filter((step) => !step.startsWith("refresh "))).toEqual([]);
    await stack.destroy();
    expect([held(theirs, "gpdb"), stack.entries()]).toEqual([{}, []]);
    for (const emulator of [stack.emulator, theirs]) expect(held(emulator, "kms").app?.PlannedDeleteTime).toBeDefined();
  });
});

const provider = (): StateEntry | undefined =>
  stack.all().find(({ type, urn }) => type === "pulumi:providers:pulumi-nodejs" && urn.endsWith("::second"));
const ids = () => Object.fromEntries(Object.entries(stack.state()).map(([name, { id }]) => [name, id]));

describe("a provider whose settings are not known yet", { timeout: 120_000 }, () => {
  it("is no failure of a preview", async () => {
    const { alicloud } = settings(rotated);
    const later = async () => {
      const csms = new CsmsSecret("key", { name: "key", secretString: rotated.secretKey });
      const secretKey = pulumi.all([csms.secretId, csms.secretString]).apply(([, key]) => key ?? "");
      const options = { provider: new CloudSecretsProvider("later", { alicloud: { ...alicloud, secretKey } }) };
      new AliyunKmsSecret("later", { secretName: "later", secretData: "c4n4ry" }, options);
    };
    expect((await stack.preview(later)).steps).toEqual(["create key", "create later"]);
    await stack.up(later);
    expect(held(theirs, "kms").later).toBeDefined();
    expect((await stack.up()).steps).toEqual([]);
    await stack.destroy();
  });
});

describe("a secret that another provider is given to", { timeout: 180_000 }, () => {
  const secret = (name: string, opts: pulumi.CustomResourceOptions = {}) =>
    void new AliyunKmsSecret(name, { secretName: name, secretData: "c4n4ry" }, opts);
  /** As the stack has it, and of the other account in the same region. */
  const own = (name: string) => async () => secret(name);
  const moved = (name: string) => async () => {
    const { alicloud } = settings(rotated);
    const provider = new CloudSecretsProvider("other", { alicloud: { ...alicloud, region: "cn-hangzhou" } });
    secret(name, { provider });
  };
  const deleted = (emulator: Emulator) => held(emulator, "kms").moves?.PlannedDeleteTime !== undefined;

  it("stays where it is until it is replaced, then is made by the new provider and deleted by the old one", async () => {
    await stack.up(own("moves"));
    expect((await stack.up(moved("moves"), { replace: [String(stack.state().moves?.urn)] })).steps).toEqual([
      "create-replacement moves",
      "replace moves",
      "delete-replaced moves",
    ]);
    expect([deleted(stack.emulator), deleted(theirs)]).toEqual([true, false]);
    await stack.destroy();
    expect(deleted(theirs)).toBe(true);
  });

  it("is not replaced for that alone: the next refresh looks for it with the new settings", async () => {
    await stack.up(own("stays"));
    expect((await stack.up(moved("stays"))).steps).toEqual([]);
    await stack.refresh();
    expect(stack.state().stays).toBeUndefined();
    expect((await stack.up()).steps).toEqual(["create stays"]);
    expect(Object.keys(held(theirs, "kms"))).toContain("stays");
    expect(held(stack.emulator, "kms").stays?.PlannedDeleteTime).toBeUndefined();
    await stack.destroy();
  });
});

describe("what a provider leaves out", { timeout: 180_000 }, () => {
  /** The settings of one cloud, but for some. */
  const without = (cloud: keyof CloudSecretsProviderArgs, ...names: readonly string[]): CloudSecretsProviderArgs => {
    const all = Object.entries(settings(rotated)[cloud]);
    return { [cloud]: Object.fromEntries(all.filter(([name]) => !names.includes(name))) };
  };
  const kms = (opts: object) => new AliyunKmsSecret("alone", { secretName: "alone", secretData: "c4n4ry" }, opts);
  const csms = (opts: object) => new CsmsSecret("alone", { name: "alone", secretString: "c4n4ry" }, opts);
  const keys = ["accessKey", "secretKey"] as const;
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "alone-"));
  });
  beforeEach(() => {
    vi.stubEnv("HOME", home);
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => rmSync(home, { recursive: true }));

  it.each<[string, () => CloudSecretsProviderArgs, (opts: object) => unknown, RegExp]>([
    ["a region", () => without("alicloud", "region"), kms, /regionId: the region of Alibaba Cloud is set nowhere/],
    ["keys", () => without("alicloud", ...keys), kms, /no credentials for Alibaba Cloud; looked at /],
    ["half of its keys", () => without("alicloud", "accessKey"), kms, /secretKey is set but alicloud:accessKey/],
    ["a whole cloud", () => without("alicloud"), csms, /region: the region of Huawei Cloud is set nowhere/],
    [
      "a region, which a look-up needs",
      () => without("alicloud", "region"),
      (opts) => getAliyunKmsSecretValue({ secretName: "app" }, opts),
      /getAliyunKmsSecretValue: regionId: the region of .* CloudSecretsProvider's\)/,
    ],
    [
      "keys, which a look-up needs",
      () => without("alicloud", ...keys),
      (opts) => getAliyunKmsSecretValue({ secretName: "app" }, opts),
      /getAliyunKmsSecretValue: no credentials for Alibaba Cloud; looked at /,
    ],
  ])("is none of the stack's configuration: %s", async (_, args, use, message) => {
    const before = [stack.emulator, theirs].map((emulator) => emulator.calls().length);
    const program = async () => void use({ provider: new CloudSecretsProvider("alone", args()) });
    const failure = await stack.preview(program).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure?.message).toMatch(message);
    expect([stack.emulator, theirs].map((emulator) => emulator.calls().length)).toEqual(before);
  });

  it("is none of it either where a metadata service has to be asked first", async () => {
    await using metadata = await recorder({ status: 404, body: "not here" });
    const { huaweicloud } = without("huaweicloud", ...keys);
    const args = { huaweicloud: { ...huaweicloud, endpoints: { ...huaweicloud?.endpoints, metadata: metadata.url } } };
    const before = stack.emulator.calls().length;
    const up = stack.up(async () => void csms({ provider: new CloudSecretsProvider("alone", args) }));
    await expect(up).rejects.toThrow(/no credentials for Huawei Cloud; looked at /);
    expect(stack.emulator.calls()).toHaveLength(before);
    await stack.destroy();
  });
});
