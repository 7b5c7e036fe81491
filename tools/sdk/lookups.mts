import type { InputField } from "../../provider/fields.ts";
import type { Lookup } from "../../provider/lookup.ts";
import { fileName, inputType, plainType, property } from "./source.mts";

/** What the types of a look-up's arguments, result, and of one item of a list are called. */
export const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const itemName = ({ name }: Lookup) => `${typeName(name)}Item`;

/** Whether its value makes all of the result secret. */
export const isSecret = ({ result }: Lookup): boolean => Object.values(result).some(({ secret }) => secret);

export const isNeeded = ({ required, setting }: InputField): boolean => required === true && setting === undefined;

/** The TypeScript source of one look-up, made from its description. */
export function lookupSource(lookup: Lookup): string {
  const { name, doc, args } = lookup;
  const type = typeName(name);
  return `// Made from the description of ${name} by \`npm run generate\`: change that instead.
import type * as pulumi from "@pulumi/pulumi";
import { type LookupOptions, lookUp } from "./lookup";

/** The arguments of ${name}. */
export interface ${type}Args {
${Object.entries(args).map(argumentOf).join("\n")}
}

${resultOf(lookup)}

/** ${doc} */
export function ${name}(args: ${type}Args${Object.values(args).some(isNeeded) || lookup.rules?.length ? "" : " = {}"}, opts?: LookupOptions): pulumi.Output<${type}Result> {
  return lookUp("${name}", ${isSecret(lookup)}, args, opts);
}
`;
}

const argumentOf = ([key, field]: [string, InputField]) =>
  property(field.doc, `${key}${isNeeded(field) ? "" : "?"}: ${inputType(field.schema)};`);

function resultOf(lookup: Lookup): string {
  const { name, result, many } = lookup;
  const members = Object.entries(result).map(([key, { schema, doc }]) =>
    property(doc, `readonly ${key}${schema.safeParse(undefined).success ? "?" : ""}: ${plainType(schema)};`),
  );
  const whole = `/** What ${name} gives. */\nexport interface ${typeName(name)}Result`;
  if (!many) return `${whole} {\n${members.join("\n")}\n}`;
  return `/** One of the secrets that ${name} gives. */
export interface ${itemName(lookup)} {
${members.join("\n")}
}

${whole} {
${property("The secrets, in the order of the service.", `readonly secrets: ${itemName(lookup)}[];`)}
}`;
}

/** Its line in the package's entry. */
export function exportOf(lookup: Lookup): string {
  const { name, many } = lookup;
  const types = [`${typeName(name)}Args`, ...(many ? [itemName(lookup)] : []), `${typeName(name)}Result`];
  return `export { ${[...types.map((type) => `type ${type}`), name].join(", ")} } from "./${fileName(name)}";`;
}
