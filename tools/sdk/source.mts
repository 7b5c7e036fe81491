import { z } from "zod";
import type { Definition } from "../../provider/definition.ts";
import type { OutputField } from "../../provider/fields.ts";
import type { Lookup } from "../../provider/lookup.ts";
import { exportOf } from "./lookups.mts";

/** The TypeScript source of one resource's class, made from its definition. */
export function classSource(definition: Definition): string {
  const { name } = definition;
  return `// Made from the definition of ${name} by \`npm run generate\`: change that instead.
import * as pulumi from "@pulumi/pulumi";
import { propertiesOf, type Shape, typeOf } from "./registration";

${shapeOf(definition)}

/** The inputs of ${article(name)} ${name}. */
export interface ${name}Args {
${argumentsOf(definition)}
}

/** ${definition.doc} */
export class ${name} extends pulumi.CustomResource {
${propertiesOf(definition)}

${methodsOf(definition)}
}
`;
}

function shapeOf({ name, inputs, outputs }: Definition): string {
  const secrets = Object.keys(inputs).filter((key) => inputs[key]?.secret);
  const named = Object.keys(inputs).find((key) => inputs[key]?.name);
  return `const shape: Shape = {
  name: "${name}",
  secrets: ${list(secrets)},${named ? `\n  named: "${named}",` : ""}
  properties: ${list([...Object.keys(inputs), ...Object.keys(outputs)])},
};`;
}

function argumentsOf({ inputs }: Definition): string {
  const lines = Object.entries(inputs).map(([key, field]) => {
    const isOptional = !field.required || field.setting !== undefined || isGiven(inputs, key);
    return property(field.doc, `${key}${isOptional ? "?" : ""}: ${inputType(field.schema)};`);
  });
  return lines.join("\n");
}

function propertiesOf({ inputs, outputs }: Definition): string {
  const line = (key: string, { schema, doc }: Pick<OutputField, "schema" | "doc">, isAlways?: boolean) =>
    property(doc, `declare readonly ${key}: pulumi.Output<${plainType(schema)}${isAlways ? "" : " | undefined"}>;`);
  return [
    ...Object.entries(inputs).map(([key, field]) =>
      line(key, field, (field.required || field.always) && !isGiven(inputs, key)),
    ),
    ...Object.entries(outputs).map(([key, field]) => line(key, field, !field.schema.safeParse(undefined).success)),
  ].join("\n");
}

/** Whether another input may say where the value is to be found. */
export const isGiven = (inputs: Definition["inputs"], key: string) =>
  Object.values(inputs).some(({ gives }) => gives === key);

function methodsOf({ name, id }: Definition): string {
  return `  constructor(name: string, args: ${name}Args, opts?: pulumi.CustomResourceOptions) {
    super(typeOf(shape), name, propertiesOf(shape, name, args, opts), opts ?? {});
  }

  /**
   * Reads what exists already, without managing it; fails where there is none.
   * @param id ${id}
   * @param state What else tells it apart, where the id does not say all.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: Partial<${name}Args> = {},
    opts?: pulumi.CustomResourceOptions,
  ): ${name} {
    return new ${name}(name, state as ${name}Args, { ...opts, id });
  }

  /** Whether a value is ${article(name)} ${name}, also one of another copy of this package. */
  static override isInstance(value: unknown): value is ${name} {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === typeOf(shape);
  }`;
}

/** The package's entry: one line for each that it exports. */
export function indexSource(definitions: readonly Definition[], lookups: readonly Lookup[]): string {
  const lines = [
    'export { CloudSecretsProvider, type CloudSecretsProviderArgs } from "./cloud-secrets-provider";',
    'export type { LookupOptions } from "./lookup";',
    'export type { AlicloudSettings, HuaweicloudSettings } from "./provider-settings";',
    ...definitions.map(({ name }) => `export { ${name}, type ${name}Args } from "./${fileName(name)}";`),
    ...lookups.map(exportOf),
  ];
  return `// Made from the registries of resources and of look-ups by \`npm run generate\`.\n${lines.sort((a, b) => (moduleOf(a) < moduleOf(b) ? -1 : 1)).join("\n")}\n`;
}

const moduleOf = (line: string) => line.slice(line.indexOf('"'));

export const fileName = (name: string): string => name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();

export const article = (name: string) => (/^[AEIOU]/.test(name) ? "an" : "a");
export const list = (names: readonly string[]) => `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;

export function property(doc: string, declaration: string): string {
  return `  /** ${doc} */\n  ${declaration}`;
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
export const inputType = (schema: z.ZodType) => typeText(jsonSchema(schema), (type) => `pulumi.Input<${type}>`);
export const plainType = (schema: z.ZodType) => typeText(jsonSchema(schema), (type) => type);

type Wrap = (type: string) => string;

/** A type as text; `wrap` is put around it and around everything inside that a program may give as an output. */
function typeText(schema: JsonSchema, wrap: Wrap): string {
  const type = bareType(schema, wrap);
  return type === "unknown" ? type : wrap(type);
}

/** The same without `wrap` around the whole. */
function bareType(schema: JsonSchema, wrap: Wrap): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((one) => bareType(one, wrap)).join(" | ");
  if (schema.type === "array") return listOf(typeText(schema.items ?? {}, wrap));
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(
      ([key, of]) => `${key}${schema.required?.includes(key) ? "" : "?"}: ${typeText(of, wrap)}`,
    );
    return `{ ${members.join("; ")} }`;
  }
  if (schema.type === "object")
    return `{ [key: string]: ${typeText((schema.additionalProperties as JsonSchema) ?? {}, wrap)} }`;
  if (schema.type === "integer") return "number";
  return schema.type ?? "unknown";
}

const listOf = (item: string) => (item.includes(" | ") && !item.includes("<") ? `(${item})[]` : `${item}[]`);
