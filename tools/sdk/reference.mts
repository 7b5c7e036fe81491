import type { Definition } from "../../provider/definition.ts";
import type { Lookup } from "../../provider/lookup.ts";
import { isNeeded } from "./lookups.mts";
import { isGiven, plainType } from "./source.mts";

const start = "<!-- reference: made by `npm run generate` -->";
const end = "<!-- end of reference -->";

/** The README with its reference of all resources and functions made anew. */
export function withReference(readme: string, definitions: readonly Definition[], lookups: readonly Lookup[]): string {
  const [before, after] = [readme.indexOf(start), readme.indexOf(end)];
  if (before < 0 || after < before) throw new Error("README.md lacks the marks between which its reference stands");
  return `${readme.slice(0, before)}${start}\n\n${[...definitions.map(reference), ...lookups.map(referenceOfLookup)].join("\n")}\n${readme.slice(after)}`;
}

function reference({ name, doc, id, inputs, outputs }: Definition): string {
  const inputRows = Object.entries(inputs).map(([key, { schema, doc, required, setting }]) =>
    row(required && !setting && !isGiven(inputs, key) ? `**\`${key}\`**` : `\`${key}\``, plainType(schema), doc),
  );
  const outputRows = Object.entries(outputs).map(([key, { schema, doc }]) => row(`\`${key}\``, plainType(schema), doc));
  return `### ${name}

${doc} Its id: ${id.charAt(0).toLowerCase()}${id.slice(1)}

| input | type | |
|---|---|---|
${inputRows.join("\n")}

| output | type | |
|---|---|---|
${outputRows.join("\n")}
`;
}

function referenceOfLookup({ name, doc, args, result, many }: Lookup): string {
  const argumentRows = Object.entries(args).map(([key, field]) =>
    row(isNeeded(field) ? `**\`${key}\`**` : `\`${key}\``, plainType(field.schema), field.doc),
  );
  const resultRows = Object.entries(result).map(([key, { schema, doc }]) => row(`\`${key}\``, plainType(schema), doc));
  return `### ${name}

${doc}

| argument | type | |
|---|---|---|
${argumentRows.join("\n")}

| ${many ? "each of `secrets`" : "result"} | type | |
|---|---|---|
${resultRows.join("\n")}
`;
}

const row = (key: string, type: string, doc: string) =>
  `| ${key} | ${type.length > 120 ? summary(type) : `\`${type.replaceAll("|", "\\|")}\``} | ${doc.replaceAll("|", "\\|")} |`;

const summary = (type: string) => (type.endsWith("[]") ? "list of objects" : "object");
