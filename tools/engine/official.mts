import { fileURLToPath } from "node:url";
import { run } from "./run.mts";

const SCRIPT = "https://get.pulumi.com/install.sh";
const REACH_TIMEOUT_MS = 8_000;
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/** Resolves once get.pulumi.com answers. Errors: no answer within 8 s, or one that is no success. */
export async function reachInstaller(): Promise<void> {
  const signal = AbortSignal.timeout(REACH_TIMEOUT_MS);
  const reply = await fetch(SCRIPT, { method: "HEAD", signal }).catch(
    (error: Error & { cause?: { code?: string } }) => {
      const why = error.name === "TimeoutError" ? `no answer in ${REACH_TIMEOUT_MS / 1_000} s` : error.cause?.code;
      throw new Error(`get.pulumi.com cannot be reached (${why ?? error.message})`, { cause: error });
    },
  );
  if (!reply.ok) throw new Error(`get.pulumi.com answers ${reply.status}`);
}

/** Installs the CLI of the SDK's own version into `root`, in a process that can be stopped. Limit: 15 minutes. */
export async function installOfficial(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const script = fileURLToPath(new URL("./install-official.mts", import.meta.url));
  await run(process.execPath, [script, root], { env, timeoutMs: INSTALL_TIMEOUT_MS });
}
