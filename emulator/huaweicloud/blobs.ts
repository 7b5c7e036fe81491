import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { Refusal } from "./failures";
import type { Project, Secret } from "./model";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const authTagBytes = 16;

/** Of this run alone, so that no value outlives it in a blob. */
const key = randomBytes(32);

/** All of a secret, encrypted, in base64. */
export function seal(project: Project, secret: Secret): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: authTagBytes }).setAAD(Buffer.from(project.id));
  const content = Buffer.concat([cipher.update(serialize(secret)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]).toString("base64");
}

/** The secret as it was sealed. Throws `Refusal` (CSMS.0002) for what is not whole, or of another run or project. */
export function unseal(project: Project, blob: string): Secret {
  const sealed = Buffer.from(blob, "base64");
  const contentAt = ivBytes + authTagBytes;
  if (sealed.length < contentAt) throw unreadable();
  const iv = sealed.subarray(0, ivBytes);
  const cipher = createDecipheriv(algorithm, key, iv, { authTagLength: authTagBytes })
    .setAAD(Buffer.from(project.id))
    .setAuthTag(sealed.subarray(ivBytes, contentAt));
  try {
    return deserialize(Buffer.concat([cipher.update(sealed.subarray(contentAt)), cipher.final()]));
  } catch {
    throw unreadable();
  }
}

function unreadable(): Refusal {
  return new Refusal("parameter", "secret_blob: is not a whole backup of this project");
}
