import { createHash } from "node:crypto";
import { CloudError, isKind } from "./errors";

/**
 * One set of credentials at one cloud. Its first call goes alone, so that credentials which are refused cost one call;
 * from then on all go at once. A refusal is told in full once, and shortly to all that run into the same.
 */
class CredentialSet {
  private first: Promise<unknown> | undefined;
  private isTried = false;
  private refusal: CloudError | undefined;

  constructor(private readonly cloud: string) {}

  /** Carries a call out, which errors name `call`. */
  async through<T>(call: string, act: () => Promise<T>): Promise<T> {
    while (!this.isTried) {
      if (this.refusal) throw this.short(this.refusal, `${call} was not tried`);
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
      if (this.refusal && this.refusal.code === error.code) throw this.short(error, `${call} failed`);
      this.refusal = error;
      throw error;
    }
  }

  private short(error: CloudError, what: string): CloudError {
    const code = error.code === undefined ? "" : ` (${error.code})`;
    return new CloudError({
      ...error,
      message: `${what}: ${this.cloud} refused the credentials${code}, see the first error.`,
    });
  }
}

/** What is known of the credentials that one command signs in with; renewed ones are others. */
export class KnownCredentials {
  private readonly sets = new Map<string, CredentialSet>();

  of(cloud: string, ...credentials: readonly (string | undefined)[]): CredentialSet {
    const key = createHash("sha256")
      .update(JSON.stringify([cloud, ...credentials]))
      .digest("hex");
    const set = this.sets.get(key) ?? new CredentialSet(cloud);
    this.sets.set(key, set);
    return set;
  }
}
