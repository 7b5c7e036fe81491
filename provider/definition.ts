import type { InputFields, InputsOf, OutputFields, OutputsOf, Values } from "./fields";
import type { Refusal, Rule } from "./rules";
import type { SettingsSource } from "./settings";

/** A secret as the cloud has it, in the names of its fields. */
export interface Observed<State = Values> {
  readonly id: string;
  readonly state: State;
  /** Creating found it there: another resource of the stack may still take it for its own. */
  readonly existed?: true;
  /** A change may have been carried out that the state does not show. */
  readonly isDoubtful?: boolean;
  /** Nobody knows whether it was made: the state is what was asked for, and the id only a placeholder. */
  readonly unconfirmed?: Attempt;
}

/** When a create was under way, in milliseconds since 1970 by this machine's clock; without an end it still is. */
export interface Attempt {
  readonly started: number;
  readonly ended?: number;
  /** What nothing else can have, such as an id that was made for it: where that is there, no time and no likeness has to tell. */
  readonly proof?: string | undefined;
}

/** The secret exists, yet not all of it is as declared: the state is kept, and the next `up` goes on from there. */
export class PartialFailure extends Error {
  constructor(
    readonly observed: Observed,
    failure: unknown,
  ) {
    super(failure instanceof Error ? failure.message : String(failure), { cause: failure });
    this.name = "PartialFailure";
  }
}

/** What a resource does with its cloud: plain functions over plain, checked values. */
export interface Lifecycle<Client, Inputs, State> {
  /** Reads the settings and makes a client; throws a settings error. Nothing is sent, and no vendor library is loaded. */
  connect(source: SettingsSource): Client;
  create(client: Client, inputs: Inputs): Promise<Observed<State>>;
  /** What has the name that is declared, or undefined where none lives. It is asked where creating may take it over. */
  find(client: Client, inputs: Inputs): Promise<Observed<State> | undefined>;
  /** The secret as it is now, or undefined where it is gone or waits for deletion. `state` may hold nothing but what a program gave to `get`. */
  read(client: Client, id: string, state: Partial<State>): Promise<Observed<State> | undefined>;
  /**
   * What an unconfirmed create has made of what was asked for; undefined where there is nothing. Throws `exists` where
   * something has the name that is not provably of that create.
   */
  confirm?(client: Client, asked: State, attempt: Attempt): Promise<Observed<State> | undefined>;
  /** Brings the secret from its state to the inputs in place. */
  update(client: Client, observed: Observed<State>, inputs: Inputs): Promise<State>;
  /** A secret that is gone already is a success. */
  delete(client: Client, observed: Observed<State>): Promise<void>;
}

export interface Description<I extends InputFields, O extends OutputFields> {
  /** The resource's name in every language: a permanent part of the public API. */
  readonly name: string;
  readonly doc: string;
  /** What the id is, in one clause. */
  readonly id: string;
  readonly inputs: I;
  /** Outputs beyond the inputs. */
  readonly outputs: O;
  readonly rules: readonly Rule[];
  /** What of a change cannot be carried out, where no field alone tells it. Asked only where the secret is not replaced. */
  readonly changeRules?: readonly ChangeRule[];
  /** What a user should know of a change before it happens, each in one sentence. */
  readonly warnings?: (change: PlannedChange) => readonly string[];
}

export interface InputChange {
  readonly state: Values;
  readonly inputs: Values;
  /** Names of the inputs that differ. */
  readonly changed: readonly string[];
}

export type ChangeRule = (change: InputChange) => readonly Refusal[];

/** What has to happen to bring a secret from its state to the inputs. */
export interface Plan {
  /** Names of the inputs that differ and that the service has to hear of. */
  readonly changed: readonly string[];
  /** Those among them for which a new secret has to take the place of the old one. */
  readonly replaces: readonly string[];
  /** Should the secret be replaced, the old one has to go first, as all that the service tells the two apart by stays. */
  readonly deleteBeforeReplace: boolean;
  /** Changes that cannot be carried out, with the reason: nothing of the plan may happen. */
  readonly refused: readonly Refusal[];
}

export interface PlannedChange {
  readonly state: Values;
  readonly inputs: Values;
  readonly plan: Plan;
}

export type StateOf<I extends InputFields, O extends OutputFields> = InputsOf<I> & OutputsOf<O>;

export type Definition = Description<InputFields, OutputFields> & Lifecycle<unknown, Values, Values>;

/** Joins the description of a resource and its lifecycle, whose types follow from the fields. */
export function define<Client, const I extends InputFields, const O extends OutputFields>(
  description: Description<I, O>,
  lifecycle: Lifecycle<Client, InputsOf<I>, StateOf<I, O>>,
): Definition {
  // Check has held every value against its field before the lifecycle sees it.
  return { ...description, ...(lifecycle as unknown as Lifecycle<unknown, Values, Values>) };
}
