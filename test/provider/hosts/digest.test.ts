import { expect, it } from "vitest";
import { digestOf, isDigestOf, saltFor, saltIn } from "../../../provider/hosts/digest";
import { notesIn, withNotes, withoutNotes } from "../../../provider/hosts/notes";

const canary = "c4n4ry-of-a-digest";

it("a digest is another one with each salt, and the same with the same", async () => {
  const [one, two] = [await digestOf(canary), await digestOf(canary)];
  expect(one).not.toBe(two);
  expect(await digestOf(canary, saltIn(one))).toBe(one);
  expect(await digestOf("another", saltIn(one))).not.toBe(one);
  expect(one).not.toContain(canary);
});

it("a place has a salt of its own, which is as long as a random one", async () => {
  const salts = ["AliyunKmsSecret a/b/c/d", "CsmsSecret a/b/c/d", "AliyunKmsSecret a/b/other/d"].map(saltFor);
  expect(new Set(salts).size).toBe(3);
  expect(saltFor("AliyunKmsSecret a/b/c/d")).toBe(salts[0]);
  for (const salt of salts) expect(salt).toHaveLength(saltIn(await digestOf(canary))?.length ?? 0);
});

it("only the value of a digest is of it, and of what is no digest none is", async () => {
  const digest = await digestOf(canary);
  expect(await isDigestOf(digest, canary)).toBe(true);
  for (const value of ["another", "", undefined, 5, [canary]]) expect(await isDigestOf(digest, value)).toBe(false);
  for (const other of [undefined, "", "scrypt1", "md5.a.b", digest.slice(0, -1)])
    expect(await isDigestOf(other, canary)).toBe(false);
});

it("a digest takes a moment that a stack has for each secret, and that somebody who guesses has to take for each guess", async () => {
  const started = performance.now();
  for (let n = 0; n < 100; n++) await digestOf(`${canary}${n}`);
  const each = (performance.now() - started) / 100;
  expect(each).toBeGreaterThan(0.2);
  expect(each).toBeLessThan(100);
});

it("notes are put into references and taken out of them, whatever else these may be", () => {
  const noted = withNotes({ env: "A" }, { digest: "d", generation: 2 });
  expect(noted).toEqual({ env: "A", digest: "d", generation: 2 });
  expect(notesIn(noted)).toEqual({ digest: "d", generation: 2 });
  expect(withoutNotes(noted)).toEqual({ env: "A" });
  expect(withNotes(noted, { digest: "e" })).toEqual({ env: "A", digest: "e" });
  for (const odd of ["digest", ["digest"], null, 5, undefined]) {
    expect(withoutNotes(odd)).toEqual(odd);
    expect(withNotes(odd, { digest: "d" })).toEqual(odd);
    expect(notesIn(odd)).toEqual({});
  }
  expect(notesIn({ digest: 5, generation: "1" })).toEqual({});
});
