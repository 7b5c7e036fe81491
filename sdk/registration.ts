import * as pulumi from "@pulumi/pulumi";
import { isOwnProvider } from "./cloud-secrets-provider";

/** What a class says of its resource. */
export interface Shape {
  readonly name: string;
  readonly secrets: readonly string[];
  /** The input that the provider makes from the resource's name where the program leaves it out. */
  readonly named?: string;
  /** Every input and output: the engine gives back only what the resource names when it is made. */
  readonly properties: readonly string[];
}

/** The engine takes `pulumi-nodejs:dynamic` for resources whose provider is named by the property `__provider`. */
export const typeOf = ({ name }: Shape): string => `pulumi-nodejs:dynamic/cloudsecrets:${name}`;

/** What the engine is told: secrets as secrets, however the program gives them, and a constant text in place of the provider's code. */
export function propertiesOf(
  shape: Shape,
  name: string,
  declared?: object | null,
  opts?: pulumi.CustomResourceOptions | null,
): pulumi.Inputs {
  const { secrets, properties } = shape;
  const args = declared ?? {};
  const { id, provider } = opts ?? {};
  if (provider !== undefined && !isOwnProvider(provider))
    throw new pulumi.RunError(`${shape.name} ${name}: the option provider must be a CloudSecretsProvider`);
  const given = Object.entries(args).map(([key, value]) => [
    key,
    secrets.includes(key) && value !== undefined ? pulumi.secret(value) : value,
  ]);
  return {
    ...Object.fromEntries(properties.map((key) => [key, undefined])),
    ...Object.fromEntries(given),
    ...(id === undefined ? { ...resourceName(shape, name, args), ...resourcePlace(shape, name, args) } : {}),
    __provider: `exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('${shape.name}')`,
  };
}

/** What to make a name of; nothing in a preview, which could only show another one than `up` makes. */
function resourceName({ named }: Shape, name: string, args: object): pulumi.Inputs {
  if (!named || typeof (args as Record<string, unknown>)[named] === "string") return {};
  return { __called: pulumi.runtime.isDryRun() ? "" : name };
}

/** What the digest of a value that stays outside the state is salted with: the same in a preview and in the `up` after it. */
function resourcePlace({ secrets }: Shape, name: string, args: object): pulumi.Inputs {
  const isOutside = secrets.some((secret) => (args as Record<string, unknown>)[`${secret}From`] !== undefined);
  if (!isOutside) return {};
  return { __place: [pulumi.getProject(), pulumi.getStack(), name].join("/") };
}
