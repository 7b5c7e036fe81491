import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fillCache, inspect } from "./cache.mts";
import { type Cli, lookUp, MINIMUM, versionOf } from "./cli.mts";
import { buildWithGo } from "./go.mts";
import { installOfficial, reachInstaller } from "./official.mts";
import { duration, during, type Output } from "./progress.mts";

const CACHE = fileURLToPath(new URL("../../.cache/pulumi", import.meta.url));

/** What `findPulumi` looks at and works with; each has this machine's as its default. */
export interface Surroundings {
  /** The folder that keeps the CLI between runs, in bin/. */
  root: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  out: Output;
  reach: typeof reachInstaller;
  install: typeof installOfficial;
}

interface Way {
  name: string;
  /** Said before it is tried, where that takes more than a moment. */
  slowly?: string;
  find(here: Surroundings): Promise<Cli>;
}

const WAYS: Way[] = [
  { name: "on PATH", find: onPath },
  { name: "in the cache", find: inCache },
  { name: "official installer", slowly: "Asking get.pulumi.com for the Pulumi CLI", find: officially },
  { name: "go build", slowly: "Building the Pulumi CLI with go, once: about 4 minutes on two cores", find: withGo },
];

/**
 * A Pulumi CLI of 3.216.0 or newer: the one on PATH, else the one in `.cache/pulumi`, else one put there by the official
 * installer, else one built there by the machine's Go. A later call finds it at once. Progress goes to stderr.
 * Errors: one that names each way and why it failed. On Windows only PATH is looked at.
 */
export async function findPulumi(options: Partial<Surroundings> = {}): Promise<Cli> {
  const here: Surroundings = {
    root: CACHE,
    env: process.env,
    platform: process.platform,
    out: process.stderr,
    reach: reachInstaller,
    install: installOfficial,
    ...options,
  };
  const failures: string[] = [];
  let said = 0;
  for (const way of here.platform === "win32" ? WAYS.slice(0, 1) : WAYS) {
    if (way.slowly) {
      for (; said < failures.length; said += 1) here.out.write(`Pulumi CLI ${failures[said]}\n`);
      here.out.write(`${way.slowly}\n`);
    }
    try {
      return await way.find(here);
    } catch (error) {
      failures.push(`${way.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(
    `No Pulumi CLI ${MINIMUM} or newer was found, and none could be made:\n` +
      failures.map((failure) => `  - ${failure}\n`).join("") +
      "Install it from https://www.pulumi.com/docs/install/, or Go from https://go.dev/dl/, and try again.",
  );
}

async function onPath({ env }: Surroundings): Promise<Cli> {
  const command = lookUp("pulumi", env);
  if (command === undefined) throw new Error("no `pulumi` there");
  return { command, root: undefined, version: await versionOf(command, env), how: "found on PATH" };
}

async function inCache({ root, env }: Surroundings): Promise<Cli> {
  return cached(root, await inspect(root, env), `found in ${shown(root)}`);
}

async function officially({ root, env, out, reach, install }: Surroundings): Promise<Cli> {
  await reach();
  const start = Date.now();
  const version = await fillCache(root, env, (staging) =>
    during(out, () => "Downloading it with the official installer", install(staging, env)),
  );
  return announced(out, cached(root, version, `installed in ${duration(Date.now() - start)}`));
}

async function withGo({ root, env, out }: Surroundings): Promise<Cli> {
  const start = Date.now();
  const version = await fillCache(root, env, (staging) => buildWithGo(staging, env, out));
  return announced(out, cached(root, version, `built with go in ${duration(Date.now() - start)}`));
}

function cached(root: string, version: string, how: string): Cli {
  return { command: join(root, "bin", "pulumi"), root, version, how };
}

function announced(out: Output, cli: Cli): Cli {
  out.write(`Pulumi CLI ${cli.version} ${cli.how}, kept in ${shown(cli.command)}\n`);
  return cli;
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
