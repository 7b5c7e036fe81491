import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isExecutable, versionOf } from "./cli.mts";

/** What the engine starts for a dynamic resource; beside `pulumi` it counts as bundled with it. */
export const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

/** Longer than any installation or build may take, so what is older was interrupted. */
const ABANDONED_MS = 3_600_000;

/** The version of the CLI in `root`. Errors: something is missing, or the CLI will not do. */
export async function inspect(root: string, env: NodeJS.ProcessEnv): Promise<string> {
  const missing = ["pulumi", DYNAMIC_PROVIDER].find((name) => !isExecutable(join(root, "bin", name)));
  if (missing !== undefined) throw new Error(`no bin/${missing} in it`);
  return versionOf(join(root, "bin", "pulumi"), env);
}

/**
 * Has `make` fill an empty folder beside `root`, and moves its `bin` into `root` once the CLI in it works: whoever looks
 * at `root` meanwhile sees all or nothing. Returns the version. Errors: those of `make` and `inspect`.
 */
export async function fillCache(
  root: string,
  env: NodeJS.ProcessEnv,
  make: (staging: string) => Promise<void>,
): Promise<string> {
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  const staging = await mkdtemp(`${root}-`);
  try {
    await make(staging);
    const version = await inspect(staging, env);
    return (await publish(staging, root, env)) ? version : await inspect(root, env);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** False where another run was quicker: its CLI may be in use, so it stays. */
async function publish(staging: string, root: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const works = () => inspect(root, env).then(Boolean, () => false);
  if (await works()) return false;
  await rename(join(root, "bin"), join(staging, "replaced")).catch(unlessMissing);
  try {
    await rename(join(staging, "bin"), join(root, "bin"));
    return true;
  } catch (error) {
    if (await works()) return false;
    throw error;
  }
}

async function removeAbandoned(root: string): Promise<void> {
  const parent = dirname(root);
  const names = (await readdir(parent)).filter((name) => name.startsWith(`${basename(root)}-`));
  for (const folder of names.map((name) => join(parent, name))) {
    const made = await stat(folder).catch(unlessMissing);
    if (made && Date.now() - made.mtimeMs > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
