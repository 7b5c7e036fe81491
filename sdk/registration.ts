import * as pulumi from "@pulumi/pulumi";

/** What a class says of its resource. */
export interface Shape {
  readonly name: string;
  readonly secrets: readonly string[];
  /** Every input and output: the engine gives back only what the resource names when it is made. */
  readonly properties: readonly string[];
}

/** The engine takes `pulumi-nodejs:dynamic` for resources whose provider is named by the property `__provider`. */
export const typeOf = ({ name }: Shape): string => `pulumi-nodejs:dynamic/cloudsecrets:${name}`;

/** What the engine is told: secrets as secrets, however the program gives them, and a constant text in place of the provider's code. */
export function propertiesOf({ name, secrets, properties }: Shape, args: object): pulumi.Inputs {
  const given = Object.entries(args).map(([key, value]) => [
    key,
    secrets.includes(key) && value !== undefined ? pulumi.secret(value) : value,
  ]);
  return {
    ...Object.fromEntries(properties.map((key) => [key, undefined])),
    ...Object.fromEntries(given),
    __provider: `exports.handler=()=>require('pulumi-cloud-secrets/dynamic').host('${name}')`,
  };
}
