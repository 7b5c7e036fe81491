import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lookups } from "../../provider/lookups";
import { providerSettings } from "../../provider/provider-settings";
import { resources } from "../../provider/resources";
import { lookupSource } from "../../tools/sdk/lookups.mts";
import { settingsSource } from "../../tools/sdk/settings.mts";
import { classSource, fileName, indexSource } from "../../tools/sdk/source.mts";

const root = join(__dirname, "../..");
const written = (name: string) => readFileSync(join(root, `sdk/${name}.ts`), "utf8");
const formatted = (name: string, source: string) =>
  execFileSync(join(root, "node_modules/.bin/biome"), ["format", `--stdin-file-path=sdk/${name}.ts`], {
    cwd: root,
    input: source,
    encoding: "utf8",
  });

describe("the classes", () => {
  it.each(resources.map((resource) => [resource.name, resource] as const))(
    "%s is what its definition says",
    (_, resource) => {
      const name = fileName(resource.name);
      expect(written(name), "run `npm run generate`").toBe(formatted(name, classSource(resource)));
    },
  );

  it("are all exported, and there are no others", () => {
    expect(written("index"), "run `npm run generate`").toBe(formatted("index", indexSource(resources, lookups)));
    const made = [...resources, ...lookups].map(({ name }) => `${fileName(name)}.ts`);
    const byHand = ["cloud-secrets-provider.ts", "lookup.ts", "registration.ts"];
    const files = [...made, ...byHand, "index.ts", "provider-settings.ts"];
    expect(readdirSync(join(root, "sdk")).sort()).toEqual(files.sort());
  });

  it.each(lookups.map((lookup) => [lookup.name, lookup] as const))("%s is what its description says", (_, lookup) => {
    const name = fileName(lookup.name);
    expect(written(name), "run `npm run generate`").toBe(formatted(name, lookupSource(lookup)));
  });

  it("of settings are what their table says", () => {
    const source = settingsSource(providerSettings);
    expect(written("provider-settings"), "run `npm run generate`").toBe(formatted("provider-settings", source));
  });

  it.each(resources.map(({ name }) => name))("%s has a doc comment on every field, input and method", (name) => {
    const lines = written(fileName(name)).split("\n");
    const members = lines.flatMap((line, n) =>
      /^ {2}(?:declare readonly |static (?:override )?)?\w+\??[:(](?! {)/.test(line) &&
      !/^ {2}(?:constructor|name|secrets|named|properties)\b/.test(line)
        ? [[line.trim(), lines[n - 1]?.trim() ?? ""] as const]
        : [],
    );
    const definition = resources.find((resource) => resource.name === name);
    const inputs = Object.keys(definition?.inputs ?? {}).length;
    const outputs = Object.keys(definition?.outputs ?? {}).length;
    expect(members.length).toBeGreaterThanOrEqual(2 * inputs + outputs + 1);
    expect(members.filter(([, above]) => !/^(?:\/\*\* .{8,} )?\*\/$/.test(above))).toEqual([]);
  });
});
