import { readFile, writeFile } from "node:fs/promises";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "pulumi-cloud-secrets/emulator";
import { inSandbox, type Sandbox } from "./engine/sandbox.mts";
import { emulatedClouds } from "./engine/settings.mts";

interface Recorded {
  existing(): Promise<void>;
  program(value: string, begun?: boolean): PulumiFn;
  readonly cutOff: readonly string[];
}

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const folder = new URL(`../test/states/${version}/`, import.meta.url);
const recorded = (await import(new URL("program.ts", folder).href)) as Recorded;

/** The stack's state after its program ran with two values, and what the clouds hold then. */
async function record(sandbox: Sandbox): Promise<void> {
  const emulator = await startEmulator();
  try {
    await (await open(sandbox, emulator, "other", recorded.existing)).up();
    const stack = await open(sandbox, emulator, "e2e", recorded.program("c4n4ry 1", false));
    await stack.up();
    stack.workspace.program = recorded.program("c4n4ry 2", false);
    await stack.up();
    stack.workspace.program = recorded.program("c4n4ry 2");
    emulator.addFaults({ faults: recorded.cutOff.map((operation) => ({ operation, kind: "quota" })) });
    const failed = await stack.up({ continueOnError: true }).then(
      () => false,
      () => true,
    );
    if (!failed) throw new Error(`nothing was cut off: is each of ${recorded.cutOff.join(", ")} called?`);
    await write("state.json", await stack.exportStack(), emulator);
    await write("clouds.json", emulator.state(), emulator);
  } finally {
    await emulator.close();
  }
}

async function open(sandbox: Sandbox, { url }: Emulator, project: string, program: PulumiFn): Promise<Stack> {
  const stack = await sandbox.stack(project, "test", program);
  await stack.setAllConfig(emulatedClouds(url, DEFAULT_CREDENTIALS.accessKey, DEFAULT_CREDENTIALS.secretKey));
  return stack;
}

/** Where the recording ran is left out, and so is the engine's key, as values are exported in plain text. */
const left = new Set(["sourcePosition", "stackTrace", "secrets_providers"]);

const write = (name: string, content: object, { url }: Emulator) => {
  const text = JSON.stringify(content, (key, value) => (left.has(key) ? undefined : value), 2);
  return writeFile(new URL(name, folder), `${text.replaceAll(url, "http://emulator")}\n`);
};

await inSandbox([], console.log, record);
