import { DelegateBackoff, ExponentialBackoff, handleWhen, handleWhenResult, retry } from "cockatiel";
import { CloudError, type ErrorKind, mayHaveActed } from "./errors";
import { limiterOf } from "./limiter";

export interface RetryLimits {
  readonly attempts: number;
  /** No new attempt starts after this time, the waiting for turns not counted. */
  readonly deadlineMs: number;
  /** No new attempt starts after this time at all. */
  readonly latestMs: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const retryLimits: RetryLimits = {
  attempts: 8,
  deadlineMs: 90_000,
  latestMs: 600_000,
  firstDelayMs: 200,
  longestDelayMs: 10_000,
};

/** Waits until an attempt may start, at the rate that the service bears. */
export type Turn = (endpoint: string, account: string) => Promise<void>;

/** What it comes to when a call is made twice: nothing, as it only reads; the same as once; or one thing too many. */
export type Doing = "reads" | "sets" | "adds";

/**
 * Repeats a call while repeating it is safe and may help: one that was refused for now, one that never reached the service,
 * and, where the call does not `add` anything, one of which nobody knows whether it was carried out. The service's `Retry-After` is respected.
 * The last failure is thrown, and tells whether any attempt may have been carried out.
 */
export function withRetry<T>(
  does: Doing,
  attempt: (turn: Turn) => Promise<T>,
  limits: RetryLimits = retryLimits,
): Promise<T> {
  const latest = performance.now() + limits.latestMs;
  let deadline = performance.now() + limits.deadlineMs;
  const left = () => Math.min(deadline, latest) - performance.now();
  const policy = retry(
    handleWhen((error: unknown) => isPassing(error, does) && left() > (error.retryAfterMs ?? 0)),
    {
      maxAttempts: limits.attempts - 1,
      backoff: new DelegateBackoff(({ attempt: n, result }) => Math.min(delayOf(n, result, limits), left())),
    },
  );
  let hasPerhapsActed = false;
  const told = (error: unknown) => {
    hasPerhapsActed ||= does !== "reads" && mayHaveActed(error);
    if (!(error instanceof CloudError) || error.mayHaveActed === hasPerhapsActed) return error;
    return new CloudError({ ...error, message: error.message, mayHaveActed: hasPerhapsActed });
  };
  return policy.execute(() =>
    inTurn(attempt, (waitedMs) => {
      deadline += waitedMs;
    }).catch((error: unknown) => {
      throw told(error);
    }),
  );
}

/** One attempt, from whose end its limiter learns. */
async function inTurn<T>(attempt: (turn: Turn) => Promise<T>, waited: (ms: number) => void): Promise<T> {
  let ended: (failure?: unknown) => void = () => undefined;
  const turn: Turn = async (endpoint, account) => {
    const asked = performance.now();
    const limiter = limiterOf(endpoint, account);
    const started = await limiter.turn();
    waited(started - asked);
    ended = (failure) => limiter.ended(started, failure);
  };
  try {
    const result = await attempt(turn);
    ended();
    return result;
  } catch (error) {
    ended(error);
    throw error;
  }
}

/** Refused before anything was done, for what passes by itself. */
const refusedForNow: readonly ErrorKind[] = ["throttled", "notReady"];

function isPassing(error: unknown, does: Doing): error is CloudError {
  if (!(error instanceof CloudError)) return false;
  return (
    refusedForNow.includes(error.kind) || (error.kind === "unavailable" && (does !== "adds" || !error.mayHaveActed))
  );
}

/** Exponential with full jitter, so that resources that failed together do not come back together. */
function delayOf(attempt: number, result: unknown, limits: RetryLimits): number {
  const asked = (result as { error?: unknown }).error;
  if (asked instanceof CloudError && asked.retryAfterMs !== undefined) return asked.retryAfterMs;
  return Math.random() * Math.min(limits.longestDelayMs, limits.firstDelayMs * 2 ** (attempt - 1));
}

/** Asks again and again, at growing intervals, until there is an answer; undefined when the time is over. */
export function waitFor<T extends object | string>(
  look: () => Promise<T | undefined>,
  forMs: number,
): Promise<T | undefined> {
  const end = performance.now() + forMs;
  const policy = retry(
    handleWhenResult((answer) => answer === undefined && performance.now() < end),
    { maxAttempts: Number.MAX_SAFE_INTEGER, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 5_000 }) },
  );
  return policy.execute(look);
}
