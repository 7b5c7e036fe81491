import fc from "fast-check";
import type { Values } from "../../../provider/fields";
import type { Cases } from "../field-cases/common";

/** Of one to four bytes, in and around what the services allow; a lone surrogate comes to no service. */
const character = fc.oneof(
  fc.constantFrom(..."aZ09_-/\\+=.@:$ \t\n\0\u00a0\u2028\ufeffé€ıK𝒌٣"),
  fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 }),
);

/** One character more, less, or another. */
function nearText(text: string): fc.Arbitrary<string> {
  const all = [...text];
  const last = Math.max(0, all.length - 1);
  const place = fc.oneof(fc.constant(0), fc.constant(last), fc.constant(all.length), fc.nat(last));
  return fc
    .tuple(place, fc.constantFrom(0, 1), fc.constantFrom(0, 1), character)
    .map(([at, cut, put, other]) => all.toSpliced(at, cut, ...[other].slice(put)).join(""));
}

const nearNumber = (number: number) => fc.constantFrom(number - 1, number, number + 1, number + 0.5);

function nearList(list: readonly unknown[]): fc.Arbitrary<unknown> {
  const item = list.length > 0 ? fc.constantFrom(...list).chain(near) : nearText("a");
  return fc.tuple(fc.nat(list.length), fc.constantFrom(0, 1), fc.option(item)).map(([at, cut, put]) => {
    return list.toSpliced(at, cut, ...(put === null ? [] : [put]));
  });
}

function nearMap(map: Values): fc.Arbitrary<unknown> {
  const members = Object.entries(map);
  const member = members.length > 0 ? fc.constantFrom(...members) : fc.constant(["key", "value"] as const);
  const changed = member.chain(([name, value]) => fc.tuple(fc.constant(name), nearText(name), near(value), fc.nat(3)));
  return changed.map(([name, other, value, what]) => {
    const { [name]: _, ...rest } = map;
    if (what === 0) return rest;
    return what === 1 ? { ...map, [other]: value } : { ...rest, [name]: value };
  });
}

/** A value, or one of the same shape beside it. */
function near(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === "string") return fc.oneof(fc.constant(value), { arbitrary: nearText(value), weight: 3 });
  if (typeof value === "number") return nearNumber(value);
  if (Array.isArray(value)) return fc.oneof(fc.constant(value), nearList(value));
  if (typeof value === "object" && value !== null)
    return fc.oneof(fc.constant(value), { arbitrary: nearMap(value as Values), weight: 3 });
  return fc.constant(value);
}

const shapeOf = (value: unknown) => (Array.isArray(value) ? "list" : typeof value);

/** Values around the limits of a field, and around the one that it has, of the types that it takes. */
export function nearCases({ right, wrong }: Cases, given: unknown): fc.Arbitrary<unknown> {
  const shapes = right.map(shapeOf);
  const values = [...right, ...wrong.map(([value]) => value)].filter((value) => shapes.includes(shapeOf(value)));
  const seed = fc.constantFrom(...values);
  return (given === undefined ? seed : fc.oneof(seed, { arbitrary: fc.constant(given), weight: 2 })).chain(near);
}
