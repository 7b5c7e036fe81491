import { expect, it } from "vitest";
import { testCsms, topError } from "./client";

const { api } = testCsms();
const generate = (wishes: object) => api("POST", "/csms/generate-password", wishes);
const only = { exclude_lowercase: true, exclude_uppercase: true, exclude_numbers: true, exclude_punctuation: true };

it("has 32 characters, and differs each time", () => {
  const passwords = [generate({}), generate({})].map(({ content }) => content.password);
  expect(passwords[0]).toHaveLength(32);
  expect(passwords[0]).not.toBe(passwords[1]);
});

it.each([
  [{ length: 200 }, /^[!-~]{200}$/],
  [{ ...only, exclude_numbers: false }, /^[0-9]{32}$/],
  [{ ...only, exclude_lowercase: false, exclude_characters: "abcdefghijklmnopqrstuvwx" }, /^[yz]{32}$/],
  [{ ...only, include_space: true, length: 8 }, /^ {8}$/],
  [{ exclude_punctuation: true }, /^[a-zA-Z0-9]{32}$/],
])("follows %o", (wishes, pattern) => {
  expect(generate(wishes).content.password).toMatch(pattern);
});

it("has each type where that is required", () => {
  const starts = new Set<string>();
  for (let i = 0; i < 50; i++) {
    const { password } = generate({ length: 8, include_space: true, require_each_included_type: true }).content;
    for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-/:-@[-`{-~]/, / /]) expect(password).toMatch(type);
    starts.add(password.charAt(0));
  }
  expect([...starts].join("")).toMatch(/[^a-z]/);
});

it.each([{ length: 7 }, { length: 4097 }, { length: "32" }, { include_space: "yes" }, only])("refuses %o", (wishes) => {
  expect(topError(generate(wishes))).toEqual([400, "CSMS.0002"]);
});
