import fc from "fast-check";
import type { Emulator } from "../../emulator/server";
import { leaks } from "../e2e/leaks";
import { canary } from "./declared";
import type { Effects } from "./effects";
import type { Engine } from "./engine";
import { Files } from "./outside";
import { type Sketch, type Step, sketches } from "./plans";
import { World } from "./world";

/** What a lot of runs came to. */
export interface Tally {
  runs: number;
  faults: number;
  orphans: number;
  leaks: number;
}

export interface Chosen {
  /** The file of the test, for the command that does a failure again. */
  readonly file: string;
  readonly seed: number;
  /** Only this run of that seed, as a failure tells it. */
  readonly path?: string | undefined;
  readonly runs: number;
  readonly steps: fc.Arbitrary<Step[]>;
  /** Whether the first case that fails is enough, however large it is. */
  readonly isSlow?: boolean;
}

/** Where the runs of a lane happen, one after the other. */
export interface Ground {
  readonly emulator: Emulator;
  /** As it is before anybody used it. */
  freshEngine(): Promise<Engine>;
  /** Where one call comes after the other. */
  readonly effects?: Effects;
}

/** Lives through random programs, steps and faults; the seed decides them all. Throws with the smallest case that fails. */
export async function lane({ emulator, freshEngine, effects }: Ground, chosen: Chosen, tally: Tally): Promise<void> {
  const { seed, path, runs, steps, isSlow } = chosen;
  const files = new Files();
  const property = fc.asyncProperty(sketches, steps, async (first, happening) => {
    emulator.reset();
    const needlessSince = effects && ((call: number) => effects.needlessSince(emulator, call));
    await live(new World(emulator, await freshEngine(), files, first, needlessSince), happening, tally);
    tally.faults += emulator.calls().filter(({ fault }) => fault).length;
  });
  const which = path === undefined ? { numRuns: runs } : { numRuns: 1, path };
  const endOnFailure = isSlow === true || path !== undefined;
  const outcome = await fc.check(property, { seed, endOnFailure, ...which }).finally(() => files.remove());
  if (outcome.failed) throw new Error(failureOf(outcome, chosen.file));
}

async function live(world: World, happening: readonly Step[], tally: Tally): Promise<void> {
  tally.runs += 1;
  try {
    await world.live(happening);
  } finally {
    tally.orphans += world.orphans.length;
  }
  const found = leaks({ "what was said": world.said.join("\n") }, { value: canary });
  tally.leaks += found.length;
  if (found.length > 0) throw new Error(`nothing is leaked: ${found}`);
}

function failureOf(outcome: fc.RunDetails<[Sketch[], Step[]]>, file: string): string {
  const { seed, counterexample, counterexamplePath, errorInstance } = outcome;
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${said}\n${JSON.stringify(counterexample)}\nAgain: MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} npx vitest run ${file}`;
}
