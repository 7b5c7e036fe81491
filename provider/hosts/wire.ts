import { type InputFields, isAbsent, type Values } from "../fields";
import { unknown } from "../unknown";

/** What the engine sends, at any depth, for a value that it does not know yet. */
const unknownOnWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The members that mark an object as a secret that wraps its `value`. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The engine's values as the provider takes them. `__provider` and the host's own notes are none of its business. */
export function fromWire(properties: Values): Record<string, unknown> {
  const own = Object.entries(properties).filter(([name, value]) => !name.startsWith("__") && !isAbsent(value));
  return Object.fromEntries(
    own.map(([name, value]) => [name, mapDeep(value, (leaf) => (leaf === unknownOnWire ? unknown : leaf))]),
  );
}

/**
 * The provider's values as the engine takes them: secrets marked as such, so that they are encrypted however they came;
 * nothing undefined, which would fail the whole answer after the cloud has acted; nothing empty, which only swells the state.
 */
export function toWire(fields: InputFields, values: Values): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      wrap(
        fields,
        name,
        mapDeep(value, (leaf) => (leaf === unknown ? unknownOnWire : leaf)),
      ),
    ]),
  );
}

function wrap(fields: InputFields, name: string, value: unknown): unknown {
  if (!fields[name]?.secret || value === unknownOnWire) return value;
  return { [signatureKey]: secretSignature, value };
}

function isEmpty(value: unknown): boolean {
  if (isAbsent(value) || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function mapDeep(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapDeep(item, leaf));
  if (typeof value !== "object" || value === null) return leaf(value);
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(given.map(([name, item]) => [name, mapDeep(item, leaf)]));
}
