import type { Definition } from "../../provider/definition.ts";
import { isGiven, plainType } from "./source.mts";

const start = "<!-- reference: made by `npm run generate` -->";
const end = "<!-- end of reference -->";

/** The README with its reference of all resources made anew. */
export function withReference(readme: string, definitions: readonly Definition[]): string {
  const [before, after] = [readme.indexOf(start), readme.indexOf(end)];
  if (before < 0 || after < before) throw new Error("README.md lacks the marks between which its reference stands");
  return `${readme.slice(0, before)}${start}\n\n${definitions.map(reference).join("\n")}\n${readme.slice(after)}`;
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

const row = (key: string, type: string, doc: string) =>
  `| ${key} | ${type.length > 120 ? summary(type) : `\`${type.replaceAll("|", "\\|")}\``} | ${doc.replaceAll("|", "\\|")} |`;

const summary = (type: string) => (type.endsWith("[]") ? "list of objects" : "object");
