import { chmod, copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DYNAMIC_PROVIDER } from "./cache.mts";
import { lookUp } from "./cli.mts";
import { during, type Output } from "./progress.mts";
import { run } from "./run.mts";

const TOOLS = fileURLToPath(new URL("..", import.meta.url));
const COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const LIST_TIMEOUT_MS = 15 * 60_000;
const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * Builds the CLI that tools/go.mod pins into `root`/bin, with the dynamic provider's starter beside it: about 4 minutes
 * on two cores, seconds with a warm Go cache. Errors: no Go, or what Go complains of.
 */
export async function buildWithGo(root: string, env: NodeJS.ProcessEnv, out: Output): Promise<void> {
  const go = lookUp("go", env);
  if (go === undefined) throw new Error("no `go` on PATH");
  const version = await pinnedVersion();
  const bin = join(root, "bin");
  await mkdir(bin);
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  const total = await download(go, goEnv, out);
  await compile(go, goEnv, out, version, join(bin, "pulumi"), total);
  const starter = join(bin, DYNAMIC_PROVIDER);
  await copyFile(fileURLToPath(new URL(DYNAMIC_PROVIDER, import.meta.url)), starter);
  await chmod(starter, 0o755);
}

async function pinnedVersion(): Promise<string> {
  const pinned = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(await readFile(join(TOOLS, "go.mod"), "utf8"))?.[1];
  if (pinned === undefined) throw new Error("tools/go.mod pins no version of the CLI");
  return pinned;
}

/** Listing the packages fetches the modules; the count is what compiling is measured against. */
async function download(go: string, env: NodeJS.ProcessEnv, out: Output): Promise<number> {
  let modules = 0;
  const onLine = (line: string) => {
    if (line.startsWith("go: downloading")) modules += 1;
  };
  const args = ["list", "-C", TOOLS, "-mod=readonly", "-deps", COMMAND];
  const listed = run(go, args, { env, timeoutMs: LIST_TIMEOUT_MS, onLine });
  return (await during(out, () => `go: ${modules} modules downloaded`, listed)).split("\n").length;
}

async function compile(
  go: string,
  env: NodeJS.ProcessEnv,
  out: Output,
  version: string,
  target: string,
  total: number,
): Promise<void> {
  let packages = 0;
  const onLine = (line: string) => {
    if (!/\s/.test(line)) packages += 1;
  };
  // without the version in it the Automation API refuses the CLI
  const ldflags = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
  const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-v", "-ldflags", ldflags];
  const built = run(go, ["build", "-C", TOOLS, ...flags, "-o", target, COMMAND], {
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
    onLine,
  });
  await during(out, () => `go: ${packages} of at most ${total} packages compiled`, built);
}
