import { vi } from "vitest";

const tickMs = 2;

/** Lets time run so many times as fast for all that waits in this process; sockets go on at their own pace. Returns the way back. */
export function fasterClock(times: number): () => void {
  const { setInterval, clearInterval } = globalThis;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  const timeouts = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("too late", "TimeoutError")), ms);
    return controller.signal;
  });
  const ticking = setInterval(() => vi.advanceTimersByTime(times * tickMs), tickMs);
  return () => {
    clearInterval(ticking);
    timeouts.mockRestore();
    vi.useRealTimers();
  };
}
