import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../tools/bench/arguments.mts";
import { EMPTY, FACTS, KINDS, STEPS } from "../../tools/bench/kinds.mts";
import { type Bench, type Life, live } from "../../tools/bench/measure.mts";
import { plot } from "../../tools/bench/plot.mts";
import { median, type Report, summarize, table } from "../../tools/bench/report.mts";
import { temporaryFolder } from "./fakes";

const options = { n: 6, latencyMs: 5, kinds: KINDS, rounds: 2, out: "" };

describe("the benchmark's arguments", () => {
  it("have defaults", () => {
    expect(readArguments([], "/out")).toEqual({ n: 1000, latencyMs: 20, kinds: KINDS, rounds: 1, out: "/out" });
  });

  it("choose one kind, the size, the latency, the rounds and the folder", () => {
    const args = ["--n", "30", "--latency-ms", "0", "--kind", "gpdb", "--rounds", "2", "--out", "/there"];
    expect(readArguments(args, "/out")).toEqual({ n: 30, latencyMs: 0, kinds: ["gpdb"], rounds: 2, out: "/there" });
  });

  it("may ask for help only", () => {
    expect(readArguments(["--help"], "/out")).toBeUndefined();
  });

  it.each([
    [["--n", "2"], "--n must be a whole number from 3 to 10000"],
    [["--n", "ten"], "--n must be a whole number from 3 to 10000"],
    [["--latency-ms", "1.5"], "--latency-ms must be a whole number from 0 to 10000"],
    [["--rounds", "0"], "--rounds must be a whole number from 1 to 20"],
    [["--kind", "rds"], "--kind must be one of mix, kms, gpdb, csms"],
    [["--m", "3"], "Unknown option '--m'"],
    [["60"], "Unexpected argument '60'"],
  ])("%j are refused with a reason", (args, reason) => {
    expect(() => readArguments(args, "/out")).toThrow(reason);
  });
});

describe("counts", () => {
  /** An engine that reports so many creations, and a cloud that was called so often. */
  const pretend = (create: number, calls: number) =>
    live(
      {
        options,
        say: () => {},
        config: {},
        signal: new AbortController().signal,
        emulator: { calls: (since?: number) => (since === undefined ? [] : Array(calls).fill({ service: "kms" })) },
        sandbox: {
          stack: async () => ({
            setAllConfig: async () => {},
            up: async () => ({ summary: { resourceChanges: { create } } }),
          }),
        },
      } as unknown as Bench,
      0,
    );

  it("of resources that are wrong end the run", async () => {
    await expect(pretend(6, 2)).rejects.toThrow('resources in create: expected {"create":7}, found {"create":6}');
  });

  it("of calls that are wrong end the run", async () => {
    await expect(pretend(7, 3)).rejects.toThrow("calls to kms in create: expected 2, found 3");
  });
});

describe("the report", () => {
  const size = { whole: 1_000, inputs: 300, outputs: 400, trace: 200 };
  const perStep = <T>(value: T) => Object.fromEntries(STEPS.map((step) => [step, value]));
  const life = (ours: number, floor: number) =>
    ({
      ms: perStep({ ours: [ours], floor: [floor] }),
      calls: perStep({ kms: 1, gpdb: 1, csms: 1 }),
      state: {
        [EMPTY]: size,
        [FACTS.kms.type]: size,
        [FACTS.gpdb.type]: size,
        [FACTS.csms.type]: { ...size, whole: 1_501 },
      },
      peak: { ours: ours * 2 ** 20, floor: undefined },
    }) as unknown as Life;
  const report = (...lives: Life[]): Report => summarize(options, "3.259.0", lives, { ours: 151, floor: 1 });

  it("takes medians of times and the highest peak", () => {
    const { steps, peakBytes, secrets } = report(life(100, 100), life(130, 100), life(120, 100));
    expect(steps.map(({ ratio }) => ratio)).toEqual([1.2, 1.2, 1.2, 1.2, 1.2]);
    expect([peakBytes.ours, peakBytes.floor, secrets]).toEqual([
      130 * 2 ** 20,
      undefined,
      { kms: 2, gpdb: 2, csms: 2 },
    ]);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("puts each target beside what is reached", () => {
    const lines = table(report(life(110, 100))).split("\n");
    const of = (name: string) => lines.find((line) => line.startsWith(name));
    expect(of("create")).toMatch(/0\.11 s +0\.10 s +1\.10 +✓ ≤ 1\.15 +1 +1 +1$/);
    expect(of("no change")).toContain("✗ ≤ 1.05");
    expect(of("state, kms")).toMatch(/1000 B +1000 B +✓ ≤ 1500$/);
    expect(of("state, csms")).toContain("✗ ≤ 1500");
    expect(of("start")).toMatch(/151 ms +1 ms +✓ ≤ 150$/);
    expect(of("peak memory")).toMatch(/110 MB +not available here$/);
  });

  it("plots a bar for each step and side, the longest at full height", () => {
    const svg = plot(report(life(110, 100)));
    expect(svg.match(/<rect [^>]*><title>/g)).toHaveLength(2 * STEPS.length);
    expect(svg).toContain('y="64.0"');
    expect(svg).toContain("× 1.10");
    expect(svg).not.toContain("NaN");
  });
});

describe("npm run bench", () => {
  it("measures whole lives through the real engine, and writes them down", async () => {
    const out = temporaryFolder();
    const args = ["tools/bench.mts", "--n", "3", "--latency-ms", "0", "--out", out];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toContain("3 secrets (1 kms, 1 gpdb, 1 csms)");
    const report = JSON.parse(readFileSync(join(out, "bench.json"), "utf8")) as Report;
    expect(report.steps.map(({ step, callsPerSecret }) => [step, callsPerSecret])).toEqual([
      ["create", { kms: 1, gpdb: 2, csms: 1 }],
      ["change", { kms: 2, gpdb: 3, csms: 2 }],
      ["no change", { kms: 0, gpdb: 0, csms: 0 }],
      ["refresh", { kms: 3, gpdb: 1, csms: 4 }],
      ["destroy", { kms: 2, gpdb: 1, csms: 2 }],
    ]);
    expect(Object.keys(report.stateBytes)).toHaveLength(4);
    if (process.platform === "linux") expect(report.peakBytes.ours).toBeGreaterThan(40 * 2 ** 20);
    expect(readFileSync(join(out, "bench.svg"), "utf8")).toMatch(/^<svg /);
  }, 180_000);

  it("ends with 1 and the reason when an argument is wrong", async () => {
    const run = promisify(execFile)(process.execPath, ["tools/bench.mts", "--n", "0"]);
    await expect(run).rejects.toMatchObject({ code: 1, stderr: "--n must be a whole number from 3 to 10000\n" });
  });
});
