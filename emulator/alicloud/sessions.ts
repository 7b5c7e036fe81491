import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ServiceOptions } from "../service";

/** Temporary keys, and whom they stand for. */
export interface Session {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

const session = z
  .object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string(),
    RoleArn: z.string(),
    RoleSessionName: z.string(),
    Expiration: z.iso.datetime(),
  })
  .transform(
    (given): Session => ({
      accessKey: given.AccessKeyId,
      secretKey: given.AccessKeySecret,
      securityToken: given.SecurityToken,
      roleArn: given.RoleArn,
      sessionName: given.RoleSessionName,
      endsAt: Date.parse(given.Expiration),
    }),
  );

/** Emulators that had no STS yet gave no state of it. */
const held = z.object({ sessions: z.array(session) }).optional();

const random = (bytes: number): string => randomBytes(bytes).toString("base64url").replace(/[-_]/g, "0");

/** The temporary keys that were given out, which all services accept until they end. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  constructor(private readonly options: ServiceOptions) {}

  /** Gives out keys that last so many seconds, to the second. */
  issue(roleArn: string, sessionName: string, seconds: number): Session {
    const session = {
      accessKey: `STS.N${random(18)}`,
      secretKey: random(33),
      securityToken: `CAIS${random(120)}`,
      roleArn,
      sessionName,
      endsAt: (Math.floor(this.options.now() / 1000) + seconds) * 1000,
    };
    this.#sessions.set(session.accessKey, session);
    return session;
  }

  find(accessKey: string): Session | undefined {
    return this.#sessions.get(accessKey);
  }

  /** All of them in the names of the API. */
  state() {
    const sessions = [...this.#sessions.values()].map((session) => ({
      ...credentialsOf(session),
      RoleArn: session.roleArn,
      RoleSessionName: session.sessionName,
    }));
    return { sessions };
  }

  /** Takes in what `state` gave; throws a ZodError for anything else. */
  load(state: unknown): void {
    for (const session of held.parse(state)?.sessions ?? []) this.#sessions.set(session.accessKey, session);
  }

  reset(): void {
    this.#sessions.clear();
  }
}

/** Temporary keys as STS and the metadata service answer them alike. */
export const credentialsOf = ({ accessKey, secretKey, securityToken, endsAt }: Session) => ({
  AccessKeyId: accessKey,
  AccessKeySecret: secretKey,
  SecurityToken: securityToken,
  Expiration: isoSecond(endsAt),
});

export const isoSecond = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
