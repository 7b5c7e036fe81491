import { type CloudError, isKind } from "./errors";

/** Calls in a second that any service bears: below that, only the delays between attempts slow down. */
const lowestRate = 2;
/** Above that there is nothing to hold back. */
const highestRate = 1_000;
const fallAtThrottling = 0.7;
/** By so many calls a second each success raises the rate: a quarter more every second. */
const riseAtSuccess = 0.25;
const longestCloseMs = 60_000;

/**
 * The calls to one service by one account. They all go at once until the service throttles one; from then on they
 * stand in one line, at a rate that falls with each throttling and rises again as long as there is none. Its clock is
 * monotonic, so that setting the machine's stops nothing.
 */
export class Limiter {
  private rate = Number.POSITIVE_INFINITY;
  private line: Promise<unknown> = Promise.resolve();
  private nextAt = 0;
  private fellAt = 0;
  /** When the calls of the last second succeeded. */
  private successes: readonly number[] = [];

  /** Waits for the turn of one call, and tells when it came. */
  turn(): Promise<number> {
    const turn = this.line.then(async () => {
      for (let ms = this.waitMs(); ms > 0; ms = this.waitMs()) await new Promise((resolve) => setTimeout(resolve, ms));
      const now = performance.now();
      if (Number.isFinite(this.rate)) this.nextAt = now + 1_000 / this.rate;
      return now;
    });
    this.line = turn;
    return turn;
  }

  /** Learns from how a call ended that began then. */
  ended(started: number, failure?: unknown): void {
    const now = performance.now();
    this.successes = this.successes.filter((time) => time > now - 1_000);
    if (isKind(failure, "throttled")) this.fall(started, now, failure);
    else {
      this.successes = [...this.successes, now];
      const risen = this.rate + riseAtSuccess;
      this.rate = risen > highestRate ? Number.POSITIVE_INFINITY : risen;
    }
  }

  /** What was under way when the rate fell last says nothing of the new one. */
  private fall(started: number, now: number, { retryAfterMs = 0 }: CloudError): void {
    if (started >= this.fellAt) {
      this.rate = Math.max(lowestRate, fallAtThrottling * Math.min(this.rate, this.successes.length));
      this.fellAt = now;
    }
    // A service that says when to come back says it to all.
    this.nextAt = Math.max(this.nextAt, now + Math.min(retryAfterMs, longestCloseMs), now + 1_000 / this.rate);
  }

  private waitMs(): number {
    return Math.ceil(this.nextAt - performance.now());
  }
}

const limiters = new Map<string, Limiter>();

/** The one limiter of an endpoint and an account in this process. */
export function limiterOf(endpoint: string, account: string): Limiter {
  const key = `${endpoint} ${account}`;
  const limiter = limiters.get(key) ?? new Limiter();
  limiters.set(key, limiter);
  return limiter;
}
