import { z } from "zod";
import { secretName } from "./fields";
import { KMS, parameterErrors } from "./refusals";
import type { Secret } from "./secret";
import type { SecretStore } from "./store";

/** The three ways in which TagResource and UntagResource name a resource; exactly one is given. */
export const taggedResource = {
  SecretName: secretName.optional(),
  KeyId: z.string().optional(),
  CertificateId: z.string().optional(),
};

interface TaggedResource {
  readonly SecretName?: string;
  readonly KeyId?: string;
  readonly CertificateId?: string;
}

/** The secret that a tag call names; keys and certificates are not emulated and thus never found. */
export function taggedSecret(secrets: SecretStore, { SecretName, KeyId, CertificateId }: TaggedResource): Secret {
  const named = [SecretName, KeyId, CertificateId].filter((id) => id !== undefined).length;
  if (named === 0) throw parameterErrors.missing("SecretName");
  if (named > 1) throw parameterErrors.invalid("SecretName", "name one of KeyId, SecretName and CertificateId");
  if (KeyId !== undefined) throw KMS.keyNotFound();
  if (SecretName === undefined) throw KMS.notFound();
  return secrets.live(SecretName);
}

/** The plural calls name resources by type and list. */
export const resourceType = z.enum(["key", "secret"], "must be key or secret");

export const resourceIds = z.array(secretName).min(1).max(50, "at most 50 resources");

/** All the secrets of a plural tag call, or none: throws for the first that is missing. */
export const taggedSecrets = (secrets: SecretStore, type: string, ids: readonly string[]): Secret[] => {
  if (type === "key") throw KMS.keyNotFound();
  return ids.map((id) => secrets.live(id));
};
