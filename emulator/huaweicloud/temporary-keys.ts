import { createHash, createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import type { ServiceOptions } from "../service";

/** Keys as IAM and the metadata of an instance give them. */
export interface IssuedKeys {
  readonly access: string;
  readonly secret: string;
  readonly securitytoken: string;
  /** ISO 8601, UTC. */
  readonly expires_at: string;
}

/** What was given out and is nobody else's, as a service's state tells it. */
export interface GivenOut {
  readonly secretKey?: string;
  readonly securityToken?: string;
  readonly token?: string;
}

/** Keeps what is given out. */
export interface Giver {
  readonly givenOut: GivenOut[];
}

export const givenOut = ({ secret, securitytoken }: IssuedKeys): GivenOut => ({
  secretKey: secret,
  securityToken: securitytoken,
});

const grant = z.object({ for: z.string(), ends: z.number() });

type Options = Pick<ServiceOptions, "now" | "secretKey">;

/** New keys for so many seconds. All that tells whether they are right is in them, so that they outlive a reset. */
export function issueKeys(options: Options, seconds: number): IssuedKeys {
  const access = `HST${randomBytes(12).toString("hex").slice(0, 17).toUpperCase()}`;
  const ends = options.now() + seconds * 1_000;
  return {
    access,
    secret: secretOf(options, access),
    securitytoken: seal(options, access, ends),
    expires_at: new Date(ends).toISOString().replace("Z", "000Z"),
  };
}

/** What the keys' owner signs with: its secret key, or why there is none. */
export function secretOfIssued(options: Options, access: string, securityToken: string): { secret: string } | string {
  const ends = endOf(options, access, securityToken);
  if (ends === undefined) return "the security token is none of this access key";
  return ends > options.now() ? { secret: secretOf(options, access) } : "the security token has expired";
}

/** A token of the emulator's own for one purpose. */
export function issueToken(options: Options, purpose: string, seconds: number): string {
  return seal(options, purpose, options.now() + seconds * 1_000);
}

export function isToken(options: Options, purpose: string, token = ""): boolean {
  return (endOf(options, purpose, token) ?? 0) > options.now();
}

const isSame = (a: string, b: string) =>
  createHash("sha256").update(a).digest().equals(createHash("sha256").update(b).digest());

const secretOf = ({ secretKey }: Options, access: string) =>
  createHmac("sha256", secretKey).update(`secret of ${access}`).digest("base64url").slice(0, 40);

const sealOf = ({ secretKey }: Options, content: string) =>
  createHmac("sha256", secretKey).update(`token ${content}`).digest("base64url");

function seal(options: Options, purpose: string, ends: number): string {
  const content = Buffer.from(JSON.stringify({ for: purpose, ends })).toString("base64url");
  return `${content}.${sealOf(options, content)}`;
}

/** Undefined for a token that is none of the emulator's, or for something else. */
function endOf(options: Options, purpose: string, token: string): number | undefined {
  const [content = "", sealed = ""] = token.split(".");
  if (!isSame(sealed, sealOf(options, content))) return undefined;
  const read = grant.safeParse(JSON.parse(Buffer.from(content, "base64url").toString("utf8")));
  return read.success && read.data.for === purpose ? read.data.ends : undefined;
}
