import { randomBytes } from "node:crypto";
import { ACCOUNT_ID, GPDB_ASSUMED } from "../assumptions";

/** Where a secret lives: a workspace, or else an instance. */
export interface Owner {
  readonly instanceId?: string;
  readonly workspaceId?: string;
}

export interface DatabaseSecret {
  readonly arn: string;
  readonly region: string;
  readonly owner: Owner;
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly description: string;
}

/** Names one secret, by ARN or by name; the ARN wins. */
export interface SecretKey {
  readonly arn?: string;
  readonly name?: string;
}

const sameOwner = (a: Owner, b: Owner): boolean => a.instanceId === b.instanceId && a.workspaceId === b.workspaceId;

const SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const randomSuffix = (): string =>
  [...randomBytes(32)].map((byte) => SUFFIX_LETTERS[byte % SUFFIX_LETTERS.length]).join("");

/** The secrets of one region. */
export class DatabaseSecretStore {
  readonly region: string;
  readonly #secrets = new Map<string, DatabaseSecret>();

  constructor(region: string) {
    this.region = region;
  }

  /** In the order of their creation; with an owner, only that one's. */
  list(owner?: Owner): DatabaseSecret[] {
    return [...this.#secrets.values()].filter((secret) => !owner || sameOwner(secret.owner, owner));
  }

  /** Throws when the owner has no such secret. */
  find(owner: Owner, { arn, name }: SecretKey): DatabaseSecret {
    const found = this.list(owner).find((secret) => (arn === undefined ? secret.name === name : secret.arn === arn));
    if (!found) throw GPDB_ASSUMED.notFound();
    return found;
  }

  /** Throws when the owner has a secret of this name. */
  add(secret: Omit<DatabaseSecret, "arn" | "region">): DatabaseSecret {
    if (this.list(secret.owner).some(({ name }) => name === secret.name)) throw GPDB_ASSUMED.nameTaken();
    const arn = `acs:gpdb:${this.region}:${ACCOUNT_ID}:secret/${secret.name}-${randomSuffix()}`;
    const stored = { ...secret, arn, region: this.region };
    this.put(stored);
    return stored;
  }

  put(secret: DatabaseSecret): void {
    this.#secrets.set(secret.arn, secret);
  }

  remove(secret: DatabaseSecret): void {
    this.#secrets.delete(secret.arn);
  }
}
