import { CloudError, type ErrorKind } from "../errors";
import type { Keys } from "../settings";
import type { Issued } from "./sign-in";

/** Gives the keys to sign the next call with. */
export interface Credentials {
  /** Stands for the account in the limits of calls. */
  readonly account: string;
  /** Whether others can be had in place of keys that have ended. */
  readonly renewable: boolean;
  /** The keys of now; where the service says of some that they have ended, give these to get others. */
  keys(ended?: Keys): Promise<Keys>;
}

/** Makes a call with keys; where the service says that they have ended, and did nothing, once more with others. */
export async function signedBy<T>(credentials: Credentials, call: (keys: Keys) => Promise<T>): Promise<T> {
  const keys = await credentials.keys();
  try {
    return await call(keys);
  } catch (error) {
    if (!credentials.renewable || !isEnded(error)) throw error;
    return call(await credentials.keys(keys));
  }
}

const isEnded = (error: unknown) => error instanceof CloudError && error.code === "InvalidSecurityToken.Expired";

/** Before their end, temporary keys are renewed by so much: longer than a call waits and is repeated. */
const renewBeforeMs = 5 * 60_000;
/** So long nobody asks again where no newer keys could be had, as long as the old ones last. */
const askAgainAfterMs = 30_000;

/** Keys that stay as they are. */
export function fixedKeys(account: string, keys: Keys): Credentials {
  return { account, renewable: false, keys: async () => keys };
}

/** Temporary keys, asked for when they are first needed and again before they end; one question at a time. */
export class Session implements Credentials {
  readonly renewable = true;
  private current: Issued | undefined;
  private asking: Promise<Issued> | undefined;
  private quietUntil = 0;

  /** `ask` is told whether keys that it gave before have ended, whatever it knows. */
  constructor(
    readonly account: string,
    private readonly ask: (anew: boolean) => Promise<Issued>,
  ) {}

  async keys(ended?: Keys): Promise<Keys> {
    // Another call may have renewed them meanwhile.
    const anew = ended !== undefined && ended.accessKey === this.current?.accessKey;
    if (anew) this.current = undefined;
    const left = (this.current?.endsAt ?? 0) - Date.now();
    if (this.current && (left > renewBeforeMs || (left > 0 && Date.now() < this.quietUntil))) return this.current;
    this.asking ??= this.renew(anew).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async renew(anew: boolean): Promise<Issued> {
    const old = this.current;
    try {
      this.current = await this.ask(anew);
      return this.current;
    } catch (error) {
      if (!old?.endsAt || old.endsAt <= Date.now()) throw ofSignIn(error);
      return old;
    } finally {
      this.quietUntil = Date.now() + askAgainAfterMs;
    }
  }
}

const passing: readonly ErrorKind[] = ["throttled", "unavailable", "clock", "settings"];

/** The call that needs the keys was never sent: what became of signing in says nothing of a secret. */
function ofSignIn(error: unknown): unknown {
  if (!(error instanceof CloudError)) return error;
  const kind = passing.includes(error.kind) ? error.kind : "credentials";
  return new CloudError({ ...error, message: error.message, kind, mayHaveActed: false });
}
