import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../provider/alicloud/kms-secret";
import { apart, type Counts, count, taken } from "./counts.mts";
import { onEmulator } from "./provider/support";
import { Summary } from "./summary.mts";
import { temporaryFolder } from "./tools/fakes";

const module = (counts?: Counts) => ({ meta: () => (counts ? { counts } : {}) });
const nothing: Counts = { runs: 0, faults: 0, retries: 0, orphans: 0, leaks: 0, searches: 0 };

function printed(...modules: ReturnType<typeof module>[]): string[] {
  const lines: string[] = [];
  new Summary((text) => lines.push(...text.split("\n"))).onTestRunEnd(modules);
  return lines;
}

describe("the summary", () => {
  it("adds up what the files of tests came to", () => {
    const model = { ...nothing, runs: 1_000, faults: 2_500, retries: 700 };
    const stacks = { ...nothing, faults: 500, retries: 50, searches: 80 };
    expect(printed(module(model), module(stacks), module(), module({ ...stacks, searches: 7 }))).toEqual([
      "   Programs  1,000 random programs lived through, 0 orphans",
      "     Faults  3,500 injected into calls (delays not counted)",
      "    Retries  800 (those of providers that the engine started not counted)",
      "      Leaks  0 (searched: what 87 end-to-end stacks wrote and printed, and the messages that 1,000 random programs got)",
      "",
    ]);
  });

  it("tells orphans and leaks", () => {
    const lines = printed(module({ ...nothing, runs: 3, orphans: 2, leaks: 4 }), module({ ...nothing, leaks: 1 }));
    expect(lines).toEqual([
      "   Programs  3 random programs lived through, 2 orphans",
      "      Leaks  5 (searched: the messages that 3 random programs got)",
      "",
    ]);
  });

  it("says nothing where there was nothing to count", () => {
    expect(printed(module(), module(nothing))).toEqual([]);
  });

  it("is kept in a file for who asks for one", () => {
    const file = join(temporaryFolder(), "counts.json");
    new Summary(() => undefined, file).onTestRunEnd([module({ ...nothing, searches: 1 }), module()]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ ...nothing, searches: 1 });
  });
});

describe("of this file's own calls", () => {
  const kms = onEmulator(aliyunKmsSecret, "kms");

  it("those that a fault struck and those that were repeated are counted", async () => {
    kms.fault("CreateSecret", { kind: "throttle", retryAfter: 0, times: 2 });
    kms.fault("CreateSecret", { kind: "delay", ms: 1 });
    const counted = await apart(() => kms.create({ secretName: "app", secretData: "c4n4ry" }));
    expect(counted).toEqual({ ...nothing, faults: 2, retries: 2 });
  });

  it("what a test plants is told to it alone, also where it fails", async () => {
    const before = taken();
    count({ runs: 2 });
    expect(await apart(async () => count({ leaks: 3 }))).toEqual({ ...nothing, leaks: 3 });
    await expect(apart(() => Promise.reject(new Error("planted")))).rejects.toThrow("planted");
    expect(taken()).toEqual({ ...nothing, runs: 2 });
    count(before);
  });
});
