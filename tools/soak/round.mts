import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Counts } from "../../test/counts.mts";
import { run } from "../engine/run.mts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const VITEST = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const LONGEST_MS = 3_600_000;
/** So many that a round takes about a minute. */
const RUNS = { MODEL_RUNS: "200", ENGINE_RUNS: "5" };

/** What one round of the model's tests came to. */
export interface Round {
  readonly counts: Partial<Counts>;
  readonly failure?: Failure;
}

export interface Failure {
  /** All that the tests complained of. */
  readonly said: string;
  /** The command that does it again. */
  readonly again: string;
}

/** Runs the model's tests with this seed, all that they write being in a folder that is removed. */
export async function playRound(seed: number): Promise<Round> {
  const folder = await mkdtemp(join(tmpdir(), "cloud-secrets-soak-"));
  const counts = join(folder, "counts.json");
  const { MODEL_PATH: _, ...inherited } = process.env;
  const own = { ...RUNS, ...inherited, MODEL_SEED: String(seed) };
  const env = { ...own, COUNTS_FILE: counts, TMPDIR: folder, NO_COLOR: "1", FORCE_COLOR: undefined };
  const said: string[] = [];
  try {
    const args = [VITEST, "run", "--root", PACKAGE, "test/model"];
    const onLine = (line: string) => said.push(line);
    const failure = await run(process.execPath, args, { env, timeoutMs: LONGEST_MS, onLine }).then(
      () => undefined,
      (error: Error) => failureOf([...said, error.message.split(": ")[0]].join("\n"), own),
    );
    return {
      counts: existsSync(counts) ? JSON.parse(await readFile(counts, "utf8")) : {},
      ...(failure && { failure }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tests name the very case where they know it; else it is the whole round. */
export function failureOf(said: string, env: Readonly<Record<string, string | undefined>>): Failure {
  const [, named] = /^Again: (.+)$/m.exec(said) ?? [];
  const settings = ["MODEL_SEED", "MODEL_RUNS", "ENGINE_RUNS"].map((name) => `${name}=${env[name]}`);
  return { said, again: named ?? `${settings.join(" ")} npx vitest run test/model` };
}
