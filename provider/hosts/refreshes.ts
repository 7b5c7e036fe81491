import { isDeepStrictEqual } from "node:util";
import type { Values } from "../fields";

/**
 * Which questions for a difference are a refresh's: what it finds is to be shown, nothing of it is to happen, and it is no
 * word of the program. With `--refresh`, the engine asks them of the same process as those of the program.
 */
export class Refreshes {
  /** The ids that were read, and not yet asked the difference of. */
  private readonly unasked: string[] = [];
  private readonly declared: Values[] = [];

  sawRead(id: string): void {
    this.unasked.push(id);
  }

  /** Check has answered the program so; a refresh of the same resource was before that. */
  sawDeclared(inputs: Values): void {
    this.declared.push(inputs);
  }

  /** A refresh asks once for each read: never of what the program only looks up, nor where the user wants the older way. */
  isRefresh(id: string, asked: () => Values): boolean {
    const index = this.unasked.indexOf(id);
    if (index < 0) return false;
    const inputs = asked();
    if (this.declared.some((other) => isDeepStrictEqual(other, inputs))) return false;
    this.unasked.splice(index, 1);
    return true;
  }
}
