import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { KINDS, type Kind } from "./kinds.mts";

export const HELP = `Times the life of N secrets through the real engine, beside N dynamic resources that do nothing.

npm run bench -- [options]
  --n <n>            secrets, from 3 to 10000 (default 1000)
  --latency-ms <n>   how long each answer of the emulated clouds is held back (default 20)
  --kind <kind>      mix, ${KINDS.join(", ")} (default mix: an equal share of each)
  --rounds <n>       whole lives, of which the medians are reported (default 1)
  --out <folder>     where bench.json and bench.svg go (default .cache/bench)
  --help             this text`;

export interface BenchOptions {
  readonly n: number;
  readonly latencyMs: number;
  readonly kinds: readonly Kind[];
  readonly rounds: number;
  readonly out: string;
}

/** Undefined where only help is asked for. Errors: one that names the option and what it takes. */
export function readArguments(args: string[], defaultOut: string): BenchOptions | undefined {
  const text = { type: "string" } as const;
  const options = {
    n: text,
    "latency-ms": text,
    kind: text,
    rounds: text,
    out: text,
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) return undefined;
  const number = (name: "n" | "latency-ms" | "rounds", least: number, most: number, otherwise: number) => {
    const given = values[name] ?? String(otherwise);
    if (/^\d{1,9}$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
    throw new Error(`--${name} must be a whole number from ${least} to ${most}`);
  };
  const kind = values.kind ?? "mix";
  const kinds = kind === "mix" ? KINDS : KINDS.filter((one) => one === kind);
  if (kinds.length === 0) throw new Error(`--kind must be one of mix, ${KINDS.join(", ")}`);
  return {
    n: number("n", 3, 10_000, 1_000),
    latencyMs: number("latency-ms", 0, 10_000, 20),
    kinds,
    rounds: number("rounds", 1, 20, 1),
    out: resolve(process.env.INIT_CWD ?? ".", values.out || defaultOut),
  };
}
