import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Deployment,
  type DestroyOptions,
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  type PreviewOptions,
  PulumiCommand,
  type PulumiFn,
  type RefreshOptions,
  type Stack,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { inject } from "vitest";
import { DEFAULT_CREDENTIALS, type EmulatorOptions, startEmulator } from "../../emulator/server";
import { configFor } from "../stack-config";

export const passphrase = "c4n4ry passphrase";

/** What one command came to. */
export interface Run {
  /** What the engine did in its order, such as `create app`; what stays the same is left out. */
  readonly steps: readonly string[];
  /** What the program exports. */
  readonly outputs: Record<string, unknown>;
  readonly printed: string;
  /** The engine's events as it tells them to other programs, without those that Pulumi's own library sends for debugging. */
  readonly events: string;
}

export interface StateEntry {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly sourcePosition?: string;
  readonly initErrors?: readonly string[];
}

export type TestStack = Awaited<ReturnType<typeof startStack>>;

interface Commands {
  /** The program stays for later commands. */
  up(program?: PulumiFn, options?: UpOptions): Promise<Run>;
  preview(program: PulumiFn, options?: PreviewOptions): Promise<Run>;
  refresh(options?: RefreshOptions): Promise<Run>;
  destroy(options?: DestroyOptions): Promise<Run>;
}

/** A stack of the real engine, with all of its files in a folder of its own and an emulator beside it. */
export async function startStack(options: EmulatorOptions = {}) {
  const emulator = await startEmulator(options);
  const folder = mkdtempSync(join(tmpdir(), "cloud-secrets-e2e-"));
  const stack = await createStack(folder);
  const configure = (settings: Record<string, string>) =>
    stack.setAllConfig(mapValues(settings, (value, key) => ({ value, secret: /:(secret|token)/.test(key) })));
  const { secretKey = DEFAULT_CREDENTIALS.secretKey } = options;
  await configure({ ...configFor(emulator), "alicloud:secretKey": secretKey, "huaweicloud:secretKey": secretKey });
  return {
    emulator,
    folder,
    configure,
    ...commands(stack),
    /** Takes a state with values in plain text, which the engine then encrypts with the stack's key. */
    async import({ version, deployment }: Deployment) {
      const { encryptionSalt: salt } = await stack.workspace.stackSettings("test");
      const secrets_providers = { type: "passphrase", state: { salt } };
      await stack.importStack({ version, deployment: { ...deployment, secrets_providers } });
    },
    /** The program's resources in the state by their names, `[secret]` in the place of what is encrypted. */
    state(): Record<string, StateEntry> {
      const file = readFileSync(join(folder, "state/.pulumi/stacks/e2e/test.json"), "utf8");
      const { checkpoint } = JSON.parse(file, (_, value) => (value?.ciphertext ? "[secret]" : value));
      const resources: StateEntry[] = checkpoint.latest.resources ?? [];
      const own = resources.filter(({ type }) => !type.startsWith("pulumi:"));
      return Object.fromEntries(own.map((entry) => [nameOf(entry.urn), entry]));
    },
    async stop() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createStack(folder: string): Promise<Stack> {
  for (const name of ["work", "state", "home", "tmp"]) mkdirSync(join(folder, name));
  // The engine looks for the dynamic provider, and that for this package, from where the program is.
  symlinkSync(join(__dirname, "../../node_modules"), join(folder, "work/node_modules"), "dir");
  const root = inject("pulumiRoot");
  return LocalWorkspace.createStack(
    { stackName: "test", projectName: "e2e", program: async () => {} },
    {
      workDir: join(folder, "work"),
      pulumiHome: join(folder, "home"),
      pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }),
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        TMPDIR: join(folder, "tmp"),
      },
    },
  );
}

type Told = Pick<UpOptions, "color" | "onEvent" | "onOutput" | "onError">;

function commands(stack: Stack): Commands {
  return {
    up(program = stack.workspace.program, options = {}) {
      stack.workspace.program = program;
      return run((told) => stack.up({ ...options, ...told }));
    },
    preview: (program, options = {}) => run((told) => stack.preview({ ...options, ...told, program })),
    refresh: (options = {}) => run((told) => stack.refresh({ ...options, ...told })),
    destroy: (options = {}) => run((told) => stack.destroy({ ...options, ...told })),
  };
}

async function run(act: (told: Told) => Promise<object>): Promise<Run> {
  const steps: string[] = [];
  let printed = "";
  let events = "";
  const onOutput = (text: string) => {
    printed += text;
  };
  const onEvent = (event: EngineEvent) => {
    if (!event.diagnosticEvent?.prefix?.startsWith("debug")) events += `${JSON.stringify(event)}\n`;
    const { op, urn = "" } = event.resourcePreEvent?.metadata ?? {};
    if (op && op !== "same" && !urn.includes("::pulumi:")) steps.push(`${op} ${nameOf(urn)}`);
  };
  const result = await act({ color: "never", onEvent, onOutput, onError: onOutput });
  const outputs = "outputs" in result ? (result.outputs as OutputMap) : {};
  return { steps, outputs: mapValues(outputs, ({ value }) => value), printed, events };
}

const mapValues = <T, U>(values: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);
