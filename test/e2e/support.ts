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
import { count } from "../counts.mts";
import { configFor } from "../stack-config";
import { bar } from "./bar";
import { decryptedBelow, resourcesIn } from "./checkpoints";
import { Evidence } from "./evidence";
import { filesBelow } from "./leaks";
import { watchCommandLines } from "./processes";

export const passphrase = "c4n4ry passphrase";

/** What one command came to. */
export interface Run {
  /** What the engine did in its order, such as `create app`; what stays the same is left out. */
  readonly steps: readonly string[];
  /** What the program exports. */
  readonly outputs: Record<string, unknown>;
  readonly printed: string;
}

export interface StateEntry {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly sourcePosition?: string;
  readonly initErrors?: readonly string[];
  /** Something new has taken its place, and it is still to be deleted. */
  readonly delete?: boolean;
}

export type TestStack = Awaited<ReturnType<typeof startStack>>;

interface Commands {
  /** The program stays for later commands. */
  up(program?: PulumiFn, options?: UpOptions): Promise<Run>;
  preview(program: PulumiFn, options?: PreviewOptions): Promise<Run>;
  refresh(options?: RefreshOptions): Promise<Run>;
  destroy(options?: DestroyOptions): Promise<Run>;
}

interface StackSetting {
  /** Of Pulumi's processes, besides what they need. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A stack of the real engine, with all of its files in a folder of its own and an emulator beside it. When it stops, all
 * that its runs produced is searched for the values of all secrets, and for all credentials.
 */
export async function startStack(options: EmulatorOptions = {}, setting: StackSetting = {}) {
  const { secretKey, token } = { ...DEFAULT_CREDENTIALS, ...options };
  const evidence = new Evidence({ secretKey, token, passphrase });
  const onRequest: EmulatorOptions["onRequest"] = (request) => {
    evidence.see(request);
    evidence.hold(emulator.state());
    options.onRequest?.(request);
  };
  const emulator = await startEmulator({ ...options, onRequest });
  const folder = mkdtempSync(join(tmpdir(), "cloud-secrets-e2e-"));
  const flags: string[] = [];
  const command = await watchedCommand(evidence, flags);
  const stack = await createStack(folder, command, setting);
  const cli = async (...args: string[]) => {
    const { stdout } = await command.run([...args, "--stack", "test"], join(folder, "work"), stack.workspace.envVars);
    return stdout;
  };
  const configure = (settings: Record<string, string>) =>
    stack.setAllConfig(
      mapValues(settings, (value, key) => ({
        value,
        secret: /:(secret|token)|SecretKey|AccessKey$|password/.test(key),
      })),
    );
  const salt = async () => (await stack.workspace.stackSettings("test")).encryptionSalt ?? "";
  const decrypted = async () => decryptedBelow(folder, passphrase, await salt());
  await configure({ ...configFor(emulator), "alicloud:secretKey": secretKey, "huaweicloud:secretKey": secretKey });
  return {
    emulator,
    evidence,
    folder,
    configure,
    /** What the engine's commands are given besides. */
    flags,
    /** What a command of Pulumi's prints. */
    cli,
    ...commands(stack, evidence),
    /** Lets nobody write the state, until what it returns is called. */
    barState: () => bar(join(folder, "state/.pulumi/stacks/e2e"), join(folder, "barred")),
    /** Takes away the lock of an engine that did not come to its end. */
    cancel: () => stack.cancel(),
    /** Takes a state with values in plain text, which the engine then encrypts with the stack's key. */
    async import({ version, deployment }: Deployment) {
      const secrets_providers = { type: "passphrase", state: { salt: await salt() } };
      await stack.importStack({ version, deployment: { ...deployment, secrets_providers } });
    },
    /** Every checkpoint, also old ones, and every plan by its path, with nothing encrypted in it. */
    decrypted,
    entries: () => entriesIn(folder),
    /** The program's resources in the state by their names. */
    state: (): Record<string, StateEntry> =>
      Object.fromEntries(entriesIn(folder).map((entry) => [nameOf(entry.urn), entry])),
    /** All of the state, providers and the stack itself among it. */
    all: () => stateIn(folder),
    /** What the program exports as it stands in the state. */
    exported: () => exportsIn(folder),
    async stop() {
      evidence.hold(emulator.state());
      for (const [path, file] of Object.entries(await decrypted())) evidence.decrypt(path, resourcesIn(file));
      const found = evidence.found(filesBelow(folder));
      count({ searches: 1, leaks: found.length });
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
      if (found.length > 0) throw new Error(`what has to stay hidden stands in the open:\n${found.join("\n")}`);
    },
  };
}

/** The program's resources in the state. */
const entriesIn = (folder: string): StateEntry[] => ownResources(stateIn(folder));

const exportsIn = (folder: string): Record<string, unknown> =>
  stateIn(folder).find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};

const encrypted = "[secret]";

/** All of the state, `[secret]` in the place of what is encrypted. */
function stateIn(folder: string): StateEntry[] {
  const file = readFileSync(join(folder, "state/.pulumi/stacks/e2e/test.json"), "utf8");
  const { checkpoint } = JSON.parse(file, (_, value) => (value?.ciphertext ? encrypted : value));
  return checkpoint.latest?.resources ?? [];
}

const ownResources = (resources: readonly StateEntry[] = []): StateEntry[] =>
  resources.filter(({ type }) => !type.startsWith("pulumi:"));

/** The method by which Pulumi's library runs each command, and which its types leave out. */
interface Runner {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    ...rest: unknown[]
  ): Promise<{ stdout: string; stderr: string }>;
}

/** Pulumi's command, all that it prints and starts being kept, but for what it is asked to show or to encrypt. */
async function watchedCommand(evidence: Evidence, flags: readonly string[]): Promise<PulumiCommand & Runner> {
  const root = inject("pulumiRoot");
  const command = (await PulumiCommand.get(root === undefined ? {} : { root })) as PulumiCommand & Runner;
  const run = command.run.bind(command);
  command.run = async (args, ...rest) => {
    if (args.includes("set-all") || args.includes("--show-secrets")) return run(args, ...rest);
    const place = `pulumi ${args[0]}`;
    const more = args.includes("--event-log") ? flags : [];
    const tellLine = (line: string) => evidence.tell("the command lines", line);
    try {
      const result = await watchCommandLines(tellLine, () => run([...args, ...more], ...rest));
      evidence.tell(`what ${place} prints`, `${result.stdout}\n${result.stderr}`);
      return result;
    } catch (error) {
      evidence.fail(place, error);
      throw error;
    }
  };
  return command;
}

async function createStack(folder: string, pulumiCommand: PulumiCommand, { env }: StackSetting): Promise<Stack> {
  for (const name of ["work", "state", "home", "tmp"]) mkdirSync(join(folder, name));
  // The engine looks for the dynamic provider, and that for this package, from where the program is.
  symlinkSync(join(__dirname, "../../node_modules"), join(folder, "work/node_modules"), "dir");
  const stack = await LocalWorkspace.createStack(
    { stackName: "test", projectName: "e2e", program: async () => {} },
    {
      workDir: join(folder, "work"),
      pulumiHome: join(folder, "home"),
      pulumiCommand,
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        TMPDIR: join(folder, "tmp"),
        // Each command starts Node again, which reads the same modules.
        NODE_COMPILE_CACHE: join(tmpdir(), "cloud-secrets-compile-cache"),
        ...env,
      },
    },
  );
  // Each would be further commands after every one that counts.
  stack.info = async () => undefined;
  const ask = stack.outputs.bind(stack);
  stack.outputs = async () => {
    const exported = exportsIn(folder);
    if (JSON.stringify(exported).includes(encrypted)) return ask();
    return mapValues(exported, (value) => ({ value, secret: false }));
  };
  return stack;
}

type Told = Pick<UpOptions, "color" | "onEvent" | "onOutput" | "onError">;

function commands(stack: Stack, evidence: Evidence): Commands {
  const run = async ({ onEvent }: Pick<Told, "onEvent">, act: (told: Told) => Promise<object>) => {
    try {
      return await follow(act, evidence, onEvent);
    } catch (error) {
      evidence.fail("a run", error);
      throw error;
    }
  };
  return {
    up(program = stack.workspace.program, options = {}) {
      stack.workspace.program = program;
      return run(options, (told) => stack.up({ ...options, ...told }));
    },
    preview: (program, options = {}) => run(options, (told) => stack.preview({ ...options, ...told, program })),
    refresh: (options = {}) => run(options, (told) => stack.refresh({ ...options, ...told })),
    destroy: (options = {}) => run(options, (told) => stack.destroy({ ...options, ...told })),
  };
}

async function follow(act: (told: Told) => Promise<object>, evidence: Evidence, tell: Told["onEvent"]): Promise<Run> {
  const steps: string[] = [];
  let printed = "";
  const onOutput = (text: string) => {
    printed += text;
  };
  const onEvent = (event: EngineEvent) => {
    tell?.(event);
    // Pulumi's own library sends values for debugging.
    if (!event.diagnosticEvent?.prefix?.startsWith("debug")) evidence.tell("the events", JSON.stringify(event));
    const { op, urn = "" } = event.resourcePreEvent?.metadata ?? {};
    if (op && op !== "same" && !urn.includes("::pulumi:")) steps.push(`${op} ${nameOf(urn)}`);
  };
  const result = await act({ color: "never", onEvent, onOutput, onError: onOutput });
  const outputs = "outputs" in result ? (result.outputs as OutputMap) : {};
  return { steps, outputs: mapValues(outputs, ({ value }) => value), printed };
}

const mapValues = <T, U>(values: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);
