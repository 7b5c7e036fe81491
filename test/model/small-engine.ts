import type { Values } from "../../provider/fields";
import { type Hosted, hosted } from "../provider/hosted";
import { unwrapped } from "../provider/hosts/dynamic-provider";
import { type Declared, inputsOf, type Kind, wordings } from "./declared";
import type { Engine, Failure, Held } from "./engine";

interface Entry extends Held {
  /** A failure left it other than declared, or unconfirmed: the next up updates it without a difference, or replaces it. */
  readonly isPartial?: boolean;
}

type Providers = (kind: Kind) => Promise<Hosted>;

/** Thrown by a provider that keeps what it has made. */
interface Kept {
  readonly id?: string;
  readonly properties?: Values;
}

class Stopped extends Error {
  constructor(readonly failure: Failure) {
    super("the engine starts nothing more");
  }
}

/** Does with a program and a state what the engine does, one resource after the other, and as little else as possible: for thousands of runs. */
export class SmallEngine implements Engine {
  private entries: readonly Entry[] = [];

  constructor(private readonly config: Readonly<Record<string, string>>) {}

  held(): readonly Entry[] {
    return this.entries;
  }

  private heldAs(key: string): Entry | undefined {
    return this.entries.find((entry) => entry.key === key && !entry.isReplaced);
  }

  up(program: readonly Declared[]): Promise<Failure | undefined> {
    return this.run(async (providers) => {
      for (const declared of program) await this.register(providers, declared);
      const isGone = (entry: Entry) => entry.isReplaced || !program.some(({ key }) => key === entry.key);
      for (const entry of this.entries.filter(isGone).toReversed()) await this.remove(providers, entry);
    });
  }

  refresh(): Promise<Failure | undefined> {
    return this.run(async (providers) => {
      for (const entry of this.entries) await this.reread(providers, entry);
    });
  }

  destroy(): Promise<Failure | undefined> {
    return this.run(async (providers) => {
      for (const entry of this.entries.toReversed()) await this.remove(providers, entry);
    });
  }

  /** One command has one process of each provider. */
  private async run(command: (providers: Providers) => Promise<void>): Promise<Failure | undefined> {
    const started = new Map<Kind, Promise<Hosted>>();
    const providers = (kind: Kind) => {
      const provider = started.get(kind) ?? hosted(wordings[kind].resource, this.config);
      started.set(kind, provider);
      return provider;
    };
    try {
      await command(providers);
      return undefined;
    } catch (error) {
      if (error instanceof Stopped) return error.failure;
      throw error;
    }
  }

  private async register(providers: Providers, declared: Declared): Promise<void> {
    const provider = await providers(declared.kind);
    const old = this.heldAs(declared.key);
    const inputs = await this.checked(provider, old?.inputs ?? {}, declared);
    if (!old) return this.create(provider, declared, inputs);
    const { id, outputs } = old;
    const { changes, replaces, deleteBeforeReplace } = await this.asked(() => provider.diff(id, outputs, inputs));
    if (replaces?.length) return this.replace(providers, old, declared, deleteBeforeReplace === true);
    if (!changes && !old.isPartial) return this.put({ ...old, inputs }, old);
    const { outs } = await this.acted(old, { ...old, inputs }, () => provider.update(id, outputs, inputs));
    this.put({ ...old, inputs, outputs: unwrapped(outs ?? {}), isPartial: false }, old);
  }

  private async replace(providers: Providers, old: Entry, declared: Declared, isDeletedFirst: boolean): Promise<void> {
    const provider = await providers(declared.kind);
    const inputs = await this.checked(provider, {}, declared);
    if (isDeletedFirst) {
      await this.remove(providers, old);
      return this.create(provider, declared, inputs);
    }
    const before = this.entries.length;
    try {
      await this.create(provider, declared, inputs);
    } finally {
      if (this.entries.length > before) this.put({ ...old, isReplaced: true }, old);
    }
  }

  private async create(provider: Hosted, { key, kind }: Declared, inputs: Values): Promise<void> {
    const blank = { key, kind, id: "", inputs, outputs: {} };
    const { id, outs } = await this.acted(undefined, blank, () => provider.create(inputs));
    this.put({ ...blank, id, outputs: unwrapped(outs ?? {}) });
  }

  private async remove(providers: Providers, entry: Entry): Promise<void> {
    const provider = await providers(entry.kind);
    await this.asked(() => provider.delete(entry.id, entry.outputs));
    this.entries = this.entries.filter((one) => one !== entry);
  }

  private async reread(providers: Providers, entry: Entry): Promise<void> {
    const provider = await providers(entry.kind);
    const { id, props = {}, inputs = {} } = await this.asked(() => provider.read(entry.id, entry.outputs));
    if (id === undefined) {
      this.entries = this.entries.filter((one) => one !== entry);
      return;
    }
    const read = { ...entry, id, outputs: unwrapped(props), inputs: unwrapped(inputs), isPartial: false };
    this.put(read, entry);
    // The engine shows what has changed, by the difference the other way round.
    await this.asked(() => provider.diff(id, read.outputs, entry.inputs));
  }

  private async checked(provider: Hosted, olds: Values, declared: Declared): Promise<Values> {
    const { inputs, failures } = await this.asked(() => provider.check(olds, inputsOf(declared)));
    if (failures?.length) throw new Stopped({ message: failures.map(({ reason }) => reason).join("; ") });
    return unwrapped({ ...inputs, __provider: inputsOf(declared).__provider });
  }

  private async asked<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new Stopped({ message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A failure that tells what was made all the same puts that into the state. */
  private async acted<T>(old: Entry | undefined, entry: Entry, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const { id, properties } = error as Kept;
      if (id && properties) this.put({ ...entry, id, outputs: unwrapped(properties), isPartial: true }, old);
      throw new Stopped({ message: (error as Error).message });
    }
  }

  private put(entry: Entry, old?: Entry): void {
    this.entries = old ? this.entries.map((one) => (one === old ? entry : one)) : [...this.entries, entry];
  }
}
