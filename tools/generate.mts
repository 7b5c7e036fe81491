import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Definition } from "../provider/definition.ts";
import { withReference } from "./sdk/reference.mts";
import { classSource, fileName, indexSource } from "./sdk/source.mts";

const { resources } = createRequire(import.meta.url)("../dist/provider/resources.js") as {
  resources: readonly Definition[];
};
const write = (name: string, source: string) => writeFileSync(new URL(`../sdk/${name}.ts`, import.meta.url), source);

for (const definition of resources) write(fileName(definition.name), classSource(definition));
write("index", indexSource(resources));
const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withReference(readFileSync(readme, "utf8"), resources));
execFileSync("npx", ["biome", "check", "--write", "sdk"], { stdio: "inherit" });
