import { createHash, randomBytes, scrypt } from "node:crypto";

/** Guessing a password costs milliseconds each time, and yet a stack may have thousands. */
const cost = { N: 1_024, r: 8, p: 1 } as const;
/** Tells how a digest was made, should that ever change. */
const kind = "scrypt1";
const bytes = { salt: 16, hash: 32 } as const;

/** A digest of a value, with its salt. */
export async function digestOf(value: string, salt = randomBytes(bytes.salt).toString("base64url")): Promise<string> {
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(value, salt, bytes.hash, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
  return `${kind}.${salt}.${hash.toString("base64url")}`;
}

export async function isDigestOf(digest: string | undefined, value: unknown): Promise<boolean> {
  const salt = saltIn(digest);
  return salt !== undefined && typeof value === "string" && (await digestOf(value, salt)) === digest;
}

/** The salt of a place: the same each time, so that an `up` comes to the digest that a preview has planned. */
export const saltFor = (place: string): string =>
  createHash("sha256").update(place).digest().subarray(0, bytes.salt).toString("base64url");

export function saltIn(digest = ""): string | undefined {
  const [made, salt] = digest.split(".");
  return made === kind ? salt : undefined;
}
