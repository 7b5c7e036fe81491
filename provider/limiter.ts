import { type CloudError, isKind } from "./errors";

/** Calls in a second that any service bears: below that, only the delays between attempts slow down. */
const lowestRate = 2;

/**
 * The calls to one service by one account. They all go at once until the service throttles one; from then on they
 * stand in one line, at a rate that falls with each throttling and rises again as long as there is none.
 */
export class Limiter {
  private readonly rate = import("@smithy/core/retry").then(
    ({ DefaultRateLimiter }) => new DefaultRateLimiter({ minFillRate: lowestRate }),
  );
  private line: Promise<void> = Promise.resolve();
  private closedUntil = 0;

  /** Waits for the turn of one call. */
  turn(): Promise<void> {
    this.line = this.line.then(async () => {
      const rate = await this.rate;
      for (let ms = this.closedFor(); ms > 0; ms = this.closedFor())
        await new Promise((resolve) => setTimeout(resolve, ms));
      await rate.getSendToken();
    });
    return this.line;
  }

  /** Learns from how a call ended. */
  async ended(failure?: unknown): Promise<void> {
    const isThrottled = isKind(failure, "throttled");
    if (isThrottled) this.close(failure);
    (await this.rate).updateClientSendingRate(isThrottled ? { errorType: "THROTTLING" } : {});
  }

  private closedFor(): number {
    return Math.ceil(this.closedUntil - performance.now());
  }

  /** A service that says when to come back says it to all. */
  private close({ retryAfterMs = 0 }: CloudError): void {
    this.closedUntil = Math.max(this.closedUntil, performance.now() + Math.min(retryAfterMs, longestCloseMs));
  }
}

const longestCloseMs = 60_000;

const limiters = new Map<string, Limiter>();

/** The one limiter of an endpoint and an account in this process. */
export function limiterOf(endpoint: string, account: string): Limiter {
  const key = `${endpoint} ${account}`;
  const limiter = limiters.get(key) ?? new Limiter();
  limiters.set(key, limiter);
  return limiter;
}
