import * as pulumi from "@pulumi/pulumi";
import { CloudSecretsProvider } from "./cloud-secrets-provider";
import { settingNames } from "./provider-settings";

/** How a secret is looked up. */
export interface LookupOptions {
  /** Whose settings count; by default the stack's. */
  readonly provider?: CloudSecretsProvider;
}

type Settings = Readonly<Record<string, string>>;

/** Reads in the program's own process, also in a preview; with arguments that are not known yet, the output is not either. */
export function lookUp<Result>(
  name: string,
  isSecret: boolean,
  args: object,
  opts?: LookupOptions | null,
): pulumi.Output<Result> {
  const command = pulumi.runtime.getMonitor() ?? {};
  const found = pulumi
    .all([pulumi.output({ ...args }), settingsOf(name, opts ?? {})])
    .apply(([given, settings]) => read<Result>(name, given, settings, command));
  return (isSecret ? pulumi.secret(found) : found) as pulumi.Output<Result>;
}

async function read<Result>(name: string, args: object, settings: Settings, command: object): Promise<Result> {
  const { lookUp: found } = require("pulumi-cloud-secrets/lookups") as typeof import("../provider/hosts/lookups");
  try {
    return (await found(name, args as Record<string, unknown>, settings, command)) as Result;
  } catch (error) {
    // Pulumi shows it without a stack trace.
    throw new pulumi.RunError(error instanceof Error ? error.message : `${name} failed`);
  }
}

function settingsOf(name: string, { provider, ...others }: LookupOptions): pulumi.Output<Settings> {
  const [[other] = []] = Object.entries(others).filter(([, value]) => value !== undefined);
  // Without a word, a look-up would take the stack's settings for those of a parent, and wait for nothing.
  if (other !== undefined) throw new pulumi.RunError(`${name}: ${other} is no option of a look-up; there is provider`);
  if (provider === undefined) return pulumi.output(ofStack());
  if (!CloudSecretsProvider.isInstance(provider))
    throw new pulumi.RunError(`${name}: the option provider must be a CloudSecretsProvider`);
  // That credentials are among them makes no secret of what they open.
  return pulumi.unsecret(provider.settings);
}

function ofStack(): Settings {
  const names = Object.entries(settingNames).flatMap(([cloud, { names }]) => names.map((name) => `${cloud}:${name}`));
  const values = names.map((name) => [name, pulumi.runtime.getConfig(name)] as const);
  return Object.fromEntries(values.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
