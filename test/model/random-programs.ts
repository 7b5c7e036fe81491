import { expect, vi } from "vitest";
import { startEmulator } from "../../emulator/server";
import { count } from "../counts.mts";
import { fasterClock } from "../faster-clock";
import { configFor } from "../stack-config";
import { Effects } from "./effects";
import { lane, type Tally } from "./lanes";
import { steps } from "./plans";
import { SmallEngine } from "./small-engine";

vi.mock("../../provider/hosts/engine-log", () => ({ warner: () => async () => undefined }));

vi.unmock("../../provider/limiter");

const { MODEL_SEED, MODEL_PATH, MODEL_RUNS } = process.env;
/** Lanes of runs side by side, as much of a run is waiting. */
const lanes = MODEL_PATH ? 1 : 4;
const runs = Math.ceil(Number(MODEL_RUNS ?? 5_000) / 2 / lanes);

/** Lives through one half of all runs, by seeds that the other half has not: each is a file, as files are what cores share. */
export async function liveThroughHalf(half: 1 | 2): Promise<void> {
  const tally: Tally = { runs: 0, faults: 0, orphans: 0, leaks: 0 };
  const normally = fasterClock(100);
  try {
    const first = Number(MODEL_SEED ?? 1) + (half - 1) * lanes;
    const seeds = Array.from({ length: lanes }, (_, n) => (MODEL_PATH ? Number(MODEL_SEED) : first + n));
    const file = `test/model/provider-${half}.test.ts`;
    const outcomes = await Promise.allSettled(seeds.map((seed) => inLane(file, seed, tally)));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  } finally {
    normally();
    count({ ...tally, faults: 0 });
  }
  expect(tally).toMatchObject({ orphans: 0, leaks: 0 });
  expect(tally.runs).toBeGreaterThan(0);
  // A few programs may meet none.
  if (tally.runs >= 100) expect(tally.faults).toBeGreaterThan(tally.runs / 4);
}

async function inLane(file: string, seed: number, tally: Tally): Promise<void> {
  const effects = new Effects();
  const emulator = await startEmulator({ now: () => Date.now(), onRequest: () => effects.note(emulator) });
  const freshEngine = async () => new SmallEngine(configFor(emulator));
  try {
    await lane({ emulator, freshEngine, effects }, { file, seed, path: MODEL_PATH, runs, steps }, tally);
  } finally {
    await emulator.close();
  }
}
