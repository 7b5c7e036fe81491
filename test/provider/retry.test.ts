import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CloudError, type CloudErrorFacts } from "../../provider/errors";
import { type Doing, type RetryLimits, retryLimits, withRetry } from "../../provider/retry";

// What is repeated here is no call, and is not to be counted as one.
vi.unmock("../../provider/retry");

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const error = (facts: Partial<CloudErrorFacts>) => new CloudError({ kind: "unavailable", message: "m", ...facts });
const throttled = (retryAfterMs?: number) => error({ kind: "throttled", retryAfterMs });

/** When each attempt started, in ms, where they end in these ways; what is left over succeeds. */
async function attempts(
  ways: readonly unknown[],
  { does = "adds", ...limits }: Partial<RetryLimits & { does: Doing }> = {},
) {
  const started = performance.now();
  const times: number[] = [];
  const attempt = async () => {
    times.push(Math.round(performance.now() - started));
    const way = ways[times.length - 1];
    if (way !== undefined) throw way;
    return "done";
  };
  const outcome = withRetry(does, attempt, { ...retryLimits, ...limits }).catch((failure: unknown) => failure);
  await vi.runAllTimersAsync();
  return { times, outcome: await outcome };
}

describe("what is repeated", () => {
  it.each<[string, unknown, boolean]>([
    ["a throttled call", throttled(), true],
    ["a call that an instance refused that is not ready yet", error({ kind: "notReady" }), true],
    ["a call that never reached the service", error({ mayHaveActed: false }), true],
    ["a call that may have acted", error({ mayHaveActed: true }), false],
    ["a refused call", error({ kind: "invalid" }), false],
    ["a missing permission", error({ kind: "denied" }), false],
    ["wrong credentials", error({ kind: "credentials" }), false],
    ["a full quota", error({ kind: "quota" }), false],
    ["a defect", new TypeError("m"), false],
  ])("%s", async (_, failure, isRepeated) => {
    const { times, outcome } = await attempts([failure]);
    expect(times.length).toBe(isRepeated ? 2 : 1);
    expect(outcome).toBe(isRepeated ? "done" : failure);
  });

  it("is also a call that may have acted, where doing it twice is doing it once", async () => {
    const { times } = await attempts([error({ mayHaveActed: true })], { does: "sets" });
    expect(times.length).toBe(2);
  });

  it("tells that an earlier attempt may have acted, where the last one is refused", async () => {
    const lost = error({ mayHaveActed: true });
    const denied = { kind: "denied", message: "no permission", code: "Forbidden" } as const;
    const { outcome } = await attempts([lost, error(denied)], { does: "sets" });
    expect(outcome).toMatchObject({ ...denied, mayHaveActed: true });
    const never = await attempts([error({}), error(denied)], { does: "sets" });
    expect(never.outcome).toMatchObject({ ...denied, mayHaveActed: false });
  });

  it("never tells of a call that only reads that it may have acted", async () => {
    const lost = error({ mayHaveActed: true });
    const { times, outcome } = await attempts([lost, lost], { does: "reads", attempts: 2 });
    expect([times.length, outcome]).toMatchObject([2, { kind: "unavailable", message: "m", mayHaveActed: false }]);
  });
});

describe("when it is repeated", () => {
  const always = Array.from({ length: 50 }, () => throttled());

  it("waits twice as long each time, up to the longest delay", async () => {
    const { times } = await attempts(always, { attempts: 6, firstDelayMs: 100, longestDelayMs: 500 });
    expect(times).toEqual([0, 100, 300, 700, 1_200, 1_700]);
  });

  it("waits a random part of that, so that many do not come back together", async () => {
    vi.mocked(Math.random).mockReturnValue(0.25);
    const { times } = await attempts(always, { attempts: 3, firstDelayMs: 100, longestDelayMs: 500 });
    expect(times).toEqual([0, 25, 75]);
  });

  it("waits as long as the service asks", async () => {
    const { times } = await attempts([throttled(7_000), throttled(0)]);
    expect(times).toEqual([0, 7_000, 7_000]);
  });

  it("gives up after so many attempts, with the last error", async () => {
    const { times, outcome } = await attempts(always, { attempts: 4 });
    expect(times.length).toBe(4);
    expect(outcome).toBe(always[3]);
  });

  it("starts no attempt after its last time, whatever it waited for its turns", async () => {
    const { times } = await attempts(Array(100).fill(throttled()), {
      attempts: 100,
      deadlineMs: 1e9,
      latestMs: 60_000,
    });
    expect(times.length).toBeLessThan(100);
    expect(times.at(-1)).toBeGreaterThan(50_000);
    expect(times.at(-1)).toBeLessThanOrEqual(60_000);
  });

  it("starts no attempt after the deadline", async () => {
    const limits = { attempts: 50, deadlineMs: 1_000, firstDelayMs: 100, longestDelayMs: 300 };
    const { times, outcome } = await attempts(always, limits);
    expect(times).toEqual([0, 100, 300, 600, 900, 1_000]);
    expect(outcome).toBe(always[5]);
  });

  it("does not wait for what the service puts off beyond the deadline", async () => {
    const { times, outcome } = await attempts([throttled(3_600_000)]);
    expect(times).toEqual([0]);
    expect(outcome).toMatchObject({ kind: "throttled" });
  });
});
