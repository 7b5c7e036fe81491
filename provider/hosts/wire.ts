import { type InputFields, isAbsent, type Values } from "../fields";
import { mapDeep, tooDeep } from "../sendable";
import { unknown } from "../unknown";
import { mapDigest } from "./notes";

/** What the engine sends, at any depth, for a value that it does not know yet. */
const unknownOnWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The members that mark an object as a secret that wraps its `value`. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The engine's values as the provider takes them. `__provider` and the host's own notes are none of its business. */
export function fromWire(properties: Values): Record<string, unknown> {
  const own = Object.entries(properties).filter(([name, value]) => !name.startsWith("__") && !isAbsent(value));
  return Object.fromEntries(own.map(([name, value]) => [name, mapDeep(value, leafFromWire)]));
}

function leafFromWire(leaf: unknown): unknown {
  if (leaf === unknownOnWire) return unknown;
  // JSON has no other zero, so no service answers it.
  return leaf === 0 ? 0 : leaf;
}

function leafToWire(leaf: unknown): unknown {
  if (leaf === unknown) return unknownOnWire;
  return leaf === tooDeep ? null : leaf;
}

/**
 * The provider's values as the engine takes them: secrets marked as such, so that they are encrypted however they came;
 * nothing undefined, which would fail the whole answer after the cloud has acted; nothing empty, which only swells the state.
 */
export function toWire(fields: InputFields, values: Values): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(given.map(([name, value]) => [name, wrap(fields, name, mapDeep(value, leafToWire))]));
}

function wrap(fields: InputFields, name: string, value: unknown): unknown {
  if (value === unknownOnWire) return value;
  if (fields[name]?.secret) return secret(value);
  return fields[name]?.gives ? mapDigest(value, secret) : value;
}

const secret = (value: unknown) => ({ [signatureKey]: secretSignature, value });

function isEmpty(value: unknown): boolean {
  if (isAbsent(value) || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
