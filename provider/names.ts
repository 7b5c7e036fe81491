import { randomBytes } from "node:crypto";
import type { NameRule } from "./fields";

const randomLength = 7;

/** A name that no other secret has: what the program calls the resource, and random characters. */
export function makeName({ most, forbidden }: NameRule, prefix: string, resource: string): string {
  const stem = resource.replace(forbidden, "-").slice(0, most - prefix.length - randomLength - 1);
  const random = randomBytes(randomLength).toString("hex").slice(0, randomLength);
  return `${prefix}${stem}-${random}`;
}
