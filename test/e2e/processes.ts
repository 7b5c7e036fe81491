import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Process {
  readonly pid: number;
  readonly args: string;
}

const engine = /\/pulumi (up|refresh|destroy) /;
const provider = /node .*cmd\/dynamic-provider/;

/** What runs below this test's own process. */
export async function ownProcesses(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eww", "-o", "pid=,ppid=,args="], { maxBuffer: 2 ** 26 });
  const parents = new Map<number, number>();
  const all = stdout.split("\n").flatMap((line) => {
    const [, pid, parent, args = ""] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    parents.set(Number(pid), Number(parent));
    return pid ? [{ pid: Number(pid), args }] : [];
  });
  const isOwn = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOwn(parent));
  };
  return all.filter(({ pid }) => isOwn(pid));
}

/** Kills the engine's process for dynamic resources, as a machine does that runs out of memory. */
export async function killProvider(): Promise<void> {
  if ((await kill(provider)) === 0) throw new Error("the engine runs no provider");
}

/** Kills the engine, and the provider that it would leave behind. */
export const killEngine = () => kill(engine, provider);

/** Tells how many there were. */
async function kill(...kinds: readonly RegExp[]): Promise<number> {
  const all = await ownProcesses();
  const found = kinds.flatMap((kind) => all.filter(({ args }) => kind.test(args)));
  for (const { pid } of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }
  return found.length;
}

/** Tells the command lines of what runs below this test while something is done, and of nothing that comes after it. */
export async function watchCommandLines<T>(tell: (args: string) => void, act: () => Promise<T>): Promise<T> {
  let isDone = false;
  const timer = setInterval(async () => {
    const processes = await ownProcesses();
    if (!isDone) for (const { args } of processes) tell(args);
  }, 250);
  try {
    return await act();
  } finally {
    isDone = true;
    clearInterval(timer);
  }
}
