import { isDeepStrictEqual } from "node:util";
import type { Checked } from "../check";
import { CloudError } from "../errors";
import { giverOf, type InputFields, isAbsent, sameValue, type Values } from "../fields";
import type { Refusal } from "../rules";
import { hasUnknown, unknown } from "../unknown";
import { follow, isRandom, type Pair, pairsIn, same } from "../values";
import { digestOf, isDigestOf, saltFor, saltIn } from "./digest";
import { type Notes, notesIn, withNotes, withoutNotes } from "./notes";

/** Stand for values that are not at hand: what the state has a digest of, and what takes its place. */
const before = Symbol("the value of before");
const after = Symbol("the value from now on");

/** A state, and inputs that it is to come to. */
interface Change {
  readonly state: Values;
  readonly inputs: Values;
}
/** Inputs that were checked, and the values that references among them lead to. */
type Found = Pick<Checked, "inputs" | "values">;
/** What check knows of a resource beside its new inputs. */
interface Before {
  readonly olds: Values;
  readonly ignored: Values;
  readonly place: string | undefined;
}
/** What is in the cloud; of a value that nobody can read there, what stands for it in `state`. */
type Look = (state: Values) => Promise<Values | undefined>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Values that the engine must not see. What it has are references, each with a digest of the value that it led to; what a
 * resource has are values. A value that is not the one of its reference is a digest alone.
 */
export class OutsideValues {
  private readonly pairs: readonly Pair[];

  constructor(
    private readonly fields: InputFields,
    private readonly env: Environment,
  ) {
    this.pairs = pairsIn(fields);
  }

  /** The inputs for check, and references that the engine has taken from the old ones, as `ignoreChanges` has it do. */
  given(olds: Values, news: Values): { readonly inputs: Values; readonly ignored: Values } {
    // Beside a value, a reference is for check to refuse: it would come before what the program says.
    const isLiteral = ({ name }: Pair) => !isAbsent(news[name]) && !hasUnknown(news[name]);
    const isOld = ({ giver }: Pair) =>
      digestIn(news[giver]) !== undefined && isDeepStrictEqual(news[giver], olds[giver]);
    const isIgnored = (pair: Pair) => isOld(pair) && !isLiteral(pair);
    const ignored = this.pairs.filter(isIgnored);
    const others = Object.entries(this.bare(news)).filter(([name]) => !ignored.some(({ giver }) => giver === name));
    return {
      inputs: { ...Object.fromEntries(others), ...Object.fromEntries(ignored.map(({ name }) => [name, unknown])) },
      ignored: Object.fromEntries(ignored.map(({ giver }) => [giver, news[giver]])),
    };
  }

  /** What check has found, with a digest of each value that is known; `place` tells the resource from all others. */
  async noted({ inputs, values }: Found, { olds, ignored, place }: Before): Promise<Values> {
    const salt = place === undefined ? undefined : saltFor(place);
    const noted: Record<string, unknown> = { ...inputs, ...ignored };
    for (const { name, giver } of this.pairs) {
      if (giver in ignored) delete noted[name];
      const value = values[name];
      if (typeof value === "string" && !isRandom(inputs[giver]))
        noted[giver] = withNotes(inputs[giver], await nextNotes(value, olds[giver], salt));
    }
    return noted;
  }

  /** A change as far as it can be told without any value. */
  async compared(state: Values, inputs: Values): Promise<Change> {
    const change = { state: this.bare(this.standingIn(state)), inputs: this.bare(inputs) };
    for (const pair of this.pairsOf(state, inputs)) {
      const { name, giver } = pair;
      const isSame = await this.isSame(pair, state, inputs);
      if (isSame) change.state[name] = same;
      if (isSame) change.inputs[name] = same;
      else if (!isAbsent(inputs[giver])) change.inputs[name] = isAnother(pair, inputs) ? after : unknown;
    }
    return change;
  }

  /** The inputs with the values that they refer to, random ones made anew. */
  drawn(inputs: Values): Record<string, unknown> {
    const { values, failures } = follow(this.fields, this.bare(inputs), this.env);
    const lost = this.pairs.filter(({ name }) => values[name] === unknown);
    const [failure] = [...failures, ...lost.map(({ giver }) => ({ property: giver, reason: "leads to no value" }))];
    if (failure) throw new CloudError({ kind: "invalid", message: `${failure.property}: ${failure.reason}` });
    return { ...this.bare(inputs), ...values };
  }

  /** A state in which something stands for each value that it has only a digest of. */
  standingIn(state: Values): Record<string, unknown> {
    return { ...state, ...Object.fromEntries(this.pairsOf(state).map(({ name }) => [name, before])) };
  }

  /** What an update starts from and what it is to come to, with all values; a new one only where it is to be another. */
  async changing(state: Values, inputs: Values, look: Look): Promise<Change> {
    const change = { state: this.standingIn(state), inputs: this.bare(inputs) };
    for (const pair of this.pairsOf(state, inputs)) {
      const { name, giver } = pair;
      const isSame = await this.isSame(pair, state, inputs);
      if (isAbsent(inputs[giver])) {
        if (isSame) change.state[name] = inputs[name];
        continue;
      }
      const kept = isSame ? await this.kept(pair, state, inputs, look) : undefined;
      if (kept !== undefined) change.state[name] = kept;
      change.inputs[name] = kept ?? this.drawn(inputs)[name];
    }
    return change;
  }

  /** A state with the values that it has digests of, as far as they can be found. */
  async recalled(state: Values, look: Look): Promise<Values> {
    const recalled = this.standingIn(state);
    for (const pair of this.pairsOf(state)) {
      const { value } = await this.known(pair, state, state, look);
      if (value !== undefined) recalled[pair.name] = value;
    }
    return recalled;
  }

  /** What a change from a state to inputs has led to, as the engine may see it; `wanted` has the values of the inputs. */
  async hidden(reached: Values, { state, inputs }: Change, wanted: Values = inputs): Promise<Values> {
    if (this.pairsOf(state, inputs).length === 0) return reached;
    const hidden: Record<string, unknown> = { ...reached };
    for (const { name, giver } of this.pairs) {
      delete hidden[name];
      delete hidden[giver];
      const value = reached[name];
      const [old, now] = [state[giver], inputs[giver]];
      const isDeclared = isAbsent(now) && value === inputs[name];
      const isLeft = isAbsent(old) && value === state[name] && (isAbsent(now) || value !== wanted[name]);
      if (value === before) hidden[giver] = old;
      else if (value === same) hidden[giver] = withNotes(now, { ...notesIn(now), digest: digestIn(old) });
      else if (isDeclared || isLeft) hidden[name] = value;
      else if (typeof value === "string")
        hidden[giver] = await referenceTo(value, old, now, !isAbsent(now) && value === wanted[name]);
    }
    return hidden;
  }

  /** Inputs as check gives them: of what is random, only the state has a digest. */
  asChecked(inputs: Values): Values {
    const random = this.pairs.filter(({ giver }) => isRandom(inputs[giver]));
    return { ...inputs, ...Object.fromEntries(random.map(({ giver }) => [giver, withoutNotes(inputs[giver])])) };
  }

  /** The inputs of these names as the program gives them. */
  namesIn(names: readonly string[], inputs: Values): string[] {
    const values = names.filter((name) => !this.fields[name]?.gives);
    return [...new Set(values.map((name) => this.nameIn(name, inputs)))];
  }

  refusalsIn(refusals: readonly Refusal[], inputs: Values): Refusal[] {
    return refusals.map(({ property, reason }) => ({ property: this.nameIn(property, inputs), reason }));
  }

  private nameIn(name: string, inputs: Values): string {
    const giver = giverOf(this.fields, name);
    return giver && !isAbsent(inputs[giver]) ? giver : name;
  }

  private bare(inputs: Values): Record<string, unknown> {
    const references = this.pairsOf(inputs).map(({ giver }) => [giver, withoutNotes(inputs[giver])]);
    return { ...inputs, ...Object.fromEntries(references) };
  }

  private pairsOf(...of: readonly Values[]): Pair[] {
    return this.pairs.filter(({ giver }) => of.some((values) => !isAbsent(values[giver])));
  }

  private async isSame({ name, giver, field, giverField }: Pair, state: Values, inputs: Values): Promise<boolean> {
    const [old, now] = [state[giver], inputs[giver]];
    if (isAbsent(now)) return isDigestOf(digestIn(old), inputs[name]);
    if (isAbsent(old)) return isDigestOf(digestIn(now), state[name]);
    if (!isRandom(now)) return digestIn(now) !== undefined && digestIn(now) === digestIn(old);
    const isAlike = sameValue(giverField, withoutNotes(old), withoutNotes(now));
    return isAlike && field.isBinary?.(state) === field.isBinary?.(inputs);
  }

  /** The value that stays; undefined where one that was random is there no more. */
  private async kept(pair: Pair, state: Values, inputs: Values, look: Look): Promise<unknown> {
    if (isAbsent(state[pair.giver])) return state[pair.name];
    const { value, found } = await this.known(pair, state, inputs, look);
    if (value !== undefined) return value;
    return isRandom(inputs[pair.giver]) && found !== before ? undefined : same;
  }

  /** The value of a digest, where the reference still leads to it or the cloud has it, and what the cloud has. */
  private async known({ name, giver }: Pair, state: Values, inputs: Values, look: Look) {
    const digest = digestIn(state[giver]);
    const { [name]: value } = isRandom(inputs[giver]) ? {} : follow(this.fields, this.bare(inputs), this.env).values;
    if (await isDigestOf(digest, value)) return { value };
    const found = (await look(this.standingIn(state)))?.[name];
    return { value: (await isDigestOf(digest, found)) ? found : undefined, found };
  }
}

const digestIn = (reference: unknown) => notesIn(reference).digest;

/** Whether a value that is not surely the one of before is surely another one; what its reference or its form is may be unknown yet. */
function isAnother({ giver, field }: Pair, inputs: Values): boolean {
  if (!isRandom(inputs[giver])) return digestIn(inputs[giver]) !== undefined;
  return !hasUnknown(inputs[giver]) && !(field.isBinary && field.isBinary(inputs) === undefined);
}

/** The notes of a value, after those of the reference that was there; `salt` is for the first of them. */
async function nextNotes(value: string, old: unknown, salt: string | undefined): Promise<Notes> {
  const { digest: before, generation = 0 } = notesIn(old);
  const digest = await digestOf(value, saltIn(before) ?? salt);
  return { digest, generation: digest === before && generation > 0 ? generation : generation + 1 };
}

/** What leads to a value: the new reference where it is wanted, the old one where it is unchanged, else nothing. */
async function referenceTo(value: string, old: unknown, now: unknown, isWanted: boolean): Promise<unknown> {
  if (!isWanted && (await isDigestOf(digestIn(old), value))) return old;
  const digest = await digestOf(value, saltIn(digestIn(now)) ?? saltIn(digestIn(old)));
  const { generation } = notesIn(isWanted ? now : old);
  return withNotes(isWanted ? now : {}, { digest, generation });
}
