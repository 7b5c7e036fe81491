import { Refusal } from "./failures";
import type { Secret } from "./model";

const maxTags = 20;

/** Adds tags or changes their values. Throws `Refusal` (CSMS.0002) for a key sent twice, and for more than 20 in all. */
export function putTags(secret: Secret, tags: readonly { key: string; value: string }[]): void {
  const keys = tags.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new Refusal("parameter", "tags: a key is there twice");
  if (new Set([...secret.tags.keys(), ...keys]).size > maxTags)
    throw new Refusal("parameter", `tags: at most ${maxTags}`);
  for (const { key, value } of tags) secret.tags.set(key, value);
}
