import { createHash } from "node:crypto";
import type { Values } from "../fields";

/**
 * Which questions for a difference are a refresh's: what it finds is to be shown, nothing of it is to happen, and it is no
 * word of the program. With `--refresh`, the engine asks them of the same process as those of the program.
 */
export class Refreshes {
  /** How often each id was read, and not yet asked the difference of. */
  private readonly unasked = new Map<string, number>();
  private readonly declared = new Set<string>();

  sawRead(id: string): void {
    this.unasked.set(id, (this.unasked.get(id) ?? 0) + 1);
  }

  /** Check has answered the program so; a refresh of the same resource was before that. */
  sawDeclared(inputs: Values): void {
    this.declared.add(printOf(inputs));
  }

  /** A refresh asks once for each read: never of what the program only looks up, nor where the user wants the older way. */
  isRefresh(id: string, asked: () => Values): boolean {
    const reads = this.unasked.get(id) ?? 0;
    if (reads === 0 || this.declared.has(printOf(asked()))) return false;
    this.unasked.set(id, reads - 1);
    return true;
  }
}

/** The same for inputs that are alike, whatever the order of their members. */
function printOf(inputs: Values): string {
  const text = JSON.stringify(inputs, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("base64");
}
