import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const KEPT_LINES = 40;

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  /** Called with each line of stderr. */
  onLine?(line: string): void;
}

/**
 * Runs a command to its end and returns its stdout. It runs in a process group of its own, which ends with the time limit
 * and with this process. Errors: not startable, too slow, or a non-zero exit with the last lines of stderr.
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
  const child = spawn(command, args, { env: options.env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(signal ?? String(code)));
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child, "SIGKILL");
  }, options.timeoutMs);
  const release = stopWithUs(child);
  const stdout: string[] = [];
  const stderr: string[] = [];
  eachLine(child.stdout, (line) => stdout.push(line));
  eachLine(child.stderr, (line) => {
    options.onLine?.(line);
    if (stderr.push(line) > KEPT_LINES) stderr.shift();
  });
  try {
    const end = await ended;
    if (late) throw new Error(`stopped after ${options.timeoutMs / 1_000} s`);
    if (end !== "0") throw new Error(`ended with ${end}${complaint(stderr)}`);
    return stdout.join("\n");
  } finally {
    clearTimeout(timer);
    release();
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
}

/** What a person would look at: the last lines that are sentences, without credentials of a proxy's URL. */
function complaint(lines: string[]): string {
  const said = lines.filter((line) => /\S\s+\S/.test(line) && !line.startsWith("go: downloading")).slice(-3);
  const text = said.map((line) => line.trim().replace(/:\/\/[^/\s@]+@/g, "://")).join(" | ");
  return text && `: ${text.slice(-500)}`;
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // the group is gone, or the platform knows none
  }
}

/** A group of its own gets no Ctrl-C from the terminal, so it is handed on. */
function stopWithUs(child: ChildProcess): () => void {
  const handlers = STOPPING.map((signal) => {
    const handler = () => {
      stop(child, signal);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.once(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
