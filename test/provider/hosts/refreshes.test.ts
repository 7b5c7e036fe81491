import { expect, it } from "vitest";
import { Refreshes } from "../../../provider/hosts/refreshes";

const inputs = (n: number) => ({ name: `db-${n}`, tags: { team: "shop", of: String(n) }, versionStages: ["a", "b"] });

it("a question is the program's where its inputs are, in whatever order their members come", () => {
  const refreshes = new Refreshes();
  refreshes.sawRead("id");
  refreshes.sawDeclared(inputs(1));
  const again = { versionStages: ["a", "b"], tags: { of: "1", team: "shop" }, name: "db-1" };
  expect(refreshes.isRefresh("id", () => again)).toBe(false);
  const others = { ...again, versionStages: ["b", "a"] };
  expect(refreshes.isRefresh("id", () => others)).toBe(true);
  expect(refreshes.isRefresh("id", () => others)).toBe(false);
});

it("telling refreshes apart takes a moment, however many resources a stack has", { timeout: 10_000 }, () => {
  const refreshes = new Refreshes();
  const many = Array.from({ length: 10_000 }, (_, n) => n);
  for (const n of many) refreshes.sawDeclared(inputs(n));
  for (const n of many) refreshes.sawRead(`id-${n}`);
  const started = performance.now();
  expect(many.filter((n) => refreshes.isRefresh(`id-${n}`, () => inputs(-1 - n)))).toHaveLength(many.length);
  expect(performance.now() - started).toBeLessThan(3_000);
});
