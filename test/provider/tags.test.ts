import { expect, it } from "vitest";
import { tagDifference } from "../../provider/tags";

it.each([
  ["none and none", undefined, undefined, {}, []],
  ["the same in another order", { a: "1", b: "2" }, { b: "2", a: "1" }, {}, []],
  ["new ones", undefined, { a: "1" }, { a: "1" }, []],
  ["another value", { a: "1", b: "2" }, { a: "2", b: "2" }, { a: "2" }, []],
  ["an empty value", { a: "1" }, { a: "" }, { a: "" }, []],
  ["fewer", { a: "1", b: "2" }, { b: "2" }, {}, ["a"]],
  ["none left", { a: "1" }, undefined, {}, ["a"]],
  ["other keys", { a: "1" }, { b: "1" }, { b: "1" }, ["a"]],
  ["keys that every object answers to", { constructor: "1" }, { toString: "1" }, { toString: "1" }, ["constructor"]],
])("from tags to %s", (_, from, to, set, remove) => {
  const difference = tagDifference(from, to);
  expect(difference).toEqual({ set, remove, rest: expect.anything() });
  expect({ ...difference.rest, ...difference.set }).toEqual(to ?? {});
});

it("keeps a tag that is named like the prototype", () => {
  const tags = JSON.parse('{"__proto__": "1"}') as Record<string, string>;
  expect(Object.entries(tagDifference({}, tags).set)).toEqual([["__proto__", "1"]]);
  expect(tagDifference(tags, {}).remove).toEqual(["__proto__"]);
});
