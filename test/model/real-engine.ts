import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation";
import { AliyunKmsSecret, AnalyticDbSecret, CsmsSecret } from "pulumi-cloud-secrets";
import type { Values } from "../../provider/fields";
import { killEngine, killProvider } from "../e2e/processes";
import { startStack, type TestStack } from "../e2e/support";
import { type Declared, inputsOf, type Kind, kinds, wordings } from "./declared";
import type { Engine, Failure, Hazard, Held, Place } from "./engine";

const hastened = { NODE_OPTIONS: `--require="${join(__dirname, "hasten.cts")}"` };
const classes = { kms: AliyunKmsSecret, gpdb: AnalyticDbSecret, csms: CsmsSecret };

const programOf =
  (program: readonly Declared[]): PulumiFn =>
  async () => {
    for (const declared of program) {
      const { __called, __place, __provider, ...args } = inputsOf(declared);
      new classes[declared.kind](declared.key, args as never);
    }
  };

const kindOf = (type: string): Kind | undefined => kinds.find((kind) => type.endsWith(`:${wordings[kind].resource}`));

/** The engine's own, around what a resource that it keeps has failed with. */
const listing = /^1 error occurred:\n\t\* /;

/** What the engine says while a command runs. */
class Told {
  readonly errors: string[] = [];
  /** What it was to make. */
  readonly attempted: Place[] = [];

  readonly listen = ({ diagnosticEvent, resourcePreEvent }: EngineEvent) => {
    if (diagnosticEvent?.severity === "error") this.errors.push(diagnosticEvent.message.trim().replace(listing, ""));
    const { op = "", type = "", new: next } = resourcePreEvent?.metadata ?? {};
    const kind = kindOf(type);
    if (kind && op.startsWith("create"))
      this.attempted.push({ kind, name: (next?.inputs as Values | undefined)?.[wordings[kind].name] as string });
  };
}

const leftover = /^One or more errors occurred: 14 UNAVAILABLE: No connection established/;

/** Pulumi itself, on a stack of its own. */
export class RealEngine implements Engine {
  /** What has happened to its commands so far. */
  readonly happened = { killed: 0, interrupted: 0, unwritable: 0 };
  /** What happens at one of the calls that come. */
  private pending: { readonly atCall: number; readonly strike: () => void | Promise<void> } | undefined;
  private struck: void | Promise<void> = undefined;
  private calls = 0;
  private makeWritable: (() => void) | undefined;

  private constructor(readonly stack: TestStack) {}

  static async start(): Promise<RealEngine> {
    let engine: RealEngine | undefined;
    const stack = await startStack({ onRequest: () => engine?.count() }, { env: hastened });
    engine = new RealEngine(stack);
    return engine;
  }

  held(): Held[] {
    return this.stack.entries().flatMap(({ urn, type, id = "", inputs = {}, outputs = {}, delete: isReplaced }) => {
      const kind = kindOf(type);
      const key = urn.slice(urn.lastIndexOf("::") + 2);
      return kind ? [{ key, kind, id, inputs, outputs, isReplaced: isReplaced === true }] : [];
    });
  }

  async up(program: readonly Declared[], hazard?: Hazard): Promise<Failure | undefined> {
    const interrupt = new AbortController();
    if (hazard) this.prepare(hazard, interrupt);
    try {
      return await this.outcome((onEvent) => this.stack.up(programOf(program), { onEvent, signal: interrupt.signal }));
    } finally {
      await this.struck;
      this.pending = undefined;
      await this.recover();
    }
  }

  refresh(): Promise<Failure | undefined> {
    return this.outcome((onEvent) => this.stack.refresh({ onEvent, clearPendingCreates: true }));
  }

  destroy(): Promise<Failure | undefined> {
    return this.outcome((onEvent) => this.stack.destroy({ onEvent }));
  }

  private async outcome(run: (onEvent: Told["listen"]) => Promise<unknown>): Promise<Failure | undefined> {
    const told = new Told();
    try {
      await run(told.listen);
      return undefined;
    } catch (error) {
      const message = told.errors.length > 0 ? told.errors.join(" ; ") : (error as Error).message;
      // Pulumi's library tells a program also what one before it has failed with that was cut off.
      if (leftover.test(message)) return this.outcome(run);
      return { message, attempted: told.attempted };
    }
  }

  private prepare({ kind, atCall }: Hazard, interrupt: AbortController): void {
    const strikes = {
      killed: killProvider,
      interrupted: () => interrupt.abort(),
      unwritable: () => this.makeUnwritable(),
    };
    this.calls = 0;
    const strike = () => {
      this.happened[kind] += 1;
      return strikes[kind]();
    };
    this.pending = { atCall, strike };
  }

  private async recover(): Promise<void> {
    if (!this.makeWritable) return;
    this.makeWritable();
    this.makeWritable = undefined;
    await this.stack.cancel();
  }

  private count(): void {
    this.calls += 1;
    if (this.calls === this.pending?.atCall) this.struck = this.pending.strike();
  }

  /** As the engine tries for half a minute each time that it writes, it is not waited for. */
  private async makeUnwritable(): Promise<void> {
    this.makeWritable = this.stack.barState();
    await sleep(1_500);
    await killEngine();
  }
}
