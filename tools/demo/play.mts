import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import { startEmulator } from "pulumi-cloud-secrets/emulator";
import { duration } from "../engine/progress.mts";
import type { Sandbox } from "../engine/sandbox.mts";
import { emulatedClouds } from "../engine/settings.mts";
import { type Cloud, expectSame, type Finding, Observer } from "./observer.mts";
import type { Screen } from "./screen.mts";
import { handsOn, newPassword, quickstart } from "./stage.mts";
import { type Hands, type Step, steps } from "./steps.mts";
import { filesBelow, filesWith, formsOf, holdsAny } from "./traces.mts";

/** Takes each step, then looks for values that should stand nowhere. Errors: a Difference; what the engine complains of. */
export async function play(sandbox: Sandbox, screen: Screen, signal: AbortSignal): Promise<void> {
  const start = Date.now();
  const [first, second, secretKey] = [newPassword(), newPassword(), randomBytes(24).toString("base64")];
  const accessKey = `demo-${randomBytes(6).toString("hex")}`;
  const emulator = await startEmulator({ accessKey, secretKey });
  try {
    screen.say(
      "A secret each in Alibaba Cloud KMS, AnalyticDB and Huawei Cloud CSMS, by the real Pulumi engine;",
      "bold",
    );
    screen.say(`the clouds are emulated on ${emulator.url}.`, "bold");
    const config = emulatedClouds(emulator.url, accessKey, secretKey);
    const stack = await sandbox.stack("quickstart", "demo", quickstart());
    await stack.setAllConfig({ ...config, password: { value: first, secret: true } });
    const names = new Map([
      [first, "first password"],
      [second, "second password"],
    ]);
    const observer = new Observer(emulator.url, names);
    const hands = handsOn(stack, screen, signal, config, second);
    for (const [n, step] of steps.entries()) {
      signal.throwIfAborted();
      screen.headline(`${n + 1} of ${steps.length + 1} · ${step.title}`, step.text);
      await take(step, hands, observer, screen);
    }
    screen.headline(
      `${steps.length + 1} of ${steps.length + 1} · No secret value anywhere`,
      "Neither in what the engine keeps, with backups and history, nor in what was printed.",
    );
    await searchForTraces(sandbox.folder, screen, [first, second, secretKey]);
    screen.say(`\nAll as expected, in ${duration(Date.now() - start)}.`, ["bold", "green"]);
  } finally {
    await emulator.close();
  }
}

/** Acts, and says what the clouds hold then. Errors: a Difference where that is not what the step leads to. */
export async function take(step: Step, hands: Hands, observer: Observer, screen: Screen): Promise<void> {
  await step.act(hands);
  const findings = await observer.look();
  screen.say("Found in the clouds:");
  for (const cloud of Object.keys(findings) as Cloud[]) {
    expectSame(`${step.title}, ${cloud}`, findings[cloud], step.leadsTo[cloud]);
    screen.say(`  ✓ ${cloud.padEnd(12)}${describe(findings[cloud])}`, "green");
  }
}

function describe({ secrets, calls }: Finding): string {
  const called = calls.length === 0 ? "no call" : `called ${calls.join(", ")}`;
  return `${secrets.join(", ") || "no secret"}\n${" ".repeat(16)}${called}`;
}

/** Errors: a Difference where a file or the screen holds a value in any form. */
export async function searchForTraces(folder: string, screen: Screen, values: readonly string[]): Promise<void> {
  const forms = values.flatMap(formsOf);
  const files = await filesBelow(folder);
  const telling = await filesWith(files, ["quickstart-application"]);
  expectSame("Whether the state was among the files", telling.length > 0, true);
  const traced = (await filesWith(files, forms)).map((file) => relative(folder, file));
  expectSame("Files that hold a secret value", traced, []);
  expectSame("Whether a secret value was printed", holdsAny(screen.printed, forms), false);
  const lines = screen.printed.split("\n").length;
  screen.say(
    `  ✓ looked for ${values.length} values in ${files.length} files and ${lines} printed lines:\n` +
      "    plain, escaped for JSON and URLs, in hex and in base64",
    "green",
  );
}
