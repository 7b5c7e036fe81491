import { CloudError } from "../errors";
import type { Values } from "../fields";
import { KnownCredentials } from "../known-credentials";
import { carryOut, type Lookup } from "../lookup";
import { lookups } from "../lookups";
import type { SettingsSource } from "../settings";
import { describeDefect } from "./defects";

/** What the look-ups of one command and one set of settings share: clients, and what is known of the credentials. */
interface Connections {
  readonly source: SettingsSource;
  readonly clients: Map<Lookup["connect"], unknown>;
}

/** By whatever stands for the command, then by the settings. */
const known = new WeakMap<object, Map<string, Connections>>();

/**
 * Looks up what the SDK's function `name` does. `settings` are configuration keys with their values; `command` is any
 * object that stands for the command that runs. Fails with an Error whose message is one line and holds no value.
 */
export async function lookUp(
  name: string,
  args: Values,
  settings: Readonly<Record<string, string>>,
  command: object,
): Promise<Values> {
  const lookup = lookups.find((one) => one.name === name);
  if (!lookup)
    throw new Error(`pulumi-cloud-secrets has no function ${name}; is a newer version of the package needed?`);
  try {
    const { source, clients } = connectionsFor(settings, command);
    const client = clients.get(lookup.connect) ?? lookup.connect(source);
    clients.set(lookup.connect, client);
    return await carryOut(lookup, args, source, client);
  } catch (error) {
    throw new Error(error instanceof CloudError ? `${name}: ${error.message}` : describeDefect(name, error));
  }
}

function connectionsFor(settings: Readonly<Record<string, string>>, command: object): Connections {
  const ofCommand = known.get(command) ?? new Map<string, Connections>();
  known.set(command, ofCommand);
  const key = JSON.stringify(Object.entries(settings).sort());
  const source = {
    config: (name: string) => settings[name],
    env: process.env,
    knownCredentials: new KnownCredentials(),
  };
  const connections = ofCommand.get(key) ?? { source, clients: new Map() };
  ofCommand.set(key, connections);
  return connections;
}
