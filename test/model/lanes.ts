import fc from "fast-check";
import { startEmulator } from "../../emulator/server";
import { leaks } from "../e2e/leaks";
import { configFor } from "../stack-config";
import { canary } from "./declared";
import { sketches, steps } from "./plans";
import { World } from "./world";

/** What a lot of runs came to. */
export interface Tally {
  runs: number;
  faults: number;
  orphans: number;
  leaks: number;
}

export interface Chosen {
  readonly seed: number;
  /** Only this run of that seed, as a failure tells it. */
  readonly path?: string | undefined;
  readonly runs: number;
}

/** Lives through random programs, steps and faults; the seed decides them all. Throws with the smallest case that fails. */
export async function lane(chosen: Chosen, tally: Tally): Promise<void> {
  const emulator = await startEmulator({ now: () => Date.now() });
  try {
    const property = fc.asyncProperty(sketches, steps, async (first, happening) => {
      emulator.reset();
      const world = new World(emulator, configFor(emulator), first);
      const kept = await world.live(happening).then(
        () => undefined,
        (broken: Error) => broken,
      );
      tally.runs += 1;
      tally.faults += emulator.calls().filter(({ fault }) => fault).length;
      tally.orphans += world.orphans.length;
      const found = leaks({ "what was said": world.said.join("\n") }, { value: canary });
      tally.leaks += found.length;
      if (kept) throw kept;
      if (found.length > 0) throw new Error(`nothing is leaked: ${found}`);
    });
    const { seed, path, runs } = chosen;
    const outcome = await fc.check(property, { seed, numRuns: runs, ...(path && { path, endOnFailure: true }) });
    if (!outcome.failed) return;
    const { seed: again, counterexample, counterexamplePath, errorInstance } = outcome;
    const { message } = errorInstance as Error;
    throw new Error(
      `${message}\n${JSON.stringify(counterexample)}\nAgain: MODEL_SEED=${again} MODEL_PATH=${counterexamplePath} npx vitest run test/model`,
    );
  } finally {
    await emulator.close();
  }
}
