import type { dynamic } from "@pulumi/pulumi";
import { check } from "../check";
import { type Definition, type Observed, PartialFailure } from "../definition";
import { plan, refusals } from "../diff";
import { CloudError } from "../errors";
import { type InputField, isAbsent, namesWhere, sameValue, type Values } from "../fields";
import { resources } from "../resources";
import type { Refusal } from "../rules";
import type { SettingsSource } from "../settings";
import { fromWire, toWire } from "./wire";

/** Names of inputs that the provider or the service filled in: only the state's outputs reach most methods, never its inputs. */
const undeclaredKey = "__defaults";

/** The dynamic provider of one resource. The state of every stack calls this by name, so it stays for ever. */
export function host(name: string): dynamic.ResourceProvider {
  const definition = resources.find((resource) => resource.name === name);
  if (!definition)
    throw new Error(`pulumi-cloud-secrets has no resource ${name}; is a newer version of the package needed?`);
  return new DynamicHost(definition);
}

class DynamicHost implements dynamic.ResourceProvider {
  private source: SettingsSource = { config: () => undefined, env: process.env };
  private connected: unknown;

  constructor(private readonly definition: Definition) {}

  /** Only takes the settings over, at once: other calls do not wait for it, and one that threw would never be asked again. */
  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.source = { config: (key) => config.get(key), env: process.env };
    this.connected = undefined;
  }

  async check(olds: Values, news: Values): Promise<dynamic.CheckResult> {
    return this.clean("check", async () => {
      const { inputs, failures } = check(this.definition, fromWire(news), this.source);
      const refused = failures.length > 0 ? [] : refusals(this.definition, fromWire(olds), inputs);
      // The engine prints the value of a property that a failure is reported at, also that of a secret: so none is named to it.
      const reasons = [...failures, ...refused, ...this.wrongSettings()].map(({ property, reason }) => ({
        property: "",
        reason: property ? `${property}: ${reason}` : reason,
      }));
      return { inputs: toWire(this.definition.inputs, inputs), failures: reasons };
    });
  }

  async diff(_id: string, olds: Values, news: Values): Promise<dynamic.DiffResult> {
    return this.clean("diff", async () => {
      const { changed, replaces, deleteBeforeReplace, refused } = plan(this.definition, fromWire(olds), fromWire(news));
      if (refused.length > 0) {
        const message = refused.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
        throw new CloudError({ kind: "invalid", message });
      }
      return { changes: changed.length > 0, replaces: [...replaces], deleteBeforeReplace };
    });
  }

  async create(properties: Values): Promise<dynamic.CreateResult> {
    return this.clean("create", async () => {
      const inputs = fromWire(properties);
      const { id, state } = await this.keepingPart(properties, () => this.definition.create(this.client(), inputs));
      return { id, outs: this.outputs(state, inputs) };
    });
  }

  async read(id: string, properties: Values): Promise<dynamic.ReadResult> {
    return this.clean("read", async () => {
      const known = fromWire(properties);
      const observed = await this.definition.read(this.client(), id, known);
      const isLookup = !Object.keys(this.definition.outputs).some((name) => name in known);
      if (!observed && isLookup) {
        throw new CloudError({
          kind: "notFound",
          message: `${this.definition.name} ${id} was not found, or waits for deletion`,
        });
      }
      // Without an id, the engine takes the secret out of the state.
      if (!observed) return { props: {} };
      const inputs = this.inputsBehind(observed.state, known, properties);
      return {
        id: observed.id,
        props: this.outputs(observed.state, inputs),
        inputs: toWire(this.definition.inputs, inputs),
      };
    });
  }

  async update(id: string, olds: Values, news: Values): Promise<dynamic.UpdateResult> {
    return this.clean("update", async () => {
      const inputs = fromWire(news);
      const observed = { id, state: fromWire(olds) };
      const state = await this.keepingPart(news, () => this.definition.update(this.client(), observed, inputs));
      return { outs: this.outputs(state, inputs) };
    });
  }

  async delete(id: string, properties: Values): Promise<void> {
    await this.clean("delete", () => this.definition.delete(this.client(), { id, state: fromWire(properties) }));
  }

  /** Settings that cannot be used are told at preview, before anything is made. */
  private wrongSettings(): Refusal[] {
    try {
      this.client();
      return [];
    } catch (error) {
      if (error instanceof CloudError) return [{ property: "", reason: error.message }];
      throw error;
    }
  }

  private client(): unknown {
    this.connected ??= this.definition.connect(this.source);
    return this.connected;
  }

  /** The state's outputs: what the cloud has, what the cloud never tells, and which inputs nobody declared. A default that nobody declared only swells it. */
  private outputs(state: Values, inputs: Values): Record<string, unknown> {
    const fields = this.definition.inputs;
    const kept = namesWhere(fields, (field) => field.writeOnly).map((name) => [name, inputs[name]] as const);
    const whole = { ...state, ...Object.fromEntries(kept) };
    const isSilent = (name: string) =>
      !(name in inputs) && sameValue(fields[name] as InputField, undefined, whole[name]);
    const silent = Object.keys(fields).filter(isSilent);
    const outputs = toWire(fields, { ...whole, ...Object.fromEntries(silent.map((name) => [name, undefined])) });
    const undeclared = Object.keys(fields).filter((name) => name in outputs && !(name in inputs));
    return undeclared.length > 0 ? { ...outputs, [undeclaredKey]: undeclared } : outputs;
  }

  /** The inputs that would lead to what the cloud has: those declared, and what somebody else has set. */
  private inputsBehind(state: Values, known: Values, properties: Values): Values {
    const undeclared = (properties[undeclaredKey] ?? []) as readonly string[];
    const names = Object.keys(this.definition.inputs).filter((name) => {
      const field = this.definition.inputs[name];
      if (!field || isAbsent(field.writeOnly ? known[name] : state[name])) return false;
      if (name in known && !undeclared.includes(name)) return true;
      return !field.computed && !sameValue(field, undefined, state[name]);
    });
    return Object.fromEntries(
      names.map((name) => [name, this.definition.inputs[name]?.writeOnly ? known[name] : state[name]]),
    );
  }

  /** A failure in the middle keeps the secret in the state; what the engine does not add by itself is added here. */
  private async keepingPart<T>(properties: Values, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const { id, state }: Observed = error.observed;
      const kept = { ...this.outputs(state, fromWire(properties)), __provider: properties.__provider };
      const failure = new PlainError(this.definition.name, error.message);
      throw Object.assign(failure, { id, properties: kept, reasons: [error.message] });
    }
  }

  /** Whatever fails reaches the user as one line: the engine's host prints an error as its text and its stack. */
  private async clean<T>(method: string, act: () => Promise<T>): Promise<T> {
    const where = `${this.definition.name} ${method}`;
    try {
      return await act();
    } catch (error) {
      if (error instanceof PlainError) throw error;
      throw new PlainError(where, error instanceof CloudError ? error.message : describeDefect(where, error));
    }
  }
}

class PlainError extends Error {
  /** Read by the engine's host: the secret's id and state, which are kept, and why it is not as declared. */
  id?: string;
  properties?: Record<string, unknown>;
  reasons?: readonly string[];

  constructor(
    private readonly where: string,
    message: string,
  ) {
    super(message);
    this.stack = message;
  }

  override toString(): string {
    return `${this.where} failed`;
  }
}

/** An error that nobody foresaw may carry a value in its message, so only its kind and place are told. */
function describeDefect(where: string, error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? /\n {4}at (.*:\d+:\d+\)?)(?:\n|$)/.exec(error.stack ?? "")?.[1] : undefined;
  return `${where} failed with an unforeseen ${name}${frame ? ` at ${frame}` : ""}: this is a defect of pulumi-cloud-secrets, please report it`;
}
