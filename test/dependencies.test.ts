import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dependencies, peerDependencies } from "../package.json";
import { verdictOf } from "../tools/audit/verdict.mts";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/dependencies.md"), "utf8");
const licenceOf = (name: string) =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).license;

it("docs/dependencies.md lists each with its licence and its reason, and no other", () => {
  const table = page.slice(0, page.indexOf("\n## "));
  const rows = [...table.matchAll(/^\| `(.+?)` \| `(.+?)` \| .{20,} \|$/gm)].map(([, name, licence]) => [
    name,
    licence,
  ]);
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  expect(rows).toEqual(names.map((name) => [name, licenceOf(name)]));
});

describe("known advisories", () => {
  const printed = (...severities: string[]) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: Object.fromEntries(
        severities.map((severity) => [`a-${severity}`, { name: `a-${severity}`, severity }]),
      ),
    });

  it.each(["high", "critical"])("fail where one is %s, by the package's name", (severity) => {
    expect(verdictOf(printed("low", severity))).toEqual({
      isGood: false,
      line: `advisories: a-${severity} (${severity})`,
    });
  });

  it("are good where there are none, or none but lower ones", () => {
    expect(verdictOf(printed())).toMatchObject({ isGood: true, line: expect.stringContaining("0 lower") });
    expect(verdictOf(printed("low", "moderate"))).toMatchObject({
      isGood: true,
      line: expect.stringContaining("2 lower"),
    });
  });

  it.each(["", "no JSON", '{"message":"405 Method Not Allowed"}'])(
    "are said not to be available where npm prints '%s'",
    (text) => {
      expect(verdictOf(text)).toMatchObject({ isGood: true, line: expect.stringContaining("not available") });
    },
  );

  it("of what is locked are none that is high or critical, as far as the registry tells", { timeout: 60_000 }, () => {
    const { status, stdout } = spawnSync(process.execPath, ["tools/audit-dependencies.mts"], {
      cwd: root,
      encoding: "utf8",
    });
    console.log(stdout.trim());
    expect(stdout).toMatch(/^advisories: (none that is|not available)/);
    expect(status).toBe(0);
  });
});
