import type { Emulator, FaultPlan } from "../../emulator/server";
import { everySecret, type Found, writesSince } from "./cloud";
import { canary, type Declared, wordings } from "./declared";
import type { Engine, Failure, Hazard, Held, Place } from "./engine";
import { Others } from "./others";
import { type Files, forms, requireOutside } from "./outside";
import type { Sketch, Step, What } from "./plans";
import { Broken, compareOne, Draws, Repeats } from "./promised";

/** Somebody's stack and clouds; keeps count of what was promised of them. */
export class World {
  readonly orphans: string[] = [];
  /** The messages of all failures. */
  readonly said: string[] = [];
  private readonly others: Others;
  private program: readonly Declared[];
  private dropped: readonly Declared[] = [];
  private count = 0;
  /** Others have changed something, and no refresh has seen it. */
  private hasDrifted = false;
  private readonly repeats = new Repeats();
  private readonly draws = new Draws();
  /** Places where an up that broke off may have made a secret, which the state does not hold. */
  private readonly unsure = new Set<string>();
  /** Secrets that others brought back, which are none of the stack's. */
  private readonly strangers = new Set<string>();

  constructor(
    private readonly emulator: Emulator,
    private readonly engine: Engine,
    private readonly files: Files,
    first: readonly Sketch[],
    /** The writes since a call that changed nothing, where that can be told. */
    private readonly needlessSince: (call: number) => readonly string[] = () => [],
  ) {
    this.others = new Others(emulator, (prefix) => this.fresh(prefix));
    this.program = first.map((sketch, n) => this.declare(sketch, n));
  }

  async live(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.take(step);
    await this.converge();
    await this.end();
  }

  private take(step: Step): Promise<void> {
    if (["destroy", "edit", "delete", "restore"].includes(step.do)) this.draws.forget();
    switch (step.do) {
      case "up":
        return this.up(step.faults, step.hazard);
      case "refresh":
        return this.refresh(step.faults);
      case "destroy":
        return this.command(step.faults, () => this.engine.destroy()).then(() => undefined);
      case "edit":
        return this.edit(step.which, step.what);
      case "delete":
        return this.deleteByHand(step.which, step.forGood);
      case "restore":
        return this.restoreByHand(step.which);
      default:
        return Promise.resolve(this.rewrite(step));
    }
  }

  private declare({ kind, form, isNamed, isRich, isDeletedForGood }: Sketch, n: number): Declared {
    const key = `r${n}`;
    return {
      key,
      kind,
      name: isNamed || kind === "gpdb" ? `${key}_0` : undefined,
      value: this.fresh(),
      form,
      file: this.files.pathOf(key),
      description: isRich ? this.fresh("about") : undefined,
      tags: isRich && wordings[kind].isRich ? { team: "shop" } : undefined,
      stages: isRich && wordings[kind].isRich ? ["blue"] : [],
      isDeletedForGood: isDeletedForGood && wordings[kind].isRich,
      adoptExisting: false,
    };
  }

  private fresh(prefix: string = canary): string {
    this.count += 1;
    return `${prefix}-${this.count}`;
  }

  /** Changes the program. */
  private rewrite(step: Extract<Step, { which: number }>): void {
    const from = step.do === "add" ? this.dropped : this.program;
    const picked = from[step.which % from.length];
    if (!picked) return;
    const others = this.program.filter((one) => one !== picked);
    if (step.do === "drop") {
      this.program = others;
      this.dropped = [...this.dropped, picked];
    } else if (step.do === "add") {
      this.dropped = this.dropped.filter((one) => one !== picked);
      this.program = [...this.program, this.withLeave({ ...picked, value: this.fresh() })];
    } else if (step.do === "rename" && picked.name !== undefined) {
      this.program = this.program.map((one) => (one === picked ? this.withLeave(this.renamed(one)) : one));
    } else if (step.do === "change") {
      this.program = this.program.map((one) => (one === picked ? this.changed(one, step.what) : one));
    }
  }

  /** Back and forth between two names, unless what had the other is still to go. */
  private renamed(one: Declared): Declared {
    const name = one.name?.endsWith("_0") ? `${one.key}_1` : `${one.key}_0`;
    return this.isHeld({ kind: one.kind, name }, (entry) => entry.isReplaced === true) ? one : { ...one, name };
  }

  /** What others have brought back is taken over only with leave. */
  private withLeave(one: Declared): Declared {
    return {
      ...one,
      adoptExisting: one.kind !== "gpdb" && (this.strangers.has(placeOf(one)) || this.unsure.has(placeOf(one))),
    };
  }

  private changed(one: Declared, what: What | "form"): Declared {
    if (what === "form") return { ...one, form: forms[(forms.indexOf(one.form) + 1) % forms.length] ?? "literal" };
    if (what === "description") return { ...one, description: one.description ? undefined : this.fresh("about") };
    if (!wordings[one.kind].isRich || what === "value") return { ...one, value: this.fresh() };
    if (what === "tags") return { ...one, tags: one.tags ? undefined : { team: "shop", of: this.fresh("tag") } };
    return { ...one, stages: one.stages.length > 0 ? [] : ["blue", "green"] };
  }

  private async up(faults: FaultPlan | undefined, hazard: Hazard | undefined): Promise<void> {
    const failure = await this.declareNow(faults, hazard);
    if (failure) this.draws.forget();
    if (failure) return this.noteUnsure(failure, hazard);
    for (const one of this.program) this.unsure.delete(this.placeNow(one));
    if (!this.hasDrifted) this.compare("an up that succeeds");
  }

  private declareNow(faults?: FaultPlan, hazard?: Hazard): Promise<Failure | undefined> {
    this.files.write(this.program);
    return this.command(faults, () => this.engine.up(this.program, hazard), hazard);
  }

  /** Of these nobody knows, but where to look. */
  private noteUnsure({ attempted = [] }: Failure, hazard: Hazard | undefined): void {
    // Ctrl-C waits for what is under way.
    if (hazard === undefined || hazard.kind === "interrupted") return;
    for (const place of attempted) this.unsure.add(placeOf(place));
    this.hasDrifted = true;
    this.repeats.allow();
    this.program = this.program.map((one) => this.withLeave(one));
  }

  private async refresh(faults: FaultPlan | undefined): Promise<void> {
    const failure = await this.command(faults, () => this.engine.refresh());
    if (!failure) this.hasDrifted = false;
  }

  private async command(
    faults: FaultPlan | undefined,
    act: () => Promise<Failure | undefined>,
    hazard?: Hazard,
  ): Promise<Failure | undefined> {
    if (faults) this.emulator.addFaults(faults);
    const before = this.emulator.calls().length;
    const failure = await act();
    this.emulator.clearFaults();
    requireOutside(this.engine.held(), this.emulator);
    const needless = faults || this.hasDrifted ? [] : this.needlessSince(before);
    if (needless.length > 0) throw new Broken("a write without faults changes something", needless);
    if (failure) this.said.push(failure.message);
    // The engine keeps what it was told is not deleted, and only a refresh shows that it is.
    if (failure && /Delete\w+ of secret/.test(failure.message)) this.hasDrifted = true;
    if (failure && (hazard ? trace : /unforeseen|\n/).test(failure.message))
      throw new Broken("a failure is one clear line", failure);
    return failure;
  }

  /** What lives in the cloud of a resource that the stack has. */
  private heldBy(which: number): Found | undefined {
    const declared = this.program[which % this.program.length];
    const entry = declared && this.heldAs(declared.key);
    return entry && this.livesAt(placeOf({ kind: entry.kind, name: nameOf(entry) }));
  }

  private livesAt(place: string): Found | undefined {
    return everySecret(this.emulator).find((one) => placeOf(one) === place && !one.isWaiting);
  }

  private isHeld(place: Place, where: (entry: Held) => boolean = () => true): boolean {
    return this.engine
      .held()
      .some((entry) => where(entry) && placeOf({ kind: entry.kind, name: nameOf(entry) }) === placeOf(place));
  }

  private async edit(which: number, what: What): Promise<void> {
    const found = this.heldBy(which);
    // An unconfirmed one in CSMS would not be provably the stack's any more.
    if (!found || found.kind === "gpdb" || (found.kind === "csms" && !this.isHeld(found, isConfirmed))) return;
    this.hasDrifted = true;
    await this.others.edit(found, what);
  }

  private async deleteByHand(which: number, forGood: boolean): Promise<void> {
    const found = this.heldBy(which);
    if (!found) return;
    this.hasDrifted = true;
    await this.others.delete(found, forGood);
  }

  /** Somebody brings back what waits for deletion, the stack's or not. */
  private async restoreByHand(which: number): Promise<void> {
    const waiting = everySecret(this.emulator).filter(({ isWaiting }) => isWaiting);
    const found = waiting[which % waiting.length];
    if (!found) return;
    await this.others.restore(found);
    if (!this.isHeld(found, isConfirmed)) this.strangers.add(placeOf(found));
    this.program = this.program.map((one) => (isConfirmed(this.heldAs(one.key)) ? one : this.withLeave(one)));
  }

  /** Without faults, one up makes the clouds what the program declares, and a second one has nothing to do. */
  private async converge(): Promise<void> {
    if (this.hasDrifted) {
      const failure = await this.command(undefined, () => this.engine.refresh());
      if (failure) throw new Broken("a refresh without faults succeeds", failure);
      this.hasDrifted = false;
    }
    for (const place of this.unsure) await this.clearAway(place);
    const failure = await this.declareNow();
    if (failure) throw new Broken("one up without faults converges", failure);
    this.compare("after the faults");
    const before = this.emulator.calls().length;
    const again = await this.declareNow();
    if (again) throw new Broken("a second up without faults succeeds", again);
    const writes = writesSince(this.emulator, before);
    if (writes.length > 0) throw new Broken("a second up writes nothing", writes);
  }

  /** The user deletes what a create without an answer has made, unless the stack has it by now. */
  private async clearAway(place: string): Promise<void> {
    const found = this.livesAt(place);
    if (found && !this.isHeld(found)) await this.others.delete(found, true);
  }

  private async end(): Promise<void> {
    const ended = this.program
      .filter(({ kind }) => wordings[kind].isRich)
      .map((one) => [this.placeNow(one), one] as const);
    const failure = await this.command(undefined, () => this.engine.destroy());
    if (failure) throw new Broken("a destroy without faults succeeds", failure);
    this.program = [];
    this.compare("after destroy");
    const waiting = new Set(everySecret(this.emulator).flatMap((one) => (one.isWaiting ? [placeOf(one)] : [])));
    for (const [place, one] of ended)
      if (waiting.has(place) === one.isDeletedForGood)
        throw new Broken("what is destroyed can be brought back, unless the program says otherwise", one);
  }

  /** Holds the clouds against the program. */
  private compare(when: string): void {
    const live = everySecret(this.emulator).filter(({ isWaiting }) => !isWaiting);
    const declared = new Map(this.program.map((one) => [this.placeNow(one), one]));
    const isKnown = (place: string) => declared.has(place) || this.strangers.has(place) || this.unsure.has(place);
    const extra = live.filter((one) => !isKnown(placeOf(one)));
    this.orphans.push(...extra.map(({ name }) => name));
    if (extra.length > 0) throw new Broken(`${when}, nothing is orphaned`, extra);
    const pairs: [Declared, Found][] = [];
    for (const [place, one] of declared) {
      const [found, ...more] = live.filter((one) => placeOf(one) === place);
      if (!found || more.length > 0) throw new Broken(`${when}, each secret is there once`, [place, more]);
      this.strangers.delete(place);
      compareOne(when, one, found);
      pairs.push([one, found]);
    }
    this.draws.hold(when, pairs);
    this.repeats.hold(when, new Map(everySecret(this.emulator).map((one) => [placeOf(one), one])));
  }

  /** What the state holds under what the program calls it. */
  private heldAs(key: string): Held | undefined {
    return this.engine.held().find((entry) => entry.key === key && !entry.isReplaced);
  }

  private placeNow({ key, kind, name }: Declared): string {
    const entry = this.heldAs(key);
    return placeOf({ kind, name: name ?? (entry && nameOf(entry)) });
  }
}

/** What no message to a user has, not even one of the engine's own. */
const trace = /unforeseen|\n +at /;

const placeOf = ({ kind, name }: Place) => `${kind} ${name}`;

/** What nobody knows yet to be the stack's may be somebody else's. */
const isConfirmed = (entry?: Held) => entry !== undefined && !entry.id.startsWith("unconfirmed:");

const nameOf = ({ kind, outputs }: Held) => outputs[wordings[kind].name] as string | undefined;
