import { constants } from "node:os";
import { HELP, readArguments } from "./soak/arguments.mts";
import { playRound } from "./soak/round.mts";
import { soak } from "./soak/soak.mts";

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (!options) return console.log(HELP);
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort(name));
  const failure = await soak({ ...options, play: playRound, say: console.log, signal: stopping.signal });
  if (failure) process.exitCode = 1;
  if (!stopping.signal.aborted) return;
  const name = stopping.signal.reason as NodeJS.Signals;
  console.log(`Stopped by ${name}; the round that ran is not counted.`);
  process.exitCode = 128 + constants.signals[name];
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
