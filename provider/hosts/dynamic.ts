import type { dynamic } from "@pulumi/pulumi";
import { cannotAdopt, whatChanges } from "../adoption";
import { check } from "../check";
import { type Attempt, type Definition, type Observed, PartialFailure } from "../definition";
import { lostForGood, surelyDelete } from "../deletion";
import { plan, refusals, unchangeable } from "../diff";
import { CloudError, isKind } from "../errors";
import { namesWhere, type Values } from "../fields";
import { KnownCredentials } from "../known-credentials";
import { resources } from "../resources";
import type { Refusal } from "../rules";
import type { SettingsSource } from "../settings";
import { hasUnknown } from "../unknown";
import { describeDefect } from "./defects";
import { warner } from "./engine-log";
import { OutsideValues } from "./outside";
import { Ownership } from "./ownership";
import { PlainError } from "./plain-error";
import { Refreshes } from "./refreshes";
import { doubtOf, inputsBehind, isDoubtful, outputsOf, withSaid } from "./state";
import { attemptOf, markOf, notUpdatable, replacement, whyReplaced } from "./unconfirmed";
import { fromWire, toWire } from "./wire";

/** What the program calls a resource whose secret it gives no name; empty in a preview, where none is to be made. */
const resourceKey = "__called";
/** Where the resource is: its project, its stack and what the program calls it. */
const placeKey = "__place";

/** The dynamic provider of one resource. The state of every stack calls this by name, so it stays for ever. */
export function host(name: string): dynamic.ResourceProvider {
  const definition = resources.find((resource) => resource.name === name);
  if (!definition)
    throw new Error(`pulumi-cloud-secrets has no resource ${name}; is a newer version of the package needed?`);
  return new DynamicHost(definition);
}

/** The engine starts this process for one command, in which every resource signs in as every other does. */
const knownCredentials = new KnownCredentials();

class DynamicHost implements dynamic.ResourceProvider {
  private source: SettingsSource = { config: () => undefined, env: process.env, knownCredentials };
  private connected: unknown;
  private readonly warn = warner();
  private readonly ownership = new Ownership();
  private readonly outside: OutsideValues;
  private readonly refreshes = new Refreshes();

  constructor(private readonly definition: Definition) {
    this.outside = new OutsideValues(definition.inputs, process.env);
  }

  /** Only takes the settings over, at once: other calls do not wait for it, and one that threw would never be asked again. */
  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.source = { config: (key) => config.get(key), env: process.env, knownCredentials };
    this.connected = undefined;
  }

  async check(olds: Values, news: Values): Promise<dynamic.CheckResult> {
    return this.clean("check", async () => {
      const resource = news[resourceKey] as string | undefined;
      const before = { olds: fromWire(olds), resource };
      const { inputs: given, ignored } = this.outside.given(before.olds, fromWire(news));
      const checked = check(this.definition, given, this.source, before);
      const { values, failures, made } = checked;
      const place = news[placeKey] === undefined ? undefined : `${this.definition.name} ${news[placeKey]}`;
      const inputs = await this.outside.noted(checked, { olds: before.olds, ignored, place });
      const refused = failures.length > 0 ? [] : await this.refusals(before.olds, inputs, made);
      const wrong = [...failures, ...refused, ...this.wrongSettings()];
      const isNew = Object.keys(olds).length === 0 && made === undefined;
      if (wrong.length === 0 && isNew) wrong.push(...(await this.takeOver({ ...checked.inputs, ...values })));
      // The engine prints the value of a property that a failure is reported at, also that of a secret: so none is named to it.
      const reasons = wrong.map(({ property, reason }) => ({
        property: "",
        reason: property ? `${property}: ${reason}` : reason,
      }));
      const marks = made === undefined || resource === undefined ? {} : { [resourceKey]: resource };
      const declared = toWire(this.definition.inputs, inputs);
      this.refreshes.sawDeclared(declared);
      return { inputs: { ...declared, ...marks }, failures: reasons };
    });
  }

  async diff(id: string, olds: Values, news: Values): Promise<dynamic.DiffResult> {
    return this.clean("diff", async () => {
      const [state, inputs] = [fromWire(olds), fromWire(news)];
      const isRefresh = this.refreshes.isRefresh(id, () => toWire(this.definition.inputs, inputs));
      if (!isRefresh) this.ownership.see(id, olds);
      const made = resourceKey in news ? namesWhere(this.definition.inputs, (field) => field.name)[0] : undefined;
      const compared = await this.outside.compared(state, inputs);
      const planned = plan(this.definition, compared.state, compared.inputs, made);
      const { changed, deleteBeforeReplace } = planned;
      const replaces = this.outside.namesIn(planned.replaces, inputs);
      const refused = this.outside.refusalsIn(planned.refused, inputs);
      const attempt = attemptOf(olds);
      if (!isRefresh) {
        if (refused.length > 0) {
          const message = refused.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
          throw new CloudError({ kind: "invalid", message });
        }
        const change = { state, inputs, plan: { ...planned, replaces } };
        const own = this.definition.warnings?.(change) ?? [];
        for (const warning of [...own, ...lostForGood(this.definition, change)])
          await this.warn(`${this.definition.name}: ${warning}`);
        if (attempt) await this.warn(`${this.definition.name}: ${whyReplaced(id)}`);
      }
      if (attempt) return replacement;
      return { changes: changed.length > 0, replaces, deleteBeforeReplace };
    });
  }

  async create(properties: Values): Promise<dynamic.CreateResult> {
    return this.clean("create", async () => {
      const inputs = fromWire(properties);
      const wanted = this.outside.drawn(inputs);
      await this.refuseOwn(wanted);
      const hide = (reached: Values) => this.outside.hidden(reached, { state: {}, inputs }, wanted);
      const make = () => this.definition.create(this.client(), wanted);
      const made = await this.keepingPart(properties, {}, hide, make);
      const { id, existed } = made;
      const state = await hide(made.state);
      const marks = this.ownership.take(id, existed);
      return { id, outs: { ...outputsOf(this.definition, state, inputs), ...marks } };
    });
  }

  async read(id: string, properties: Values): Promise<dynamic.ReadResult> {
    return this.clean("read", async () => {
      const known = fromWire(properties);
      const attempt = attemptOf(properties);
      const observed = await (attempt
        ? this.confirm(known, attempt)
        : this.definition.read(this.client(), id, this.outside.standingIn(known)));
      const isLookup = !attempt && !Object.keys(this.definition.outputs).some((name) => name in known);
      if (!observed && isLookup) {
        throw new CloudError({
          kind: "notFound",
          message: `${this.definition.name} ${id} was not found${this.canWait() ? ", or waits for deletion" : ""}`,
        });
      }
      // Without an id, the engine takes the secret out of the state.
      if (!observed) return { props: {} };
      const found = withSaid(this.definition, observed.state, this.outside.standingIn(known));
      const state = await this.outside.hidden(found, { state: known, inputs: {} });
      const inputs = inputsBehind(this.definition, state, properties);
      if (!isLookup) this.refreshes.sawRead(observed.id);
      // A resource that was made meanwhile, alike in everything, may have it too.
      const marks = attempt ? Ownership.ofAnother() : Ownership.marksOf(properties);
      return {
        id: observed.id,
        props: { ...outputsOf(this.definition, state, inputs), ...marks },
        inputs: toWire(this.definition.inputs, this.outside.asChecked(inputs)),
      };
    });
  }

  async update(id: string, olds: Values, news: Values): Promise<dynamic.UpdateResult> {
    return this.clean("update", async () => {
      if (attemptOf(olds)) throw notUpdatable(id);
      const [old, inputs] = [fromWire(olds), fromWire(news)];
      const look = async (known: Values) => (await this.definition.read(this.client(), id, known))?.state;
      const change = await this.outside.changing(old, inputs, look);
      const hide = (reached: Values) => this.outside.hidden(reached, { state: old, inputs }, change.inputs);
      const observed = { id, state: change.state, isDoubtful: isDoubtful(olds) };
      const marks = Ownership.marksOf(olds);
      const act = () => this.definition.update(this.client(), observed, change.inputs);
      const state = await hide(await this.keepingPart(news, marks, hide, act));
      return { outs: { ...outputsOf(this.definition, state, inputs), ...marks } };
    });
  }

  async delete(id: string, properties: Values): Promise<void> {
    await this.clean("delete", async () => {
      const known = fromWire(properties);
      const attempt = attemptOf(properties);
      const found = attempt ? await this.confirm(known, attempt) : { id, state: known };
      if (!found) return;
      const isAnothers = attempt ? this.ownership.isHeld(found.id) : this.ownership.isAnothers(id, properties);
      const state = withSaid(this.definition, found.state, known);
      if (!isAnothers) return surelyDelete(this.definition, this.client(), { id: found.id, state });
      return this.warn(
        `${this.definition.name}: leaves ${found.id} as it is, since another resource of the stack has it`,
      );
    });
  }

  /** What an unconfirmed create has made; undefined where nothing is provably of it, as what somebody else has made is left alone. */
  private async confirm(asked: Values, attempt: Attempt): Promise<Observed | undefined> {
    try {
      const look = async (known: Values) => (await this.definition.find(this.client(), known))?.state;
      const whole = await this.outside.recalled(asked, look);
      return await this.definition.confirm?.(this.client(), whole, attempt);
    } catch (error) {
      if (isKind(error, "exists")) return undefined;
      throw error;
    }
  }

  /** What of a change check refuses, as far as it is known. */
  private async refusals(olds: Values, inputs: Values, made: string | undefined): Promise<Refusal[]> {
    const change = await this.outside.compared(olds, inputs);
    return this.outside.refusalsIn(refusals(this.definition, change.state, change.inputs, made), inputs);
  }

  private canWait(): boolean {
    return namesWhere(this.definition.inputs, (field) => field.skipsRecovery).length > 0;
  }

  /** Says, also at preview, what creating will take over, and why it cannot. */
  private async takeOver(inputs: Values): Promise<Refusal[]> {
    const found = await this.adoptable(inputs);
    // What a resource of the stack has is either to be replaced by this one, and then not there any more, or refused.
    if (!found || this.ownership.isHeld(found.id)) return [];
    const isPending = (name: string) => hasUnknown(inputs[name]);
    const fixed = unchangeable(this.definition, found.state, inputs);
    const adopts = namesWhere(this.definition.inputs, (field) => field.adopts).join();
    if (fixed.length > 0)
      return [{ property: adopts, reason: cannotAdopt(found.id, this.outside.namesIn(fixed, inputs)) }];
    const { changed } = plan(this.definition, found.state, inputs);
    const [pending, known] = [changed.filter(isPending), changed.filter((name) => !isPending(name))];
    const differing = whatChanges(this.outside.namesIn(known, inputs), this.outside.namesIn(pending, inputs));
    await this.warn(`${this.definition.name}: takes over ${found.id}, which exists already; ${differing}`);
    return [];
  }

  /** Two resources that have the same would undo each other's changes, and the first to go would take it along. */
  private async refuseOwn(inputs: Values): Promise<void> {
    const found = await this.adoptable(inputs);
    if (!found || !this.ownership.isHeld(found.id)) return;
    const message = `${found.id} cannot be taken over, since another resource of this stack has it. Give it to one of them; where that is the same resource by another name, give its old name by \`aliases\`.`;
    throw new CloudError({ kind: "exists", message });
  }

  /** What creating may take over, where all that it is told by is known. */
  private async adoptable(inputs: Values): Promise<Observed | undefined> {
    const { inputs: fields } = this.definition;
    const isAllowed = namesWhere(fields, (field) => field.adopts).some((name) => inputs[name] === true);
    const isNamed = !namesWhere(fields, (field) => field.identity).some((name) => hasUnknown(inputs[name]));
    if (!isAllowed || !isNamed) return undefined;
    const known = Object.entries(inputs).filter(([, value]) => !hasUnknown(value));
    return this.definition.find(this.client(), Object.fromEntries(known));
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

  /** A failure in the middle keeps the secret in the state; what the engine does not add by itself is added here. */
  private async keepingPart<T>(
    properties: Values,
    marks: Values,
    hide: (reached: Values) => Promise<Values>,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const { id, state, existed, isDoubtful, unconfirmed } = error.observed;
      const owner = existed ? this.ownership.take(id, existed) : marks;
      const { __provider } = properties;
      const kept = {
        ...outputsOf(this.definition, await hide(state), fromWire(properties)),
        ...owner,
        ...doubtOf(isDoubtful),
        ...markOf(unconfirmed),
        __provider,
      };
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
