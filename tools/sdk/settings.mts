import type { ProviderSettings } from "../../provider/provider-settings.ts";
import { typeName } from "./lookups.mts";
import { inputType, list, property } from "./source.mts";

/** The TypeScript source of the settings that an explicit provider takes, made from their table. */
export function settingsSource(settings: ProviderSettings): string {
  const interfaces = Object.entries(settings).map(
    ([cloud, { title, fields }]) => `/** Where and as whom to sign in to ${title}. */
export interface ${typeName(cloud)}Settings {
${Object.entries(fields)
  .map(([key, { schema, doc }]) => property(doc, `${key}?: ${inputType(schema)};`))
  .join("\n")}
}`,
  );
  const shapes = Object.entries(settings).map(([cloud, { fields }]) => {
    const names = Object.keys(fields);
    return `${cloud}: { names: ${list(names)}, secrets: ${list(names.filter((name) => fields[name]?.secret))} },`;
  });
  return `// Made from the table of settings by \`npm run generate\`: change that instead.
import type * as pulumi from "@pulumi/pulumi";

${interfaces.join("\n\n")}

/** What the settings of each cloud are called, and which are credentials. */
export const settingNames: Readonly<Record<string, { readonly names: readonly string[]; readonly secrets: readonly string[] }>> = {
${shapes.join("\n")}
};
`;
}
