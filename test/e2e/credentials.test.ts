import type { EngineEvent } from "@pulumi/pulumi/automation";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../emulator/server";
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
