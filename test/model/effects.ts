import type { Emulator } from "../../emulator/server";
import { everySecret, isWrite } from "./cloud";

/** Knows which calls changed what the clouds hold, where one call comes after the other. */
export class Effects {
  /** What the clouds held before the nth call. */
  private readonly before: string[] = [];

  /** To be called before each call. */
  note(emulator: Emulator): void {
    this.before[emulator.calls().length] = imageOf(emulator);
  }

  /** The writes since then that were carried out and changed nothing. */
  needlessSince(emulator: Emulator, since: number): string[] {
    const after = (n: number) => (n + 1 < emulator.calls().length ? this.before[n + 1] : imageOf(emulator));
    return emulator
      .calls(since)
      .filter((call, n) => isWrite(call) && call.status < 300 && this.before[since + n] === after(since + n))
      .map(({ operation }) => operation);
  }
}

const imageOf = (emulator: Emulator) => JSON.stringify(everySecret(emulator));
