import { join } from "node:path";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { apart } from "../counts.mts";
import { held } from "./by-hand";
import { startStack, type TestStack } from "./support";

const variable = "CLOUD_SECRETS_TEST_PLANNED";
const planned = (text: string) => vi.stubEnv(variable, `c4n4ry ${text}`);
const planOf = ({ folder }: TestStack) => join(folder, "work", "plan.json");
const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => "it did not fail",
    (error: Error) => error.message,
  );

let stack: TestStack;
let plan: string;
beforeAll(async () => {
  stack = await startStack();
  plan = planOf(stack);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stack.stop();
});

describe("a plan that a preview has saved", { timeout: 180_000 }, () => {
  const program = (isNew: boolean) => async () => {
    const from = { env: variable };
    const env = new AliyunKmsSecret("env", { secretName: "env", secretDataFrom: from });
    new CsmsSecret("text", { name: "text", secretStringFrom: from });
    new CsmsSecret("random", { name: "random", secretStringFrom: { random: {} } });
    // As that of an instance which the same program makes, it is not known before that is there.
    const dbInstanceId = isNew ? env.arn.apply(() => "gp-1") : "gp-1";
    new AnalyticDbSecret("login", { dbInstanceId, username: "app", passwordFrom: from });
  };
  const inClouds = () => [
    held(stack.emulator, "kms").env?.Versions.at(-1)?.SecretData,
    held(stack.emulator, "csms").text?.versions.at(-1)?.secretString,
    held(stack.emulator, "gpdb").app?.Password,
  ];

  it("is kept to by new secrets whose values stay outside the state", async () => {
    planned("one");
    await stack.preview(program(true), { plan });
    const { steps } = await stack.up(program(true), { plan });
    expect(steps.toSorted()).toEqual(["create env", "create login", "create random", "create text"]);
    expect(inClouds()).toEqual(["c4n4ry one", "c4n4ry one", "c4n4ry one"]);
  });

  it("is kept to by other values, also where one replaces its secret", async () => {
    planned("two");
    await stack.preview(program(false), { plan });
    const { steps } = await stack.up(program(false), { plan });
    expect(steps.toSorted()).toEqual(
      ["update env", "update text", "create-replacement login", "replace login", "delete-replaced login"].toSorted(),
    );
    expect(inClouds()).toEqual(["c4n4ry two", "c4n4ry two", "c4n4ry two"]);
  });

  it("is for the values that were there: with others nothing is done, and no value is printed", async () => {
    planned("three");
    await stack.preview(program(false), { plan });
    planned("four");
    const failure = await failureOf(stack.up(program(false), { plan }));
    expect(failure).toMatch(/violates plan: properties changed: ~~\w+From\[/);
    expect(failure).not.toContain("c4n4ry");
    expect(inClouds()).toEqual(["c4n4ry two", "c4n4ry two", "c4n4ry two"]);
  });

  it("does not hold a name that is left out", async () => {
    const nameless = async () => void new CsmsSecret("nameless", { secretString: "c4n4ry" });
    await stack.preview(nameless, { plan });
    expect(await failureOf(stack.up(nameless, { plan }))).toMatch(/violates plan: .*name\[\{nameless-\w{7}\}\]/);
  });
});

it("what a plan does not allow is printed by the engine, a value of the program in plain text", async () => {
  const leaky = await startStack();
  const program = (secretString: string) => async () => void new CsmsSecret("app", { name: "app", secretString });
  await leaky.preview(program("c4n4ry one"), { plan: planOf(leaky) });
  const failure = await failureOf(leaky.up(program("c4n4ry two"), { plan: planOf(leaky) }));
  expect(failure).toMatch(/violates plan: .*secretString\[.*c4n4ry one.*!=.*c4n4ry two.*\]/);
  await apart(() => expect(leaky.stop()).rejects.toThrow("a canary in the error of pulumi up"));
}, 120_000);
