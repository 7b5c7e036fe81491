import { describe, expect, it } from "vitest";
import { jsonText, normalizeDuration, normalizeJson, secondsOf } from "../../provider/schemas";

describe("a length of time", () => {
  it.each([
    ["1d", 86_400],
    ["24h", 86_400],
    ["1440m", 86_400],
    ["86400s", 86_400],
    ["0s", 0],
    ["007h", 25_200],
  ])("%s is %d seconds", (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
    expect(normalizeDuration(text)).toBe(seconds);
  });

  it.each(["", "1", "d", "1.5h", "-1h", "1 h", "1h ", "1H", "1w", "1d1h", "9999999999s"])("%j is none", (text) => {
    expect(secondsOf(text)).toBeUndefined();
    expect(normalizeDuration(text)).toBe(text);
  });

  it("leaves alone what is no text", () => {
    expect(normalizeDuration(24)).toBe(24);
    expect(normalizeDuration(undefined)).toBeUndefined();
  });
});

describe("JSON", () => {
  it("is the same as a text and as an object", () => {
    expect(normalizeJson(' { "b" : [1, 2], "a": null } ')).toEqual({ a: null, b: [1, 2] });
    expect(normalizeJson({ a: 1 })).toEqual({ a: 1 });
    expect(normalizeJson("{'a': 1}")).toBe("{'a': 1}");
    expect(jsonText({ a: "é" })).toBe('{"a":"é"}');
    expect(jsonText('{ "a": 1 }')).toBe('{ "a": 1 }');
  });
});
