import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

// docs/promises.md is held to the tests that it names.

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/promises.md"), "utf8");
const promises = page
  .split(/^- /m)
  .slice(1)
  .map((text) => ({
    says: text.split("\n  - ")[0] ?? "",
    tests: [...text.matchAll(/^ {2}- `(.+?)`: (.+)$/gm)].map(([, file = "", title = ""]) => ({ file, title })),
  }));

/** The function of vitest that a call is one of, as in `it.each(…)(…)`; none where it skips. */
function kindOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isCallExpression(callee)) return kindOf(callee.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === "each" ? kindOf(callee.expression) : undefined;
}

/** The titles of all tests in a source text as it spells them, behind those of the groups that they are in. */
function titlesIn(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : [];
    const kind = ts.isCallExpression(node) ? kindOf(node.expression) : undefined;
    const path = title && ts.isStringLiteralLike(title) ? [...groups, title.text] : groups;
    if (kind === "it" && path !== groups) titles.push(path.join(" > "));
    ts.forEachChild(node, (child) => visit(child, kind === "describe" ? path : groups));
  };
  visit(ts.createSourceFile("a.test.ts", source, ts.ScriptTarget.Latest), []);
  return titles;
}

it("the tests of a file are found with their groups, and none that is skipped", () => {
  const source = `
    it("a", () => {});
    describe.each([1])("group %s", { timeout: 5 }, () => {
      it.each([1])("b %s", () => {});
      it.skip("c", () => {});
      describe("inner", () => it("d", () => {}));
    });
    it(named, () => {});`;
  expect(titlesIn(source)).toEqual(["a", "group %s > b %s", "group %s > inner > d"]);
});

it("each promise names tests", () => {
  expect(promises.length).toBeGreaterThan(20);
  expect(promises.filter(({ tests }) => tests.length === 0).map(({ says }) => says)).toEqual([]);
});

it("each test that docs/promises.md names is there", () => {
  const known = new Map<string, string[]>();
  const titlesOf = (file: string) => {
    const path = join(root, file);
    if (!known.has(file)) known.set(file, existsSync(path) ? titlesIn(readFileSync(path, "utf8")) : []);
    return known.get(file) ?? [];
  };
  const named = promises.flatMap(({ tests }) => tests);
  expect(named.filter(({ file, title }) => !titlesOf(file).includes(title))).toEqual([]);
});

it("each line below a promise names a test", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("  - "));
  expect(promises.flatMap(({ tests }) => tests)).toHaveLength(lines.length);
});
