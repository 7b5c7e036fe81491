/** What tests came to. */
export interface Counts {
  /** Random programs that were lived through. */
  readonly runs: number;
  /** Calls that the emulator struck; those that it only held back are none. */
  readonly faults: number;
  /** Attempts beyond the first of a call, by a provider in the tests' own process. */
  readonly retries: number;
  /** Secrets of random programs that nobody declares. */
  readonly orphans: number;
  /** Values or credentials where they must not be. */
  readonly leaks: number;
  /** Stacks of the real engine that were searched for leaks. */
  readonly searches: number;
}

declare module "vitest" {
  interface TaskMeta {
    /** Of a file of tests. */
    counts?: Counts;
  }
}

const none: Counts = { runs: 0, faults: 0, retries: 0, orphans: 0, leaks: 0, searches: 0 };
const names = Object.keys(none) as (keyof Counts)[];

/** All of them together; undefined counts as nothing. */
export const total = (all: readonly (Partial<Counts> | undefined)[]): Counts =>
  Object.fromEntries(names.map((name) => [name, all.reduce((sum, one) => sum + (one?.[name] ?? 0), 0)])) as never;

let counted = none;

/** Adds to what the file of tests that runs has come to. */
export function count(more: Partial<Counts>): void {
  counted = total([counted, more]);
}

/** What was counted so far, which is then forgotten. */
export function taken(): Counts {
  const all = counted;
  counted = none;
  return all;
}

/** What an action alone comes to, which is then not counted: what tests plant is no find. */
export async function apart(act: () => Promise<unknown>): Promise<Counts> {
  const before = taken();
  try {
    await act();
    return taken();
  } finally {
    counted = before;
  }
}
