import * as pulumi from "@pulumi/pulumi";
import { type AlicloudSettings, type HuaweicloudSettings, settingNames } from "./provider-settings";

/** The settings of a CloudSecretsProvider; what is left out is looked for in the environment. */
export interface CloudSecretsProviderArgs {
  /** Where and as whom to sign in to Alibaba Cloud. */
  alicloud?: AlicloudSettings;
  /** Where and as whom to sign in to Huawei Cloud. */
  huaweicloud?: HuaweicloudSettings;
}

/** The engine's package of every dynamic resource. */
const enginePackage = "pulumi-nodejs";
const providerType = `pulumi:providers:${enginePackage}`;

/**
 * An account and a region of its own for the resources and look-ups that name it by `{ provider }`, beside those of the
 * stack's configuration, of which it takes nothing.
 */
export class CloudSecretsProvider extends pulumi.ProviderResource {
  /** The settings under their configuration keys, such as `alicloud:region`: secret, as credentials are among them. */
  readonly settings: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: CloudSecretsProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const settings = settingsIn(name, args);
    super(enginePackage, name, settings, opts);
    this.settings = pulumi.secret(settings) as pulumi.Output<Record<string, string>>;
  }

  /** Whether a value is a CloudSecretsProvider, also one of another copy of this package. */
  static override isInstance(value: unknown): value is CloudSecretsProvider {
    return isOwnProvider(value) && "settings" in value;
  }
}

/** Whether the engine takes it for our resources; else it would silently take the stack's own. */
export function isOwnProvider(value: unknown): value is pulumi.ProviderResource {
  return pulumi.ProviderResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === providerType;
}

function settingsIn(provider: string, args: CloudSecretsProviderArgs): pulumi.Inputs {
  const wrong = (path: string, allowed: readonly string[]) =>
    new pulumi.RunError(`CloudSecretsProvider ${provider}: ${path} is no setting; there are ${allowed.join(", ")}`);
  const entries = Object.entries(args).flatMap(([cloud, settings = {}]) => {
    const known = settingNames[cloud];
    if (!known) throw wrong(cloud, Object.keys(settingNames));
    return Object.entries(settings as object).flatMap(([name, value]) => {
      if (!known.names.includes(name)) throw wrong(`${cloud}.${name}`, known.names);
      if (value === undefined) return [];
      const text = textOf(value, (member) => {
        const members = known.members[name];
        if (members && !members.includes(member)) throw wrong(`${cloud}.${name}.${member}`, members);
      });
      return [[`${cloud}:${name}`, known.secrets.includes(name) ? pulumi.secret(text) : text]];
    });
  });
  return Object.fromEntries(entries);
}

/** The engine keeps settings as texts, objects as JSON. */
function textOf(value: unknown, checkMember: (name: string) => void): pulumi.Output<string | undefined> {
  const isLater = value instanceof Promise || pulumi.Output.isInstance(value);
  if (!isLater) membersOf(value).forEach(checkMember);
  return pulumi.output(value as pulumi.Input<string | object | undefined>).apply((given) => {
    if (given === undefined || given === null) return undefined;
    membersOf(given).forEach(checkMember);
    return typeof given === "object" ? JSON.stringify(given) : String(given);
  });
}

const membersOf = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
