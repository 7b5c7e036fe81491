import { parseArgs } from "node:util";

export const HELP = `Lives through random programs and faults, with other seeds each round, until the time is over or something fails.

npm run soak -- [options]
  --minutes <n>   after which no new round starts, up to 10080 (default 10)
  --help          this text

MODEL_RUNS and ENGINE_RUNS say how many programs a round has against the small engine and the real one.`;

export interface SoakOptions {
  readonly minutes: number;
}

/** Undefined where only help is asked for. Errors: one that names the option and what it takes. */
export function readArguments(args: string[]): SoakOptions | undefined {
  const { values } = parseArgs({ args, options: { minutes: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return undefined;
  const given = values.minutes ?? "10";
  const minutes = Number(given);
  if (!/^\d{1,5}(\.\d{1,4})?$/.test(given) || minutes === 0 || minutes > 10_080)
    throw new Error("--minutes must be a number above 0, up to 10080");
  return { minutes };
}
