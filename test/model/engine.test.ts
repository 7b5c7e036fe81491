import { expect, it, onTestFinished } from "vitest";
import { count } from "../counts.mts";
import { lane, type Tally } from "./lanes";
import { realSteps } from "./plans";
import { RealEngine } from "./real-engine";

const { MODEL_SEED, MODEL_PATH, ENGINE_RUNS } = process.env;
const runs = Number(ENGINE_RUNS ?? 50);

it("whatever happens to a stack of the real engine, also to its processes and its state, it converges, and nothing is orphaned or leaked", {
  timeout: 3_600_000,
}, async () => {
  const tally: Tally = { runs: 0, faults: 0, orphans: 0, leaks: 0 };
  onTestFinished(() => count({ ...tally, faults: 0 }));
  const engine = await RealEngine.start();
  const { stack } = engine;
  const freshEngine = async () => engine;
  const seed = Number(MODEL_SEED ?? 1);
  try {
    await lane(
      { emulator: stack.emulator, freshEngine },
      { file: "test/model/engine.test.ts", seed, path: MODEL_PATH, runs, steps: realSteps, isSlow: true },
      tally,
    );
  } finally {
    await stack.stop();
  }
  expect(tally).toMatchObject({ orphans: 0, leaks: 0 });
  expect(tally.runs).toBeGreaterThan(0);
  if (tally.runs < 50) return;
  for (const [hazard, times] of Object.entries(engine.happened)) expect([hazard, times > 0]).toEqual([hazard, true]);
});
