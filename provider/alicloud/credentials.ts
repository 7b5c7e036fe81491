import { createRequire } from "node:module";
import {
  describeKeyPlace,
  type Keys,
  readKeys,
  readSetting,
  refuseUnverified,
  type SettingsSource,
  settingError,
} from "../settings";
import { configuredKeys, environmentKeys, profile } from "./settings";

/** Gives the keys to sign the next call with: temporary ones are renewed by the vendor's library. */
export type Credentials = () => Promise<Keys>;

/** Keys in the configuration, then a profile named there, then keys in the environment, then the vendor's default chain. */
export function alicloudCredentials(source: SettingsSource): Credentials {
  const configured = readKeys([configuredKeys], source);
  if (configured) return async () => configured;
  const name = readSetting(profile, source);
  if (name)
    return fromVendor(
      source,
      () => cliProfile(name),
      `${profile.config} names a profile of ~/.aliyun/config.json that cannot be used`,
    );
  const environment = readKeys(environmentKeys, source);
  if (environment) return async () => environment;
  return fromVendor(source, defaultChain, noCredentials());
}

interface VendorProvider {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string }>;
}

async function cliProfile(name: string): Promise<VendorProvider> {
  const { CLIProfileCredentialsProvider } = await vendorLibrary();
  return CLIProfileCredentialsProvider.builder().withProfileName(name).build();
}

async function defaultChain(): Promise<VendorProvider> {
  const { DefaultCredentialsProvider } = await vendorLibrary();
  return DefaultCredentialsProvider.builder().build();
}

async function vendorLibrary() {
  silenceVendor();
  return import("@alicloud/credentials");
}

/** With `DEBUG=*` the library would print the answers that temporary keys come in, and what it signs with their token. */
function silenceVendor(): void {
  try {
    const requireOfVendor = createRequire(require.resolve("@alicloud/credentials"));
    const debug: Debug = createRequire(requireOfVendor.resolve("httpx"))("debug");
    if (["httpx:body", "httpx:header", "sign"].some((name) => debug.enabled(name)))
      debug.enable(`${debug.disable()},-httpx:*,-sign`);
  } catch {
    // What a later version of the library does without prints nothing.
  }
}

interface Debug {
  enabled(name: string): boolean;
  enable(names: string): void;
  /** Returns what was enabled. */
  disable(): string;
}

/**
 * One question at a time, and a fresh provider after a failure: the vendor's chain takes the provider that it asked
 * last for the right one. Its messages are dropped, as some carry the content of a credentials file.
 */
function fromVendor(source: SettingsSource, create: () => Promise<VendorProvider>, failure: string): Credentials {
  refuseUnverified(source);
  let provider: Promise<VendorProvider> | undefined;
  let asking: Promise<Keys> | undefined;
  const ask = async (): Promise<Keys> => {
    try {
      provider ??= create();
      const { accessKeyId, accessKeySecret, securityToken } = await (await provider).getCredentials();
      return { accessKey: accessKeyId, secretKey: accessKeySecret, securityToken: securityToken || undefined };
    } catch {
      provider = undefined;
      throw settingError(failure);
    } finally {
      asking = undefined;
    }
  };
  return () => (asking ??= ask());
}

function noCredentials(): string {
  const places = [
    describeKeyPlace(configuredKeys),
    `${profile.config} in the stack's configuration`,
    ...environmentKeys.map(describeKeyPlace),
    "Alibaba Cloud's default chain (OIDC role, ~/.aliyun/config.json, ~/.alibabacloud/credentials, ECS RAM role, ALIBABA_CLOUD_CREDENTIALS_URI)",
  ];
  return `no credentials for Alibaba Cloud; looked at ${places.join(", then ")}`;
}
