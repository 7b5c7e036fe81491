import { expect, it } from "vitest";
import { endOfJwt } from "../../provider/jwt";

const token = (claims: string) => `head.${Buffer.from(claims).toString("base64url")}.signature`;

it.each<[string, string, number | undefined]>([
  ["says it", token('{"exp":1800000000}'), 1_800_000_000_000],
  ["says nothing of it", token('{"sub":"c4n4ry"}'), undefined],
  ["says it as a text", token('{"exp":"1800000000"}'), undefined],
  ["names a time that is none", token('{"exp":-1e300}'), undefined],
  ["holds no JSON", token("c4n4ry"), undefined],
  ["is none", "c4n4ry", undefined],
])("the end of a token that %s", (_, text, end) => {
  expect(endOfJwt(text)).toBe(end);
});
