import { describe, expect, it } from "vitest";
import { z } from "zod";
import { input } from "../../../provider/fields";
import { fromWire, toWire } from "../../../provider/hosts/wire";
import { unknown } from "../../../provider/unknown";
import { secret, UNKNOWN } from "./dynamic-provider";

const facts = { doc: "", onChange: "update" } as const;
const fields = { plain: input(z.any(), facts), value: input(z.any(), { ...facts, secret: true }) };

describe("fromWire", () => {
  it("makes what is unknown a value of its own, at any depth", () => {
    expect(fromWire({ a: UNKNOWN, b: { c: [UNKNOWN, 1] } })).toEqual({ a: unknown, b: { c: [unknown, 1] } });
  });

  it("keeps to itself what only the engine and the host read, and what is null", () => {
    expect(fromWire({ __provider: "…", __defaults: ["a"], a: null, b: "", c: false })).toEqual({ b: "", c: false });
  });
});

describe("toWire", () => {
  it("marks each secret, once, and a secret that is unknown not at all", () => {
    expect(toWire(fields, { value: "v", plain: "p" })).toEqual({ value: secret("v"), plain: "p" });
    expect(toWire(fields, { value: unknown, plain: [unknown] })).toEqual({ value: UNKNOWN, plain: [UNKNOWN] });
  });

  it("leaves out what is empty or undefined, but nothing that says something", () => {
    const empty = { a: undefined, b: null, c: "", d: [], e: {} };
    expect(toWire(fields, { ...empty, f: 0, g: false, h: { i: undefined, j: "" } })).toEqual({
      f: 0,
      g: false,
      h: { j: "" },
    });
    expect(toWire(fields, { plain: [{ k: undefined }] })).toEqual({ plain: [{}] });
  });

  it("is undone by fromWire but for the marks", () => {
    const values = { plain: { tags: { a: "b" }, list: [1, { c: unknown }] }, other: true };
    expect(fromWire(toWire(fields, values))).toEqual(values);
  });
});
