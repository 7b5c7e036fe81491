import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Definition } from "../provider/definition.ts";
import type { Lookup } from "../provider/lookup.ts";
import type { ProviderSettings } from "../provider/provider-settings.ts";
import { lookupSource } from "./sdk/lookups.mts";
import { withReference } from "./sdk/reference.mts";
import { settingsSource } from "./sdk/settings.mts";
import { classSource, fileName, indexSource } from "./sdk/source.mts";

const built = createRequire(import.meta.url);
const { resources } = built("../dist/provider/resources.js") as { resources: readonly Definition[] };
const { lookups } = built("../dist/provider/lookups.js") as { lookups: readonly Lookup[] };
const { providerSettings } = built("../dist/provider/provider-settings.js") as { providerSettings: ProviderSettings };
const write = (name: string, source: string) => writeFileSync(new URL(`../sdk/${name}.ts`, import.meta.url), source);

for (const definition of resources) write(fileName(definition.name), classSource(definition));
for (const lookup of lookups) write(fileName(lookup.name), lookupSource(lookup));
write("provider-settings", settingsSource(providerSettings));
write("index", indexSource(resources, lookups));
const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withReference(readFileSync(readme, "utf8"), resources, lookups));
execFileSync("npx", ["biome", "check", "--write", "sdk"], { stdio: "inherit" });
