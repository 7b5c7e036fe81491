import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 250;

/** Watches the dynamic provider that this process's engine starts; the kernel keeps its peak. Bytes, undefined where there is no /proc. */
export class PeakMemory {
  peak: number | undefined;
  private readonly timer = setInterval(() => this.sample(), SAMPLE_MS);

  stop(): void {
    clearInterval(this.timer);
  }

  private sample(): void {
    const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(statusOfProvider())?.[1] ?? 0);
    if (kilobytes > 0) this.peak = Math.max(this.peak ?? 0, kilobytes * 1024);
  }
}

/** Other engines may run on the machine: only a descendant of this process counts. */
function statusOfProvider(): string {
  const ids = readdirSafely("/proc").filter((name) => /^\d+$/.test(name));
  const statuses = new Map(ids.map((id) => [id, read(`/proc/${id}/status`)]));
  const parentOf = (id: string) => /^PPid:\s+(\d+)/m.exec(statuses.get(id) ?? "")?.[1];
  const isOurs = (id: string | undefined): boolean =>
    id !== undefined && (id === String(process.pid) || isOurs(parentOf(id)));
  const id = ids.find((one) => /node\0.*dynamic-provider/.test(read(`/proc/${one}/cmdline`)) && isOurs(one));
  return statuses.get(id ?? "") ?? "";
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function readdirSafely(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
