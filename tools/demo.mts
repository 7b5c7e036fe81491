import { constants } from "node:os";
import { play } from "./demo/play.mts";
import { Screen } from "./demo/screen.mts";
import { openSandbox } from "./engine/sandbox.mts";

const screen = new Screen();

async function main(): Promise<void> {
  const sandbox = await openSandbox();
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort(name));
  try {
    await play(sandbox, screen, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    const name = stopping.signal.reason as NodeJS.Signals;
    screen.say(`\nStopped by ${name}; nothing is left behind.`);
    process.exitCode = 128 + constants.signals[name];
  } finally {
    await sandbox.remove();
  }
}

main().catch((error: Error) => {
  screen.say(`\n✗ ${error.message}`, "red");
  process.exitCode = 1;
});
