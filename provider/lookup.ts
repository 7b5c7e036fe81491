import { z } from "zod";
import { check } from "./check";
import { pending } from "./deletion";
import { CloudError, isKind } from "./errors";
import {
  type InputFacts,
  type InputFields,
  type InputsOf,
  input,
  type OutputField,
  type OutputFields,
  type OutputsOf,
  type Values,
} from "./fields";
import type { Rule } from "./rules";
import { filledText } from "./schemas";
import type { SettingsSource } from "./settings";
import type { Tags } from "./tags";

/** One member of what a look-up gives. */
export interface ResultField<S extends z.ZodType = z.ZodType> extends OutputField<S> {
  /** A value: all that stands beside it is kept secret too. */
  readonly secret?: true;
}
export type ResultFields = Readonly<Record<string, ResultField>>;

interface Description<A extends InputFields, R extends ResultFields> {
  /** The function's name in every language: a permanent part of the public API. */
  readonly name: string;
  readonly doc: string;
  readonly args: A;
  readonly result: R;
  readonly rules?: readonly Rule[];
  /** The result is a list, `secrets`, of these. */
  readonly many?: true;
}

interface Action<Client, Args, Found> {
  /** Reads the settings and makes a client; throws a settings error. Nothing is sent. */
  connect(source: SettingsSource): Client;
  /** Reads, and changes nothing. What is missing is an error of the kind `notFound`, or `pendingDeletion`. */
  find(client: Client, args: Args): Promise<Found>;
}

export type Lookup = Description<InputFields, ResultFields> & Action<unknown, Values, unknown>;

/** Joins the description of a look-up of one secret and how it is done, whose types follow from the fields. */
export function lookup<Client, const A extends InputFields, const R extends ResultFields>(
  description: Description<A, R>,
  action: Action<Client, InputsOf<A>, OutputsOf<R>>,
): Lookup {
  return { ...description, ...(action as unknown as Action<unknown, Values, unknown>) };
}

/** The same for a look-up of all secrets that are as asked for. */
export function listing<Client, const A extends InputFields, const R extends ResultFields>(
  description: Description<A, R>,
  action: Action<Client, InputsOf<A>, readonly OutputsOf<R>[]>,
): Lookup {
  return { ...description, many: true, ...(action as unknown as Action<unknown, Values, unknown>) };
}

type ArgumentFacts = Omit<InputFacts, "onChange">;

/** An argument: an input of what has no state, and so no change. */
export function argument<S extends z.ZodType, const F extends ArgumentFacts>(schema: S, facts: F) {
  return input(schema, { ...facts, onChange: "nothing" } as F & { readonly onChange: "nothing" });
}

export function value<S extends z.ZodType>(schema: S, doc: string): ResultField<S> {
  return { schema, doc, secret: true };
}

/** Checks the arguments, looks up, and gives what is described of what was found. */
export async function carryOut(lookup: Lookup, args: Values, source: SettingsSource, client: unknown): Promise<Values> {
  const { name, args: inputs, rules = [], result, many } = lookup;
  const { inputs: checked, failures } = check({ inputs, rules, called: name }, args, source);
  if (failures.length > 0) {
    const message = failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new CloudError({ kind: "invalid", message });
  }
  const found = await lookup.find(client, checked);
  return many
    ? { secrets: (found as readonly Values[]).map((one) => pick(result, one)) }
    : pick(result, found as Values);
}

function pick(fields: OutputFields, values: Values): Values {
  const names = Object.keys(fields).filter((name) => values[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** Arguments that narrow a list down. */
export const only = {
  name: argument(filledText, { doc: "Only the secret of this name, if there is one." }),
  namePrefix: argument(filledText, { doc: "Only secrets whose name begins with this." }),
  tags: argument(z.record(z.string(), z.string()), { doc: "Only secrets that have all of these tags." }),
} as const;

/** What narrows a list down by the names of secrets. */
export interface NameFilter {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
}

export const isNamed = (name: string, { name: whole = name, namePrefix = "" }: NameFilter): boolean =>
  name === whole && name.startsWith(namePrefix);

/** Whether a secret has all of these tags. */
export const isTagged = (tags: Tags = {}, wanted: Tags = {}): boolean =>
  Object.entries(wanted).every(([key, text]) => Object.hasOwn(tags, key) && tags[key] === text);

/** Lists hold what waits for deletion only where it is asked for. */
export const isInState = (state: string, wanted: string | undefined): boolean =>
  wanted === undefined ? state !== pending : state === wanted;

/** What a look-up finds, or an error that says what is not there. */
export async function orMissing<T>(call: Promise<T>, what: string): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw isKind(error, "notFound") ? missing(what, error) : error;
  }
}

/** `what` begins a sentence: "there is no secret …". */
export function missing(what: string, error?: CloudError): CloudError {
  const message = `${what}${inBrackets(error)}; check the name, the region, and the account that signs in`;
  return new CloudError({ ...error, kind: "notFound", message });
}

/** A failure's code and request, behind what is said of it. */
export function inBrackets(error: CloudError | undefined): string {
  const told = [error?.code, error?.requestId && `request ${error.requestId}`].filter(Boolean).join(", ");
  return told && ` (${told})`;
}

/** Which version of a secret is asked for, where it is not the current one. */
export interface WhichVersion {
  readonly versionId?: string | undefined;
  readonly versionStage?: string | undefined;
}

export function missingVersion(
  secret: string,
  { versionId, versionStage }: WhichVersion,
  error: CloudError,
): CloudError {
  const version = versionId === undefined ? `version with the stage ${versionStage}` : `version ${versionId}`;
  const message = `the secret "${secret}" has no ${version}${inBrackets(error)}; a look-up without the value lists its versions, each with its stages`;
  return new CloudError({ ...error, message });
}

/** A secret that nobody can read until it is restored. */
export function waits(secret: string, until: string | undefined): CloudError {
  const message = `${secret} waits for deletion${until ? `, which is due at ${until}` : ""}: restore it, or look for another`;
  return new CloudError({ kind: "pendingDeletion", message });
}
