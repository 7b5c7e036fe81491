import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.mts";

/** The oldest CLI that will do: the floor of the peer dependency on `@pulumi/pulumi`. */
export const MINIMUM = "3.216.0";

const VERSION_TIMEOUT_MS = 20_000;

/** A Pulumi CLI that works. `root` is what `PulumiCommand.get` takes; undefined for the one on PATH. */
export interface Cli {
  command: string;
  root: string | undefined;
  version: string;
  how: string;
}

/** The file that a shell would run for `name`, or undefined. */
export function lookUp(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}

/** True for a file that this user may run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The version that `command` states, without the `v`. Errors: it does not run, states none, or one that will not do. */
export async function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const text = await run(command, ["version"], { env: quiet, timeoutMs: VERSION_TIMEOUT_MS }).catch((error: Error) => {
    throw new Error(`\`${command} version\` ${error.message}`, { cause: error });
  });
  const stated = /^v?(\d+\.\d+\.\d+\S*)/.exec(text)?.[1];
  if (stated === undefined) throw new Error(`\`${command} version\` prints no version`);
  if (!isEnough(stated)) throw new Error(`${command} is ${stated}; ${MINIMUM} or newer, of the same major, is needed`);
  return stated;
}

function isEnough(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = MINIMUM.split(".").map(Number);
  if (major !== wantedMajor) return false;
  return minor === wantedMinor ? patch >= wantedPatch : minor > wantedMinor;
}
