import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../emulator/server";
import { recorder } from "../provider/recorder";
import { startStack, type TestStack } from "./support";

/** Thirty secrets; a preview asks for what is there where creating may take it over. */
const program = (adoptExisting: boolean) => async () => {
  for (let n = 0; n < 10; n++) {
    const password = "c4n4ry";
    new AliyunKmsSecret(`kms-${n}`, { secretName: `app-${n}`, secretData: password, adoptExisting });
    new AnalyticDbSecret(`gpdb-${n}`, { dbInstanceId: "gp-1", username: `app_${n}`, password, adoptExisting });
    new CsmsSecret(`csms-${n}`, { name: `app-${n}`, secretString: password, adoptExisting });
  }
};

let stack: TestStack;
let requests = 0;
beforeAll(async () => {
  const onRequest = () => {
    requests++;
  };
  stack = await startStack({ onRequest });
});
afterAll(() => stack.stop());

const wrong = { "alicloud:secretKey": "c4n4ry-wrong", "huaweicloud:secretKey": "c4n4ry-wrong" };
const { secretKey } = DEFAULT_CREDENTIALS;
const right = { "alicloud:secretKey": secretKey, "huaweicloud:secretKey": secretKey };

describe("credentials that a cloud refuses", { timeout: 180_000 }, () => {
  /** How many secrets a command tells of them in full, by the code, and how many shortly. */
  async function told(run: (options: { onEvent(event: EngineEvent): void }) => Promise<unknown>) {
    await stack.configure(wrong);
    requests = 0;
    const lines = new Set<string>();
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "error") lines.add(`${event.urn} ${event.message}`);
    };
    await expect(run({ onEvent })).rejects.toThrow("Check the access key");
    const full = [...lines].filter((line) => line.includes("Check the access key"));
    const short = [...lines].filter((line) =>
      /was not tried: \w+ Cloud refused the credentials .*see the first/.test(line),
    );
    const codes = full.map((line) => /SignatureDoesNotMatch|APIGW\.\d+/.exec(line)?.[0]);
    return { full: codes.toSorted(), short: short.length };
  }

  it("are told of in full once for each cloud, and cost one call of each, however many secrets there are", async () => {
    const { full, short } = await told((options) => stack.up(program(false), { ...options, continueOnError: true }));
    expect(full).toEqual(["APIGW.0301", "SignatureDoesNotMatch"]);
    expect(short).toBe(28);
    expect(requests).toBe(2);
  });

  it("are found by a preview that asks anyway, at no more cost", async () => {
    const { full } = await told((options) => stack.preview(program(true), options));
    expect(full.length).toBeGreaterThan(0);
    expect(full).toEqual([...new Set(full)]);
    expect(requests).toBeLessThanOrEqual(2);
  });

  it("are forgotten with the next command, which has others", async () => {
    await stack.configure(right);
    await stack.up(program(false));
    expect(Object.keys(stack.state())).toHaveLength(30);
    await stack.destroy();
  });
});

describe("credentials that are nowhere", { timeout: 180_000 }, () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "nowhere-"));
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => rmSync(home, { recursive: true }));

  /** The errors of a command on a machine with a metadata service that knows of no role, and what that was asked. */
  async function told(run: (options: { onEvent(event: EngineEvent): void }) => Promise<unknown>) {
    await using metadata = await recorder({ status: 404, body: "not here" });
    const none = Object.fromEntries(
      Object.keys(right).flatMap((key) => [
        [key, ""],
        [key.replace("secret", "access"), ""],
      ]),
    );
    const { url } = metadata;
    await stack.configure({
      ...none,
      "alicloud:endpoints": JSON.stringify({ kms: stack.emulator.url, gpdb: stack.emulator.url, ecsMetadata: url }),
      "huaweicloud:endpoints": JSON.stringify({ kms: stack.emulator.url, iam: stack.emulator.url, metadata: url }),
    });
    vi.stubEnv("HOME", home);
    requests = 0;
    const lines = new Set<string>();
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "error") lines.add(`${event.urn} ${event.message}`);
    };
    const failure = await run({ onEvent }).then(
      () => undefined,
      (error: Error) => error,
    );
    const count = (said: RegExp) => [...lines].filter((line) => said.test(line)).length;
    return {
      failure,
      full: { alicloud: count(/no credentials for Alibaba/), huaweicloud: count(/no credentials for Huawei/) },
      short: count(/cannot sign in to (Alibaba|Huawei) Cloud, see the first error/),
      asked: metadata.requests.length,
    };
  }

  it("are told of in full once for each cloud, by an up that asks each metadata service once; a preview asks nobody", async () => {
    expect(await told((options) => stack.preview(program(false), options))).toMatchObject({
      failure: undefined,
      asked: 0,
    });
    const { full, short, asked } = await told((options) =>
      stack.up(program(false), { ...options, continueOnError: true }),
    );
    expect(full).toEqual({ alicloud: 1, huaweicloud: 1 });
    expect(short).toBe(28);
    // A token and a role, at each.
    expect([asked, requests]).toEqual([4, 0]);
  });

  it("are told of once at preview where nobody has to be asked", async () => {
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    const { failure, full, asked } = await told((options) => stack.preview(program(false), options));
    expect(failure?.message).toContain("no credentials for Alibaba Cloud; looked at ");
    expect(full).toEqual({ alicloud: 1, huaweicloud: 0 });
    expect([asked, requests]).toEqual([0, 0]);
  });
});
