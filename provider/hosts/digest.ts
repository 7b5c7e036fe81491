import { randomBytes, scrypt } from "node:crypto";

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
