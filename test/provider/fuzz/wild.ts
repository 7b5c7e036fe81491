import fc from "fast-check";
import { secret, UNKNOWN } from "../hosts/dynamic-provider";

/** In every text and number of a wild value. */
export const canary = "canary-41d7";
export const canaryNumber = 7.25e77;
/** In every key of a wild object that has no meaning. */
export const canaryKey = "keyed-8b2c";

const oddities = ["", "\0", "\ud800", "\udfff", "\n\u001b[31m", "é", "𝒌", "\u2028", "$Auto", "2036-01-31T00:00:00Z"];
const text = fc
  .tuple(fc.oneof(fc.constantFrom(...oddities), fc.string({ unit: "binary" })), fc.boolean())
  .map(([odd, first]) => (first ? `${canary}${odd}` : `${odd}${canary}`));

const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 7, 7.5, 2 ** 53 + 2, 5e-324];

/** Members that mean something to JavaScript, to the engine or to a resource. */
const names = [
  ...["__proto__", "constructor", "toString", "valueOf", "toJSON", "length", "hasOwnProperty", "then"],
  ...["secretSubType", "dbInstanceId", "customData", "region", "kmsKeyId", "InstanceId", "targetType", "SecretSubType"],
  ...["random", "characters", "exclude", "keepers", "digest", "generation"],
];
const key = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: "binary", maxLength: 5 }).map((odd) => `${odd}${canaryKey}`),
);

/** As JSON.parse makes it: `__proto__` is a member like any other. */
const objectOf = (member: fc.Arbitrary<unknown>) =>
  fc.array(fc.tuple(key, member), { maxLength: 5 }).map((members) => Object.fromEntries(members));

/** Whatever can come over the engine's wire, right or wrong. */
export const wild: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 4 }),
    objectOf(tie("value")),
    tie("value").map(secret),
  ),
  leaf: fc.oneof(
    { arbitrary: text, weight: 4 },
    fc.constantFrom(...numbers, canaryNumber),
    fc.constantFrom(true, false, null, undefined),
    fc.constant(UNKNOWN),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  ),
})).value;

const nested = (levels: number, around: (inner: unknown) => unknown) => {
  let value: unknown = canary;
  for (let level = 0; level < levels; level++) value = around(value);
  return value;
};
const long = canary.repeat(1_000_000);

/** What costs time or room, by what it is. */
export const huge: Readonly<Record<string, () => unknown>> = {
  "a text of 11 MB": () => long,
  "the same as base64": () => Buffer.from(long).toString("base64"),
  "spaces and brackets": () => `${" ".repeat(5_000_000)}${"(".repeat(5_000_000)}`,
  "JSON of 11 MB": () => JSON.stringify({ [canary]: long }),
  "JSON of 10,000 levels": () => `${'{"a":'.repeat(10_000)}"${canary}"${"}".repeat(10_000)}`,
  "JSON of 5,000 levels": () => `${'{"a":'.repeat(5_000)}"${canary}"${"}".repeat(5_000)}`,
  "lists in lists": () => nested(20_000, (inner) => [inner]),
  "objects in objects": () => nested(20_000, (inner) => ({ a: inner })),
  "an object around lists in lists": () => ({ customData: nested(20_000, (inner) => [inner]) }),
  "a list of 50,000": () => Array.from({ length: 50_000 }, (_, n) => `${canary} ${n}`),
  "a list of one, 50,000 times": () => Array.from({ length: 50_000 }, () => "a"),
  "a map of 20,000": () => Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k ${n}`, `${canary}\0`])),
  "a map with a long key": () => ({ ["k\n".repeat(1_000_000)]: canary }),
};
