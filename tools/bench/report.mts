import type { BenchOptions } from "./arguments.mts";
import { EMPTY, FACTS, type Kind, STEPS, type Step } from "./kinds.mts";
import { type Life, type Side, type StateBytes, share } from "./measure.mts";

/** What is aimed at; nothing fails where it is missed. */
export const TARGETS = {
  ratio: { create: 1.15, change: 1.15, "no change": 1.05 } as Partial<Record<Step, number>>,
  stateBytes: 1_500,
  startMs: 150,
} as const;

export interface Report {
  readonly n: number;
  readonly latencyMs: number;
  readonly rounds: number;
  readonly secrets: Partial<Record<Kind, number>>;
  readonly engine: string;
  readonly node: string;
  readonly steps: readonly StepReport[];
  readonly stateBytes: Readonly<Record<string, StateBytes>>;
  readonly startMs: Readonly<Record<Side, number>>;
  readonly peakBytes: Readonly<Record<Side, number | undefined>>;
}

export interface StepReport {
  readonly step: Step;
  readonly seconds: Readonly<Record<Side, number>>;
  readonly ratio: number;
  readonly target: number | undefined;
  readonly callsPerSecret: Partial<Record<Kind, number>>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function summarize(
  { n, kinds, latencyMs, rounds }: BenchOptions,
  engine: string,
  lives: readonly Life[],
  startMs: Report["startMs"],
): Report {
  const last = lives.at(-1) as Life;
  const steps = STEPS.map((step): StepReport => {
    const seconds = (side: Side) => median(lives.flatMap((life) => life.ms[step][side])) / 1000;
    const [ours, floor] = [seconds("ours"), seconds("floor")];
    return {
      step,
      seconds: { floor, ours },
      ratio: ours / floor,
      target: TARGETS.ratio[step],
      callsPerSecret: last.calls[step],
    };
  });
  const peak = (side: Side) => Math.max(...lives.map((life) => life.peak[side] ?? 0)) || undefined;
  return {
    n,
    latencyMs,
    rounds,
    secrets: Object.fromEntries(kinds.map((kind) => [kind, share(kind, n, kinds)])),
    engine,
    node: process.version,
    steps,
    stateBytes: last.state,
    startMs,
    peakBytes: { floor: peak("floor"), ours: peak("ours") },
  };
}

/** The report as a person reads it, each target beside what is reached. */
export function table(report: Report): string {
  const kinds = Object.keys(report.secrets) as Kind[];
  const counts = kinds.map((kind) => `${report.secrets[kind]} ${kind}`).join(", ");
  const bytes = (type: string) => report.stateBytes[type]?.whole ?? Number.NaN;
  const { startMs, peakBytes } = report;
  const megabytes = (size: number | undefined) => (size ? `${(size / 2 ** 20).toFixed(0)} MB` : "not available here");
  return [
    `${report.n} secrets (${counts}), answers held back ${report.latencyMs} ms, rounds: ${report.rounds}`,
    `Pulumi ${report.engine}, Node ${report.node}`,
    "",
    row(["step", "secrets", "floor", "ratio", "target", ...kinds.map((kind) => `calls/${kind}`)]),
    ...report.steps.map(({ step, seconds, ratio, target, callsPerSecret }) =>
      row([
        step,
        `${seconds.ours.toFixed(2)} s`,
        `${seconds.floor.toFixed(2)} s`,
        ratio.toFixed(2),
        target === undefined ? "" : aim(ratio, target),
        ...kinds.map((kind) => String(callsPerSecret[kind])),
      ]),
    ),
    "",
    ...kinds.map((kind) => {
      const size = bytes(FACTS[kind].type);
      return row([`state, ${kind}`, `${size} B`, `${bytes(EMPTY)} B`, "", aim(size, TARGETS.stateBytes)]);
    }),
    row([
      "start",
      `${startMs.ours.toFixed(0)} ms`,
      `${startMs.floor.toFixed(0)} ms`,
      "",
      aim(startMs.ours - startMs.floor, TARGETS.startMs),
    ]),
    row(["peak memory", megabytes(peakBytes.ours), megabytes(peakBytes.floor)]),
    "",
    "A change of gpdb is a replacement (delete, create), also of its empty counterpart. State is bytes per resource.",
  ].join("\n");
}

const row = ([first = "", ...cells]: readonly string[]): string =>
  (first.padEnd(13) + cells.map((cell) => ` ${cell.padStart(10)}`).join("")).trimEnd();

const aim = (reached: number, target: number): string => `${reached <= target ? "✓" : "✗"} ≤ ${target}`;
