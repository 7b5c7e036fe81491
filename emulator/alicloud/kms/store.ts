import { ACCOUNT_ID } from "../assumptions";
import { KMS } from "./refusals";
import type { Secret } from "./secret";

/** The secrets of one region. Those whose planned deletion has come are gone from the moment anyone looks. */
export class SecretStore {
  readonly region: string;
  readonly #now: () => number;
  readonly #secrets = new Map<string, Secret>();

  constructor(region: string, now: () => number) {
    this.region = region;
    this.#now = now;
  }

  get now(): number {
    return this.#now();
  }

  #nameOf(nameOrArn: string): string {
    const prefix = `acs:kms:${this.region}:${ACCOUNT_ID}:secret/`;
    return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn;
  }

  #purge(): void {
    const now = this.#now();
    for (const [name, { plannedDeleteTime }] of this.#secrets) {
      if (plannedDeleteTime !== undefined && plannedDeleteTime <= now) this.#secrets.delete(name);
    }
  }

  /** In the order of their creation. */
  all(): Secret[] {
    this.#purge();
    return [...this.#secrets.values()];
  }

  /** A secret by name or ARN, also one that waits for deletion; throws when there is none. */
  find(nameOrArn: string): Secret {
    this.#purge();
    const secret = this.#secrets.get(this.#nameOf(nameOrArn));
    if (!secret) throw KMS.notFound();
    return secret;
  }

  /** As `find`, but throws for a secret that waits for deletion. */
  live(nameOrArn: string): Secret {
    const secret = this.find(nameOrArn);
    if (secret.plannedDeleteTime !== undefined) throw KMS.pendingDeletion();
    return secret;
  }

  /** Throws while the name is taken, also by a secret that waits for deletion. */
  requireFree(name: string): void {
    this.#purge();
    const taken = this.#secrets.get(name);
    if (taken) throw taken.plannedDeleteTime === undefined ? KMS.exists() : KMS.pendingDeletion();
  }

  add(secret: Secret): void {
    this.#secrets.set(secret.name, secret);
  }

  remove(secret: Secret): void {
    this.#secrets.delete(secret.name);
  }
}
