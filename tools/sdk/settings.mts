import type { ProviderSettings } from "../../provider/provider-settings.ts";
import { typeName } from "./lookups.mts";
import { inputType, list, property } from "./source.mts";

const membersOf = (schema: unknown): readonly string[] | undefined => {
  const { shape } = Object(schema) as { shape?: object };
  return shape && Object.keys(shape);
};

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
    const members = names.map((name) => [name, membersOf(fields[name]?.schema)] as const).filter(([, all]) => all);
    return `${cloud}: {
  names: ${list(names)},
  secrets: ${list(names.filter((name) => fields[name]?.secret))},
  members: { ${members.map(([name, all = []]) => `${name}: ${list(all)}`).join(", ")} },
},`;
  });
  return `// Made from the table of settings by \`npm run generate\`: change that instead.
import type * as pulumi from "@pulumi/pulumi";

${interfaces.join("\n\n")}

interface SettingNames {
  readonly names: readonly string[];
  readonly secrets: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
}

/** What the settings of each cloud are called, which are credentials, and what the members of objects are called. */
export const settingNames: Readonly<Record<string, SettingNames>> = {
${shapes.join("\n")}
};
`;
}
