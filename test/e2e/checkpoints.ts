import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import { filesBelow } from "./leaks";

const derive = promisify(pbkdf2);
/** What Pulumi's secrets manager for passphrases does. */
const made = { iterations: 1_000_000, keyBytes: 32, hash: "sha256", cipher: "aes-256-gcm", tagBytes: 16 } as const;

/** What is below a folder in JSON and holds resources, by its path: every checkpoint, also old ones, and plans. Nothing in it is encrypted. */
export async function decryptedBelow(folder: string, passphrase: string, salt: string) {
  const texts = Object.entries(filesBelow(folder)).filter(([path, text]) => isKept.test(path) && holder.test(text));
  if (texts.length === 0) return {};
  const key = await keyOf(passphrase, salt);
  return Object.fromEntries(texts.map(([path, text]) => [path, decrypted(text, key)]));
}

const isKept = /\.json(\.bak)?$/;
const holder = /"(checkpoint|resourcePlans)": ?\{/;

async function keyOf(passphrase: string, encryptionSalt: string): Promise<Buffer> {
  const [version, salt = "", ...check] = encryptionSalt.split(":");
  if (version !== "v1") throw new Error(`the salt is of a version that is not known here: ${version}`);
  const key = await derive(passphrase, Buffer.from(salt, "base64"), made.iterations, made.keyBytes, made.hash);
  if (open(check.join(":"), key) !== "pulumi") throw new Error("the passphrase is not the one of the salt");
  return key;
}

/** A text of JSON, with the value in the place of what is encrypted in it. */
function decrypted(text: string, key: Buffer): unknown {
  return JSON.parse(text, (_, value) =>
    typeof value?.ciphertext === "string" ? JSON.parse(open(value.ciphertext, key)) : value,
  );
}

function open(ciphertext: string, key: Buffer): string {
  const [version, nonce = "", sealed = ""] = ciphertext.split(":");
  if (version !== "v1") throw new Error(`what is encrypted is of a version that is not known here: ${version}`);
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv(made.cipher, key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-made.tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, -made.tagBytes)), decipher.final()]).toString();
}

interface Entry {
  readonly urn: string;
}
interface Holder {
  readonly checkpoint?: {
    readonly latest?: {
      readonly resources?: readonly Entry[];
      readonly pending_operations?: readonly { readonly resource: Entry }[];
    };
  };
  readonly resourcePlans?: Readonly<Record<string, object>>;
}

/** The program's resources in what was decrypted: in them values may stand, but no credential, which providers have. */
export function resourcesIn(file: unknown): object[] {
  const { checkpoint, resourcePlans = {} } = file as Holder;
  const { resources = [], pending_operations: pending = [] } = checkpoint?.latest ?? {};
  const planned = Object.entries(resourcePlans).map(([urn, plan]) => ({ ...plan, urn }));
  return [...resources, ...pending.map(({ resource }) => resource), ...planned].filter(
    ({ urn }) => !ofPulumi.test(urn),
  );
}

/** The type in a URN, behind those of the parents. */
const ofPulumi = /(::|\$)pulumi:[^$]+::/;
