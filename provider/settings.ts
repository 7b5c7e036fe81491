import { CloudError } from "./errors";
import { jsonIn } from "./json";
import type { KnownCredentials } from "./known-credentials";

/** Where settings are looked for: the configuration first (the stack's, or an explicit provider's), then the environment. */
export interface SettingsSource {
  config(key: string): string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shared by all that signs in for one command. */
  readonly knownCredentials?: KnownCredentials;
}

export interface Setting {
  readonly what: string;
  readonly config: string;
  readonly env: readonly string[];
  /** Where it is looked for last. */
  readonly further?: { readonly place: string; read(source: SettingsSource): string | undefined };
  /** What says the same in another way: an earlier place with this comes before a later one. */
  readonly otherwise?: Setting;
}

/** Where one service is, in a map of endpoints. */
export interface EndpointSetting extends Setting {
  readonly service: string;
  /** Hosts beside loopback to which `http:` is allowed, since the cloud serves nothing else there. */
  readonly plainHosts?: RegExp;
}

/** The places that settings are looked for in, in the order in which they count. */
const places: readonly ((setting: Setting, source: SettingsSource) => string | undefined)[] = [
  ({ config }, source) => source.config(config),
  ({ env }, source) => env.map((name) => source.env[name]).find(Boolean),
  ({ further }, source) => further?.read(source),
];

/** One setting, or the whole group of settings that belong together, read from one place. */
export function readSetting(setting: Setting, source: SettingsSource): string | undefined {
  for (const read of places) {
    const found = read(setting, source);
    if (found) return found;
  }
  return undefined;
}

/**
 * A setting that belongs to one value of another, its owner, as a project does to a region: the first that stands in a
 * place where the owner has this value. A place without the owner goes by the value that counts.
 */
export function readSettingOf(
  setting: Setting,
  owner: Setting,
  value: unknown,
  source: SettingsSource,
): string | undefined {
  const counting = readSetting(owner, source);
  for (const read of places.filter((place) => (place(owner, source) || counting) === value)) {
    const found = read(setting, source);
    if (found) return found;
    if (setting.otherwise && read(setting.otherwise, source)) return undefined;
  }
  return undefined;
}

/** The name under which it is set: a key of the configuration, else a variable of the environment. */
export function settingPlace(setting: Setting, { config, env }: SettingsSource): string | undefined {
  return config(setting.config) ? setting.config : setting.env.find((name) => env[name]);
}

/** An explicit provider has a configuration of its own, and none of the stack's. */
export const placeInConfiguration = (name: string): string =>
  `${name} in the configuration (the stack's, or the CloudSecretsProvider's)`;

/** What to say when it is nowhere: every place that was looked at, in order. */
export function missingSetting(setting: Setting, input?: string): string {
  const places = [
    ...(input ? [`the input ${input}`] : []),
    placeInConfiguration(setting.config),
    `the environment variables ${setting.env.join(", ")}`,
    ...(setting.further ? [setting.further.place] : []),
  ];
  return `${setting.what} is set nowhere; looked at ${places.join(", then ")}`;
}

/** Keys that only mean something together, each group in one place: a key from here never meets a token from there. */
export interface KeyPlace {
  readonly from: "config" | "env";
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
}

export interface Keys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string | undefined;
}

/** The keys of the first place that has any. A place with half of a pair is an error, since guessing would sign in as somebody else. */
export function readKeys(places: readonly KeyPlace[], { config, env }: SettingsSource): Keys | undefined {
  for (const place of places) {
    const read = (name: string) => (place.from === "config" ? config(name) : env[name]) || undefined;
    const accessKey = read(place.accessKey);
    const secretKey = read(place.secretKey);
    if (accessKey && secretKey) {
      for (const name of [place.accessKey, place.secretKey, place.securityToken]) refuseUnsendable(name, read(name));
      return { accessKey, secretKey, securityToken: read(place.securityToken) };
    }
    if (accessKey || secretKey) {
      const [has, lacks] = accessKey ? [place.accessKey, place.secretKey] : [place.secretKey, place.accessKey];
      throw settingError(`${has} is set but ${lacks} is not; set both in the same place, or neither`);
    }
  }
  return undefined;
}

/** A key or a token goes in headers, where other characters cannot be sent. */
export function refuseUnsendable(name: string, value: string | undefined): void {
  if (value !== undefined && !/^[\x21-\x7e]*$/.test(value))
    throw settingError(`${name} holds a character that no key or token has, such as a line break; set it anew`);
}

export function describeKeyPlace(place: KeyPlace): string {
  const both = `${place.accessKey} and ${place.secretKey}`;
  return place.from === "config" ? placeInConfiguration(both) : `${both} in the environment`;
}

export function settingError(message: string): CloudError {
  return new CloudError({ kind: "settings", message });
}

/** Nothing gives credentials; where a service that could is only out of order, with this status, it may do so soon. */
export function noCredentials(message: string, status = 0): CloudError {
  return new CloudError({ kind: status >= 500 ? "unavailable" : "credentials", message });
}

/** The address of one service from a map of endpoints in the configuration, else from the environment; undefined for the public one. */
export function readEndpoint(setting: EndpointSetting, source: SettingsSource): URL | undefined {
  const configured = endpointsOf(setting.config, source.config(setting.config))[setting.service];
  const [place, text] = configured
    ? [`${setting.config} (${setting.service})`, configured]
    : [setting.env.find((name) => source.env[name]) ?? "", setting.env.map((name) => source.env[name]).find(Boolean)];
  const url = text ? parseEndpoint(text, place, setting.plainHosts) : undefined;
  if (url?.protocol !== "http:") refuseUnverified(source);
  return url;
}

/** With this variable, Node would tell secrets and tokens to whoever answers in the cloud's place. */
export function refuseUnverified({ env }: SettingsSource): void {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== "0") return;
  throw settingError(
    "NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment turns off the check of certificates; unset it, and name a certificate authority of your own by NODE_EXTRA_CA_CERTS",
  );
}

function endpointsOf(key: string, json: string | undefined): Record<string, string | undefined> {
  if (!json) return {};
  const parsed = jsonIn(json);
  const maps = (Array.isArray(parsed) ? parsed : [parsed]) as unknown[];
  if (maps.every((map) => typeof map === "object" && map !== null)) return Object.assign({}, ...maps);
  throw settingError(
    `${key} must be an object from a service's name to its URL, such as {"kms": "https://kms.example.com"}`,
  );
}

function parseEndpoint(text: string, place: string, plainHosts?: RegExp): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // A number alone would be read as an address.
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname || /^\d+$/.test(text)) {
    throw settingError(`${place} must be a URL such as https://kms.cn-hangzhou.aliyuncs.com`);
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/") {
    throw settingError(`${place} must be a scheme and a host with an optional port, and nothing else`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !plainHosts?.test(url.hostname)) {
    const allowed = plainHosts ? "loopback and the cloud's own metadata address" : "loopback";
    throw settingError(
      `${place} is an http: address, which would send secrets unencrypted; use https: (http: is for ${allowed} only)`,
    );
  }
  return url;
}

/** The name of a region or a project. */
export const placePattern = /^[a-z0-9][a-z0-9_-]{0,63}$/i;
export const placeRule = "must be 1 to 64 letters, digits, - or _";

/** The public address of a region; a region is part of its host, so nothing else may stand in it. */
export function publicEndpoint(hostOf: (region: string) => string, region: string): URL {
  if (!placePattern.test(region)) throw settingError(`the region ${placeRule}`);
  return new URL(`https://${hostOf(region)}`);
}

/** Whether what is sent to an address can be read on the way. */
export function isPlain(address = ""): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "http:" && !isLoopback(url.hostname);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
