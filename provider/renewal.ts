import type { Keys } from "./settings";

/** Keys that end at a time, in milliseconds since 1970; at once where it is not known. */
export interface TemporaryKeys extends Keys {
  readonly endsAt?: number | undefined;
}

/** Whether others came in place of keys that were refused. */
export const areOthers = (keys: Keys, refused: Keys): boolean =>
  keys.accessKey !== refused.accessKey ||
  keys.secretKey !== refused.secretKey ||
  keys.securityToken !== refused.securityToken;

/** Temporary keys are renewed so long before they end. */
const marginMs = 5 * 60_000;
/** So soon after a question, another one gets no other answer. */
export const pauseMs = 60_000;

/** The temporary keys of one sign-in: asked for once, by one request at a time, and again before they end. */
export class Renewal {
  private current: TemporaryKeys | undefined;
  private asking: Promise<TemporaryKeys> | undefined;
  /** When the last question ended. */
  private askedAt = Number.NEGATIVE_INFINITY;

  /** Keys that are good for a while. As long as the last ones hold, a failure to renew them is no failure. */
  async keys(ask: () => Promise<TemporaryKeys>): Promise<TemporaryKeys> {
    const keys = this.current;
    const leftMs = () => (keys?.endsAt ?? 0) - Date.now();
    const isDue = leftMs() < marginMs && Date.now() - this.askedAt >= pauseMs;
    if (keys && leftMs() > 0 && !isDue) return keys;
    try {
      this.asking ??= this.ask(ask);
      return await this.asking;
    } catch (error) {
      if (!keys || leftMs() <= 0) throw error;
      return keys;
    }
  }

  /** Whether asking again may help against a refusal of these keys, which then are forgotten; surely so where they are told to have ended. */
  forget(refused: Keys, haveEnded = false): boolean {
    if (this.current !== refused) return true;
    if (!haveEnded && Date.now() - this.askedAt < pauseMs) return false;
    this.current = undefined;
    return true;
  }

  private async ask(ask: () => Promise<TemporaryKeys>): Promise<TemporaryKeys> {
    try {
      this.current = await ask();
      return this.current;
    } finally {
      this.askedAt = Date.now();
      this.asking = undefined;
    }
  }
}

const renewals = new Map<string, Renewal>();

/** The one renewal of who signs in at an address, shared by all resources of this process. */
export function renewalOf(address: string, account: string): Renewal {
  const key = `${address} ${account}`;
  const renewal = renewals.get(key) ?? new Renewal();
  renewals.set(key, renewal);
  return renewal;
}
