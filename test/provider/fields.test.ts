import { expect, it } from "vitest";
import type { InputFacts } from "../../provider/fields";
import { isAbsent, sameValue } from "../../provider/fields";
import { resources } from "../../provider/resources";
import { hasUnknown, unknown } from "../../provider/unknown";

const field = (facts: Partial<InputFacts> = {}): InputFacts => ({ doc: "", onChange: "update", ...facts });

it.each<[string, InputFacts, unknown, unknown, boolean]>([
  ["equal values", field(), { a: [1] }, { a: [1] }, true],
  ["lists in another order", field(), ["a", "b"], ["b", "a"], false],
  ["missing and null", field(), undefined, null, true],
  ["missing and empty without a default", field(), undefined, "", false],
  ["missing and the default", field({ default: {} }), undefined, {}, true],
  ["the default and missing", field({ default: 30 }), 30, undefined, true],
  ["what is computed and left out", field({ computed: true }), "x", undefined, true],
  ["what is computed and given", field({ computed: true }), undefined, "x", false],
  ["one normal form", field({ normalize: (text) => String(text).toLowerCase() }), "A", "a", true],
  [
    "the default in its normal form",
    field({ default: "A", normalize: (text) => String(text).toLowerCase() }),
    "a",
    null,
    true,
  ],
  ["an unknown value", field({ computed: true }), unknown, unknown, false],
])("sameValue of %s", (_, facts, old, value, expected) => {
  expect(sameValue(facts, old, value)).toBe(expected);
});

it("only undefined and null are absent", () => {
  expect([undefined, null, "", 0, false, [], {}].map(isAbsent)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

it("unknowns are found at any depth", () => {
  expect([unknown, [[unknown]], { a: { b: unknown } }].every(hasUnknown)).toBe(true);
  expect([undefined, null, "unknown", {}, [{}]].some(hasUnknown)).toBe(false);
});

it.each(
  resources.flatMap(({ name, inputs }) => Object.keys(inputs).map((key) => [`${name}.${key}`, inputs, key] as const)),
)("the facts of %s hang together", (_, inputs, key) => {
  const facts = inputs[key];
  const others = [facts?.settingOf, facts?.defaultsTo, ...(facts?.renewedWith ?? [])].filter(
    (other) => other !== undefined,
  );
  expect(others.filter((other) => !(other in inputs))).toEqual([]);
  // A default that its own schema refuses could never be given.
  if (facts?.default !== undefined) expect(facts.schema.safeParse(facts.default).success).toBe(true);
  expect(facts?.doc).toMatch(/^[A-Z`][\s\S]*\.\)?$/);
});
