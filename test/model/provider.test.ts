import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
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
let normally: () => void;
beforeAll(() => {
  normally = fasterClock(100);
});
afterAll(() => normally());

const { MODEL_SEED, MODEL_PATH, MODEL_RUNS } = process.env;
const file = "test/model/provider.test.ts";
const lanes = MODEL_PATH ? 1 : 4;
const runs = Number(MODEL_RUNS ?? 5_000) / lanes;

/** Lanes of runs side by side, as much of a run is waiting. */
it("whatever happens to a stack, it converges, and nothing is orphaned, put twice or leaked", {
  timeout: 3_600_000,
}, async () => {
  const tally: Tally = { runs: 0, faults: 0, orphans: 0, leaks: 0 };
  onTestFinished(() => count({ ...tally, faults: 0 }));
  const inLane = async (seed: number) => {
    const effects = new Effects();
    const emulator = await startEmulator({ now: () => Date.now(), onRequest: () => effects.note(emulator) });
    const freshEngine = async () => new SmallEngine(configFor(emulator));
    try {
      await lane({ emulator, freshEngine, effects }, { file, seed, path: MODEL_PATH, runs, steps }, tally);
    } finally {
      await emulator.close();
    }
  };
  const first = Number(MODEL_SEED ?? 1);
  const all = Array.from({ length: lanes }, (_, n) => inLane(first + n));
  for (const outcome of await Promise.allSettled(all)) if (outcome.status === "rejected") throw outcome.reason;
  expect(tally).toMatchObject({ orphans: 0, leaks: 0 });
  expect(tally.runs).toBeGreaterThan(0);
  // A few programs may meet none.
  if (tally.runs >= 100) expect(tally.faults).toBeGreaterThan(tally.runs / 4);
});
