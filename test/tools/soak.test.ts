import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { readArguments } from "../../tools/soak/arguments.mts";
import { failureOf, type Round } from "../../tools/soak/round.mts";
import { soak } from "../../tools/soak/soak.mts";
import { temporaryFolder } from "./fakes";

describe("the soak's arguments", () => {
  it.each([
    [[], 10],
    [["--minutes", "90"], 90],
    [["--minutes", "0.05"], 0.05],
    [["--minutes", "10080"], 10_080],
  ])("%j are taken", (args, minutes) => {
    expect(readArguments(args)).toEqual({ minutes });
  });

  it("may ask for help only", () => {
    expect(readArguments(["--help"])).toBeUndefined();
  });

  it.each([
    [["--minutes", "0"], "--minutes must be a number above 0, up to 10080"],
    [["--minutes", "-1"], "'--minutes' argument is ambiguous"],
    [["--minutes", "ten"], "--minutes must be a number above 0, up to 10080"],
    [["--minutes", "10081"], "--minutes must be a number above 0, up to 10080"],
    [["--minutes", ""], "--minutes must be a number above 0, up to 10080"],
    [["--hours", "3"], "Unknown option '--hours'"],
    [["60"], "Unexpected argument '60'"],
  ])("%j are refused with a reason", (args, reason) => {
    expect(() => readArguments(args)).toThrow(reason);
  });
});

/** A soak of pretended rounds, each of which takes 25 seconds. */
async function pretend(minutes: number, play: (round: number, stop: () => void) => Round) {
  const stopping = new AbortController();
  const said: string[] = [];
  const seeds: number[] = [];
  let seconds = 0;
  const failure = await soak({
    minutes,
    say: (line) => said.push(line),
    signal: stopping.signal,
    now: () => seconds * 1_000,
    play: async (seed) => {
      seeds.push(seed);
      seconds += 25;
      return play(seeds.length, () => stopping.abort("SIGINT"));
    },
  });
  return { failure, said: said.join("\n"), seeds };
}

describe("the soak", () => {
  const counts = { runs: 200, faults: 300, retries: 40, orphans: 0, leaks: 0, searches: 5 };

  it("plays rounds with other seeds until the time is over, and tells each minute how far it is", async () => {
    const { failure, said, seeds } = await pretend(2, () => ({ counts }));
    expect(failure).toBeUndefined();
    expect(new Set(seeds).size).toBe(5);
    expect(said.split("\n")).toEqual([
      "1.3 min - rounds: 3, programs: 600, faults: 900, orphans: 0, leaks: 0",
      "     Rounds  5 in 2.1 min",
      expect.stringContaining("1,000 random programs lived through, 0 orphans"),
      expect.stringContaining("1,500 injected"),
      expect.stringContaining("200 ("),
      expect.stringContaining("0 (searched: what 25 end-to-end stacks"),
    ]);
  });

  it("ends at the first failure with what was said, the summary, and the command that does it again", async () => {
    const failure = failureOf(
      "nothing is orphaned\nAgain: MODEL_SEED=7 MODEL_PATH=3:1 npx vitest run test/model\n",
      {},
    );
    const { said, ...ended } = await pretend(60, (round) => (round === 2 ? { counts, failure } : { counts }));
    expect(ended.failure).toBe(failure);
    expect(said).toMatch(/^nothing is orphaned\n(.|\n)*\n +Rounds +2 in 0\.8 min\n(.|\n)* 400 random programs/);
    expect(said).toMatch(/\nFailed\. Again: MODEL_SEED=7 MODEL_PATH=3:1 npx vitest run test\/model$/);
  });

  it("names the whole round where a failure names no case", () => {
    const { again } = failureOf("it crashed", { MODEL_SEED: "7", MODEL_RUNS: "200", ENGINE_RUNS: "5" });
    expect(again).toBe("MODEL_SEED=7 MODEL_RUNS=200 ENGINE_RUNS=5 npx vitest run test/model");
  });

  it("does not take a round for a failure that was stopped", async () => {
    const { failure, said } = await pretend(60, (round, stop) => {
      if (round === 3) stop();
      return round === 3 ? { counts: {}, failure: failureOf("ended with SIGINT", {}) } : { counts };
    });
    expect(failure).toBeUndefined();
    expect(said).toMatch(/^ +Rounds +2 in 1\.3 min\n/);
  });
});

/** Starts the soak in a short form; `left` is what it leaves in its folder for temporary files. */
function start(env: NodeJS.ProcessEnv, ...args: string[]) {
  const TMPDIR = temporaryFolder();
  const own = { ...process.env, MODEL_RUNS: "8", ENGINE_RUNS: "1", ...env, TMPDIR };
  const child = spawn(process.execPath, [resolve("tools/soak.mts"), ...args], {
    env: Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith("VITEST"))),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = once(child, "close").then(([status]) => status as number);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(""));
  return { child, code, printed, left: () => readdirSync(TMPDIR) };
}

describe("npm run soak", () => {
  it("lives through random programs, and ends well", async () => {
    const { code, printed, left } = start({}, "--minutes", "0.01");
    expect(await printed).toMatch(
      /^ +Rounds +1 in \d\.\d min\n +Programs +\d+ random programs lived through, 0 orphans\n/,
    );
    expect([await code, left()]).toEqual([0, []]);
  }, 180_000);

  it("ends with 1 when a round fails", async () => {
    const { code, printed, left } = start({ MODEL_RUNS: "none" }, "--minutes", "1");
    expect(await printed).toMatch(/Failed\. Again: MODEL_SEED=\d+ .*npx vitest run test\/model\n$/);
    expect([await code, left()]).toEqual([1, []]);
  }, 180_000);

  it("ends with 130 on Ctrl-C in the middle of a round, with the summary, and leaves nothing behind", async () => {
    const { child, code, printed, left } = start({ MODEL_RUNS: "100000" }, "--minutes", "5");
    await vi.waitUntil(() => left().length > 0, 10_000);
    await sleep(3_000);
    child.kill("SIGINT");
    expect(await printed).toMatch(
      /^ +Rounds +0 in \d\.\d min\nStopped by SIGINT; the round that ran is not counted\.\n$/,
    );
    expect([await code, left()]).toEqual([130, []]);
  }, 180_000);

  it("ends with 1 and the reason when an argument is wrong", async () => {
    const { code, printed } = start({}, "--minutes", "0");
    expect([await printed, await code]).toEqual(["--minutes must be a number above 0, up to 10080\n", 1]);
  });
});
