/** What a signed request claims, before anything of it is believed. */
export interface Claim {
  readonly accessKey: string;
  /** That of temporary keys; empty where there is none. */
  readonly securityToken: string;
  readonly nonce: string;
  /** As sent. */
  readonly date: string;
  /** The parameter or header that carried the date, for messages. */
  readonly dateName: string;
  /** Whether the signature is the one that this secret key makes. */
  signedWith(secretKey: string): boolean;
}

/** Percent-encoding as RFC 3986 has it: all but letters, digits and `-_.~`. */
export const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** `a=1&b=2` in the order of the names, each part percent-encoded. */
export const canonicalPairs = (pairs: Iterable<readonly [string, string]>): string =>
  [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
    .join("&");
