import { expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../../emulator/server";
import type { Engine } from "./engine";
import { lane } from "./lanes";
import { steps } from "./plans";

it("a failure tells its seed, and the command that does it again", async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  /** It makes nothing, and says that all went well. */
  const idle: Engine = {
    held: () => [],
    up: async () => undefined,
    refresh: async () => undefined,
    destroy: async () => undefined,
  };
  const fail = async (path?: string) => {
    const tally = { runs: 0, faults: 0, orphans: 0, leaks: 0 };
    const chosen = { file: "a.test.ts", seed: 7, path, runs: 20, steps };
    const failed = lane({ emulator, freshEngine: async () => idle }, chosen, tally);
    const message = await failed.then(() => "it did not fail", String);
    return { message, runs: tally.runs };
  };
  const { message } = await fail();
  const [, said, path] =
    /^Error: (.*?each secret is there once.*)\nAgain: MODEL_SEED=7 MODEL_PATH=(\S+) npx vitest run a\.test\.ts$/s.exec(
      message,
    ) ?? [];
  expect(said).toBeDefined();
  const again = await fail(path);
  expect(again).toEqual({ message, runs: 1 });
});
