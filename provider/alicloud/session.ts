import { CloudError } from "../errors";
import { ofSignIn } from "../known-credentials";
import { areOthers, Renewal, type TemporaryKeys } from "../renewal";
import type { Keys } from "../settings";

/** Gives the keys to sign the next call with. */
export interface Credentials {
  /** Stands for how they are got. */
  readonly way: string;
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
    const renewed = await credentials.keys(keys);
    if (!areOthers(renewed, keys)) throw error;
    return call(renewed);
  }
}

const isEnded = (error: unknown) => error instanceof CloudError && error.code === "InvalidSecurityToken.Expired";

/** Keys that stay as they are. */
export function fixedKeys(account: string, keys: Keys): Credentials {
  return { way: "keys", account, renewable: false, keys: async () => keys };
}

/** Temporary keys, renewed as long as they are needed. */
export class Session implements Credentials {
  readonly renewable = true;
  private readonly renewal = new Renewal();

  /** `ask` is told whether keys that it gave before have ended, whatever it knows. */
  constructor(
    readonly way: string,
    readonly account: string,
    private readonly ask: (anew: boolean) => Promise<TemporaryKeys>,
  ) {}

  async keys(ended?: Keys): Promise<Keys> {
    const anew = ended !== undefined && this.renewal.forget(ended, true);
    try {
      return await this.renewal.keys(() => this.ask(anew));
    } catch (error) {
      throw error instanceof CloudError ? ofSignIn(error) : error;
    }
  }
}
