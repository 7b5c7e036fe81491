import { randomBytes, scrypt } from "node:crypto";

/** The member of a reference that holds the digest of the value which it led to. */
const digestKey = "digest";

/** Guessing a password costs milliseconds each time, and yet a stack may have thousands. */
const cost = { N: 1_024, r: 8, p: 1 } as const;
/** Tells how a digest was made, should that ever change. */
const kind = "scrypt1";
const bytes = { salt: 16, hash: 32 } as const;

/** A digest of a value, with its salt: by default a new one, else that of another digest. */
export async function digestOf(value: string, other?: string): Promise<string> {
  const salt = saltIn(other) ?? randomBytes(bytes.salt).toString("base64url");
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(value, salt, bytes.hash, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
  return `${kind}.${salt}.${hash.toString("base64url")}`;
}

export async function isDigestOf(digest: string | undefined, value: unknown): Promise<boolean> {
  return saltIn(digest) !== undefined && typeof value === "string" && (await digestOf(value, digest)) === digest;
}

function saltIn(digest = ""): string | undefined {
  const [made, salt] = digest.split(".");
  return made === kind ? salt : undefined;
}

/** The digest in a reference as a state has it. */
export function digestIn(reference: unknown): string | undefined {
  const digest = isObject(reference) ? reference[digestKey] : undefined;
  return typeof digest === "string" ? digest : undefined;
}

/** The reference as a program gives it. */
export function withoutDigest(reference: unknown): unknown {
  if (!isObject(reference)) return reference;
  const { [digestKey]: _, ...given } = reference;
  return given;
}

export const withDigest = (reference: unknown, digest: string | undefined): unknown =>
  digest === undefined || !isObject(reference) ? reference : { ...reference, [digestKey]: digest };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A reference in which only the digest is changed, as by the mark of a secret. */
export const mapDigest = (reference: unknown, change: (digest: unknown) => unknown): unknown =>
  isObject(reference) && digestKey in reference
    ? { ...reference, [digestKey]: change(reference[digestKey]) }
    : reference;
