import { randomInt } from "node:crypto";
import { type Counts, total } from "../../test/counts.mts";
import { summaryOf } from "../../test/summary.mts";
import type { SoakOptions } from "./arguments.mts";
import type { Failure, Round } from "./round.mts";

const PROGRESS_MS = 60_000;
/** Each round takes a few seeds from the one that it is given on. */
const SEEDS = 2 ** 31 - 1_000;

export interface Soaking extends SoakOptions {
  readonly play: (seed: number) => Promise<Round>;
  readonly say: (text: string) => void;
  /** Ends it; the round that runs then counts for nothing. */
  readonly signal: AbortSignal;
  /** Milliseconds from some moment on. */
  readonly now?: () => number;
}

/** Plays rounds until the time is over, and gives the failure that ended it before. */
export async function soak({
  minutes,
  play,
  say,
  signal,
  now = () => performance.now(),
}: Soaking): Promise<Failure | undefined> {
  const started = now();
  const passed = () => `${((now() - started) / 60_000).toFixed(1)} min`;
  let [rounds, told, counts] = [0, started, total([])];
  let failure: Failure | undefined;
  while (!failure && !signal.aborted && now() - started < minutes * 60_000) {
    const round = await play(randomInt(SEEDS));
    if (signal.aborted) break;
    failure = round.failure;
    counts = total([counts, round.counts]);
    rounds += 1;
    if (now() - told < PROGRESS_MS) continue;
    told = now();
    say(`${passed()} - ${progress(rounds, counts)}`);
  }
  if (failure) say(`${failure.said}\n`);
  say([`${"Rounds".padStart(11)}  ${rounds} in ${passed()}`, ...summaryOf(counts)].join("\n"));
  if (failure) say(`Failed. Again: ${failure.again}`);
  return failure;
}

const progress = (rounds: number, { runs, faults, orphans, leaks }: Counts) =>
  `rounds: ${rounds}, programs: ${runs}, faults: ${faults}, orphans: ${orphans}, leaks: ${leaks}`;
