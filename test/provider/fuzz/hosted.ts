import type { Config, dynamic } from "@pulumi/pulumi";
import type { Emulator } from "../../../emulator/server";
import type { Values } from "../../../provider/fields";
import { host } from "../../../provider/hosts/dynamic";
import { configFor } from "../../stack-config";

/** The host of a resource as the engine sets it up, with the settings of an emulator. */
export async function hosted(name: string, emulator: Emulator) {
  const provider = host(name) as Required<dynamic.ResourceProvider>;
  const config = configFor(emulator);
  await provider.configure({ config: { get: (key: string) => config[key] } as unknown as Config as never });
  return {
    check: (olds: Values, news: Values) => provider.check(olds, news),
    diff: (id: string, olds: Values, news: Values) => provider.diff(id, olds, news),
    create: (inputs: Values) => provider.create(inputs),
    update: (id: string, olds: Values, news: Values) => provider.update(id, olds, news),
    delete: (id: string, state: Values) => provider.delete(id, state),
  };
}
