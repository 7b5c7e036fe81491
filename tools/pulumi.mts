import { spawn } from "node:child_process";
import { constants } from "node:os";
import { findPulumi } from "./engine/find.mts";

/** Runs the CLI that was found with this process's arguments, terminal and signals; its exit code becomes ours. */
async function main(): Promise<void> {
  const { command } = await findPulumi();
  const child = spawn(command, process.argv.slice(2), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // a terminal gives Ctrl-C to both, and a second one makes the engine drop what it is doing
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
