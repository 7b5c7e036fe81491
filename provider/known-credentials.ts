import { createHash } from "node:crypto";
import { CloudError, type ErrorKind, isKind } from "./errors";
import { pauseMs } from "./renewal";

/** What was refused, and when: for a while it needs no other question. */
interface Refusal {
  readonly error: CloudError;
  readonly at: number;
}

const isRecent = (refusal: Refusal | undefined): refusal is Refusal =>
  refusal !== undefined && Date.now() - refusal.at < pauseMs;

/**
 * One set of keys at one cloud. Its first call goes alone, so that keys which are refused cost one call, and another one
 * after a while; from then on all go at once. A refusal is told in full once, and shortly to all that run into the same.
 */
class KeySet {
  private first: Promise<unknown> | undefined;
  private isTried = false;
  private refusal: Refusal | undefined;

  constructor(private readonly cloud: string) {}

  /** Carries a call out, which errors name `call`. */
  async through<T>(call: string, act: () => Promise<T>): Promise<T> {
    while (!this.isTried) {
      if (isRecent(this.refusal)) throw this.short(this.refusal.error, `${call} was not tried`);
      if (!this.first) break;
      await this.first;
    }
    const attempt = this.learning(call, act);
    if (this.isTried) return attempt;
    this.first = attempt
      .catch(() => undefined)
      .finally(() => {
        this.first = undefined;
      });
    return attempt;
  }

  private async learning<T>(call: string, act: () => Promise<T>): Promise<T> {
    try {
      const result = await act();
      this.isTried = true;
      return result;
    } catch (error) {
      if (!isKind(error, "credentials")) {
        // Whatever else went wrong says nothing against them, and holds nobody up.
        this.isTried = true;
        throw error;
      }
      const isTold = this.refusal !== undefined && this.refusal.error.code === error.code;
      this.refusal = { error, at: Date.now() };
      throw isTold ? this.short(error, `${call} failed`) : error;
    }
  }

  private short(error: CloudError, what: string): CloudError {
    return inShort(error, `${what}: ${this.cloud} refused the credentials`);
  }
}

const passing: readonly ErrorKind[] = ["throttled", "unavailable", "clock", "settings"];

/** A failure to get keys: the call that needs them was never sent, so it says nothing of a secret, whatever failed. */
export function ofSignIn(failure: CloudError, message = failure.message): CloudError {
  const kind = passing.includes(failure.kind) ? failure.kind : "credentials";
  return new CloudError({ ...failure, message, kind, mayHaveActed: false });
}

/** Gets keys to sign with. */
type Asking = <K>(ask: () => Promise<K>) => Promise<K>;

/** One way to sign in at one cloud. A failure of it is told in full once, and shortly to all that run into the same. */
class Way {
  private hasWorked = false;
  private refusal: Refusal | undefined;
  private readonly told = new Set<string>();

  constructor(private readonly cloud: string) {}

  /** Carries a call out, which errors name `call`, and which gets its keys by what it is given. */
  async during<T>(call: string, act: (asking: Asking) => Promise<T>): Promise<T> {
    let failure: unknown;
    const asking: Asking = async (ask) => {
      try {
        return await this.asked(ask);
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    try {
      return await act(asking);
    } catch (error) {
      throw error === failure ? this.telling(error, `${call} was not tried: `) : error;
    }
  }

  /** What to tell of a failure; `before` begins the short form. */
  telling(error: unknown, before = ""): unknown {
    if (!(error instanceof CloudError)) return error;
    const cause = error.code ?? error.message;
    if (this.told.has(cause)) return inShort(error, `${before}cannot sign in to ${this.cloud}`);
    this.told.add(cause);
    return error;
  }

  /** Who never got keys is not asked again for a while; who did may get others at any time. */
  private async asked<K>(ask: () => Promise<K>): Promise<K> {
    if (!this.hasWorked && isRecent(this.refusal)) throw this.refusal.error;
    try {
      const keys = await ask();
      this.hasWorked = true;
      return keys;
    } catch (error) {
      if (isKind(error, "credentials", "settings")) this.refusal = { error, at: Date.now() };
      throw error;
    }
  }
}

function inShort(error: CloudError, what: string): CloudError {
  const code = error.code === undefined ? "" : ` (${error.code})`;
  return new CloudError({ ...error, message: `${what}${code}, see the first error.` });
}

/** What is known of the credentials that one command signs in with; renewed ones are others. */
export class KnownCredentials {
  private readonly sets = new Map<string, KeySet>();
  private readonly ways = new Map<string, Way>();

  keys(cloud: string, ...keys: readonly (string | undefined)[]): KeySet {
    return knownIn(this.sets, [cloud, ...keys], () => new KeySet(cloud));
  }

  signIn(cloud: string, way: string): Way {
    return knownIn(this.ways, [cloud, way], () => new Way(cloud));
  }

  /** What the settings say of how to sign in; what is wrong with them is told in full once too. */
  found<T>(cloud: string, find: () => T): T {
    try {
      return find();
    } catch (error) {
      throw this.signIn(cloud, "settings").telling(error);
    }
  }
}

function knownIn<T>(known: Map<string, T>, by: readonly (string | undefined)[], make: () => T): T {
  const key = createHash("sha256").update(JSON.stringify(by)).digest("hex");
  const one = known.get(key) ?? make();
  known.set(key, one);
  return one;
}
