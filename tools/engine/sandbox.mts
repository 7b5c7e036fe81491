import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { findPulumi } from "./find.mts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const FOREIGN = /^(PULUMI|ALIBABA_CLOUD|ALICLOUD|HUAWEICLOUD|HW)_/;

export interface Sandbox {
  /** Holds all that the engine writes. */
  readonly folder: string;
  /** Where the backend keeps the state of a stack. */
  stateFile(project: string, name: string): string;
  stack(project: string, name: string, program: PulumiFn): Promise<Stack>;
  remove(): Promise<void>;
}

/** Takes the user's own settings of Pulumi and of the clouds out of an environment, so that nothing real is reached. */
export function forgetSettings(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) if (FOREIGN.test(name)) delete env[name];
}

/**
 * A temporary folder with a file backend and a Pulumi home of its own, where programs and providers find `@pulumi/pulumi`,
 * this package and the `modules` given by their paths. This process forgets the user's settings.
 */
async function openSandbox(modules: readonly string[]): Promise<Sandbox> {
  const { root } = await findPulumi();
  const pulumiCommand = await PulumiCommand.get(root === undefined ? {} : { root });
  forgetSettings(process.env);
  const folder = await mkdtemp(join(tmpdir(), "cloud-secrets-"));
  const [backend, workDir] = [join(folder, "backend"), join(folder, "program")];
  await mkdir(backend);
  await linkModules(join(workDir, "node_modules"), modules);
  const envVars = {
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const options = { pulumiCommand, workDir, pulumiHome: join(folder, "home"), envVars };
  return {
    folder,
    stateFile: (project, name) => join(backend, ".pulumi", "stacks", project, `${name}.json`),
    stack: (projectName, stackName, program) => {
      // without `main` the engine starts providers where this process happens to be
      const projectSettings = { name: projectName, runtime: "nodejs", main: workDir };
      return LocalWorkspace.createStack({ projectName, stackName, program }, { ...options, projectSettings });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Opens a sandbox for `play` and removes it at its end. A signal that would end this process aborts what `play` is given;
 * the exit code is then as a shell has it.
 */
export async function inSandbox(
  modules: readonly string[],
  say: (text: string) => void,
  play: (sandbox: Sandbox, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const sandbox = await openSandbox(modules);
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort(name));
  try {
    await play(sandbox, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    const name = stopping.signal.reason as NodeJS.Signals;
    say(`\nStopped by ${name}; nothing is left behind.`);
    process.exitCode = 128 + constants.signals[name];
  } finally {
    await sandbox.remove();
  }
}

async function linkModules(folder: string, modules: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await symlink(join(PACKAGE, "node_modules", "@pulumi"), join(folder, "@pulumi"), "junction");
  await symlink(PACKAGE, join(folder, "pulumi-cloud-secrets"), "junction");
  for (const file of modules) await symlink(file, join(folder, basename(file)));
}
