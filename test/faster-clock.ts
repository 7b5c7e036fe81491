import { vi } from "vitest";

const tickMs = 2;
const tooLate = new DOMException("too late", "TimeoutError");

/** Lets time run so many times as fast for all that waits in this process; sockets go on at their own pace. Returns the way back. */
export function fasterClock(times: number): () => void {
  const { setInterval, clearInterval } = globalThis;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  // Nobody clears them, and fake timers look at all there are at each tick.
  const calls = new Map<AbortController, number>();
  const timeouts = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const controller = new AbortController();
    calls.set(controller, performance.now() + ms);
    return controller.signal;
  });
  const ticking = setInterval(() => {
    vi.advanceTimersByTime(times * tickMs);
    const now = performance.now();
    for (const [controller, end] of calls) {
      if (end > now) continue;
      calls.delete(controller);
      controller.abort(tooLate);
    }
  }, tickMs);
  return () => {
    clearInterval(ticking);
    timeouts.mockRestore();
    vi.useRealTimers();
  };
}
