const TICK_MS = 1_000;
const LINE_MS = 15_000;

/** Where progress goes: `process.stderr`, or anything that takes text. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Milliseconds as people say them: `0.4 s`, `12 s`, `4 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/**
 * Shows `doing()` while `work` runs: on a terminal one line that ticks each second, elsewhere a line every 15 s.
 * Settles as `work` does.
 */
export async function during<T>(out: Output, doing: () => string, work: Promise<T>): Promise<T> {
  const start = Date.now();
  const show = () => {
    const text = `${doing()}, ${duration(Date.now() - start)}`;
    // a line that wraps could not be taken back
    out.write(out.isTTY ? `\r\x1b[2K${text.slice(0, (out.columns ?? 80) - 1)}` : `${text}\n`);
  };
  const timer = setInterval(show, out.isTTY ? TICK_MS : LINE_MS);
  if (out.isTTY) show();
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (out.isTTY) out.write("\r\x1b[2K");
  }
}
