import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type FaultPlan } from "../../emulator/server";
import { recorder } from "../provider/recorder";
import { filesBelow, leaks } from "./leaks";
import { startStack, type TestStack } from "./support";

const program =
  (value = "c4n4ry", recoveryWindowInDays?: number) =>
  async () => {
    const kms = new AliyunKmsSecret("kms", { secretName: "app", secretData: value, recoveryWindowInDays });
    new AnalyticDbSecret("gpdb", { dbInstanceId: "gp-1", username: "app", password: value });
    const csms = new CsmsSecret("csms", { name: "app", secretString: value });
    return { kms: kms.secretData, csms: csms.secretString };
  };

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stack.stop();
});

describe("what programmers look at when something is wrong", { timeout: 120_000 }, () => {
  const failing = async (faults: FaultPlan["faults"]) => {
    stack.emulator.addFaults({ faults });
    await expect(stack.refresh()).rejects.toThrow(/ failed: /);
    stack.emulator.clearFaults();
  };

  /** The vendor's library then asks Cloud SSO for keys. */
  const signedInBySso = (url: string) => {
    const profile = {
      name: "sso",
      mode: "CloudSSO",
      cloud_sso_sign_in_url: url,
      cloud_sso_account_id: "1",
      cloud_sso_access_config: "ac-1",
      access_token: "of-cloud-sso",
      cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3_600,
    };
    mkdirSync(join(stack.folder, ".aliyun"));
    writeFileSync(join(stack.folder, ".aliyun/config.json"), JSON.stringify({ profiles: [profile] }));
  };

  it("is the debug output of Node and of the vendors' libraries, with keys for a time and with a token", async () => {
    const keys = {
      AccessKeyId: "emulator",
      AccessKeySecret: DEFAULT_CREDENTIALS.secretKey,
      SecurityToken: "c4n4ry-sts",
    };
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    await using vendor = await recorder({ body: { CloudCredential: { ...keys, Expiration } } });
    signedInBySso(vendor.url);
    vi.stubEnv("HOME", stack.folder);
    vi.stubEnv("DEBUG", "*");
    vi.stubEnv("NODE_DEBUG", "http,http2,https,net,tls,fetch,undici");
    const noKeys = { "alicloud:accessKey": "", "alicloud:secretKey": "", "alicloud:profile": "sso" };
    const token = { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "", "huaweicloud:token": "emulator-token" };
    await stack.configure({ ...noKeys, ...token });

    const { printed } = await stack.up(program());
    expect(printed).toMatch(/FETCH \d+: sending request to POST /);
    expect(printed).toMatch(/HTTP \d+: outgoing message end/);
    expect(vendor.requests.length).toBeGreaterThan(0);
    await failing([
      { operation: "kms.*", kind: "quota" },
      { operation: "gpdb.*", kind: "html" },
      { operation: "csms.*", kind: "redirect" },
    ]);
    await failing([
      { operation: "kms.*", kind: "truncate", times: 1 },
      { operation: "gpdb.*", kind: "resetBefore", times: 1 },
      { operation: "csms.*", kind: "quota" },
    ]);
  });

  it("is what DEBUG=DEBUG has the SDK of Huawei Cloud log, also of what is wrong in the program and the settings", async () => {
    vi.stubEnv("DEBUG", "DEBUG");
    await stack.up(program());
    await expect(stack.up(program("c4n4ry 2", 400))).rejects.toThrow(/recoveryWindowInDays/);
    const wrong = "c4n4ry-wrong";
    await stack.configure({ "alicloud:secretKey": wrong, "huaweicloud:secretKey": wrong });
    await expect(stack.up(program("c4n4ry 2"))).rejects.toThrow(/Check the access key/);
    const noTls = stack.emulator.url.replace("http:", "https:");
    await stack.configure({ "alicloud:endpoints": JSON.stringify({ kms: noTls, gpdb: noTls }) });
    await expect(stack.up(program("c4n4ry 2"))).rejects.toThrow(/no trusted connection/);
  });

  it("is what the engine tells on demand: as JSON, in its logs, of the past and of the configuration", async () => {
    stack.flags.push("--show-reads", "--show-sames", "--logtostderr", "-v=9");
    await stack.up(program(), { diff: true });
    await stack.up(program("c4n4ry 2"), { diff: true });
    stack.flags.push("--json");
    const { printed } = await stack.preview(program("c4n4ry 3"));
    expect(printed).toMatch(/"op": "update",\s*"urn": ".*AliyunKmsSecret::kms"/);
    const shown = [
      await stack.cli("stack", "export"),
      await stack.cli("stack", "--show-urns", "--show-ids"),
      await stack.cli("stack", "output", "--json"),
      await stack.cli("stack", "history", "--json"),
      await stack.cli("config"),
      await stack.cli("config", "--json"),
    ];
    expect(shown.every((text) => /AliyunKmsSecret|\[secret\]|secretKey/.test(text))).toBe(true);
  });

  it("but not the engine's traces, which hold the messages of every provider, as the README says", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cloud-secrets-trace-"));
    stack.flags.push(`--tracing=file:${join(folder, "trace")}`);
    await stack.up(program());
    const found = leaks(filesBelow(folder), { "a canary": "c4n4ry" });
    rmSync(folder, { recursive: true });
    expect(found).toHaveLength(1);
  });
});
