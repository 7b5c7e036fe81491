import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import { type Counts, total } from "./counts.mts";

const shown = (count: number) => count.toLocaleString("en");

/** Lines in the shape of vitest's own; none for what no test was about. */
export function summaryOf({ runs, faults, retries, orphans, leaks, searches }: Counts): string[] {
  const programs = `${shown(runs)} random programs`;
  const searched = [
    ...(searches > 0 ? [`what ${shown(searches)} end-to-end stacks wrote and printed`] : []),
    ...(runs > 0 ? [`the messages that ${programs} got`] : []),
  ].join(", and ");
  const lines: [string, string | false][] = [
    ["Programs", runs > 0 && `${programs} lived through, ${shown(orphans)} orphans`],
    ["Faults", faults > 0 && `${shown(faults)} injected into calls (delays not counted)`],
    ["Retries", retries > 0 && `${shown(retries)} (those of providers that the engine started not counted)`],
    ["Leaks", searched !== "" && `${shown(leaks)} (searched: ${searched})`],
  ];
  return lines.flatMap(([label, text]) => (text ? [`${label.padStart(11)}  ${text}`] : []));
}

/** Ends each run of the tests with what they came to together, failed ones included. */
export class Summary implements Reporter {
  readonly #say: (text: string) => void;
  readonly #file: string | undefined;

  /** `file` gets the counts as JSON. */
  constructor(say: (text: string) => void, file?: string) {
    this.#say = say;
    this.#file = file;
  }

  onTestRunEnd(modules: readonly Pick<TestModule, "meta">[]): void {
    const counts = total(modules.map((module) => module.meta().counts));
    const lines = summaryOf(counts);
    if (lines.length > 0) this.#say(`${lines.join("\n")}\n`);
    if (this.#file) writeFileSync(this.#file, JSON.stringify(counts));
  }
}
