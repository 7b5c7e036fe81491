import type { Config, dynamic } from "@pulumi/pulumi";
import type { Values } from "../../provider/fields";
import { host } from "../../provider/hosts/dynamic";

export type Hosted = Awaited<ReturnType<typeof hosted>>;

/** The host of a resource as the engine sets it up for one command, with these settings. */
export async function hosted(resource: string, config: Readonly<Record<string, string>>) {
  const provider = host(resource) as Required<dynamic.ResourceProvider>;
  await provider.configure({ config: { get: (key: string) => config[key] } as unknown as Config as never });
  return {
    check: (olds: Values, news: Values) => provider.check(olds, news),
    diff: (id: string, olds: Values, news: Values) => provider.diff(id, olds, news),
    create: (inputs: Values) => provider.create(inputs),
    read: (id: string, state: Values) => provider.read(id, state),
    update: (id: string, olds: Values, news: Values) => provider.update(id, olds, news),
    delete: (id: string, state: Values) => provider.delete(id, state),
  };
}
