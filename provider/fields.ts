import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Setting } from "./settings";
import { hasUnknown } from "./unknown";

/** Values of a resource's fields as they come from the engine: anything may be missing or wrong. */
export type Values = Readonly<Record<string, unknown>>;

/** What a change of one input comes to. A refusal gives the reason, and counts only where no new secret is needed anyway. */
export type Change = "update" | "replace" | "nothing" | { readonly refuse: string };

/** An input that differs, among all that is declared. */
export interface Differing {
  readonly old: unknown;
  readonly value: unknown;
  readonly inputs: Values;
}

/** How the provider makes a name: of what the program calls the resource, and random characters. */
export interface NameRule {
  readonly most: number;
  /** Characters that the service takes in no name. */
  readonly forbidden: RegExp;
  /** What every such name starts with; undefined where the service gives the name itself, or may do so. */
  prefix(inputs: Values): string | undefined;
  /** What the service takes for a name that it is to give. */
  readonly placeholder?: string;
}

/** What one input of a resource is. Everything that shared code knows of it stands here. */
export interface InputFacts {
  /** Shape, unit, limits and source, as an editor and the reference show it. */
  readonly doc: string;
  /** `update`: in place. `replace`: a new secret. `nothing`: no change at all. */
  readonly onChange: Change | ((differing: Differing) => Change);
  readonly required?: true;
  /** Encrypted in the state, and in no message. */
  readonly secret?: true;
  /** Part of what the service tells secrets apart by: while all of these stay, an old and a new one cannot both exist. */
  readonly identity?: true | ((differing: Differing) => boolean);
  /** The field that decides in its place where that one is given. */
  readonly overriddenBy?: string;
  /** What leaving the field out means. */
  readonly default?: unknown;
  /** Where check takes a value that the program leaves out. */
  readonly setting?: Setting;
  /** The field that the setting belongs to: only a setting that goes with that one's value counts. */
  readonly settingOf?: string;
  /** The field whose value check takes where the program leaves this one out. */
  readonly defaultsTo?: string;
  /** The service, or the provider, chooses a value where the program gives none; leaving it out is no change. */
  readonly computed?: true;
  /** The state always has it, whether or not the program gives it. */
  readonly always?: true;
  /** The service never tells it: the state keeps what the program said. */
  readonly writeOnly?: true;
  /** A change makes the service do something: the state has it only once that is done. */
  readonly acts?: true;
  /** Where the program leaves it out, it is to be what this field is. */
  readonly follows?: string;
  /** How it is made where the program leaves it out; kept until the secret is replaced. */
  readonly name?: NameRule;
  /** When true, creating takes over a secret that has the name already. */
  readonly adopts?: true;
  /** The shape that counts among several, where other inputs tell which. */
  readonly variant?: (inputs: Values) => z.ZodType | undefined;
  /** One form for all that means the same. */
  readonly normalize?: (value: unknown) => unknown;
  /** A given value has to be another one whenever one of these fields changes. */
  readonly renewedWith?: readonly string[];
  /** The input whose value it says where to find, so that the value itself never gets to the engine. */
  readonly gives?: string;
  /** Whether the value is bytes, as base64; undefined while that is not known yet. */
  readonly isBinary?: (inputs: Values) => boolean | undefined;
  /** When true, deletion is at once and final, so that the name is free again. */
  readonly skipsRecovery?: true;
}

export type InputField<S extends z.ZodType = z.ZodType> = InputFacts & { readonly schema: S };
export type InputFields = Readonly<Record<string, InputField>>;

export interface OutputField<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly doc: string;
}
export type OutputFields = Readonly<Record<string, OutputField>>;

export function input<S extends z.ZodType, const F extends InputFacts>(
  schema: S,
  facts: F,
): F & { readonly schema: S } {
  return { ...facts, schema };
}

export function output<S extends z.ZodType>(schema: S, doc: string): OutputField<S> {
  return { schema, doc };
}

/** The checked inputs of a resource, typed by its fields. */
export type InputsOf<F extends InputFields> = {
  readonly [K in keyof F as F[K] extends { required: true } ? K : never]: z.infer<F[K]["schema"]>;
} & {
  readonly [K in keyof F as F[K] extends { required: true } ? never : K]?: z.infer<F[K]["schema"]> | undefined;
};

/** What a resource's state holds beyond its inputs, typed by its fields. */
export type OutputsOf<F extends OutputFields> = { readonly [K in keyof F]?: z.infer<F[K]["schema"]> | undefined };

/** Whether two values of a field mean the same. What is not known yet may be anything, so it never does. */
export function sameValue(field: InputFacts, old: unknown, value: unknown): boolean {
  if (hasUnknown(old) || hasUnknown(value)) return false;
  if (isAbsent(value) && field.computed) return true;
  return isDeepStrictEqual(canonical(field, old), canonical(field, value));
}

/** What a change of a field comes to here. */
export function changeOf({ onChange }: InputFacts, differing: Differing): Change {
  return typeof onChange === "function" ? onChange(differing) : onChange;
}

function canonical(field: InputFacts, value: unknown): unknown {
  const filled = isAbsent(value) ? field.default : value;
  return isAbsent(filled) || !field.normalize ? filled : field.normalize(filled);
}

/** The input that says where the value of another one is to be found, if there is any. */
export function giverOf(fields: InputFields, name: string): string | undefined {
  return namesWhere(fields, ({ gives }) => gives === name)[0];
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

export function namesWhere(fields: InputFields, test: (field: InputField) => unknown): string[] {
  return Object.keys(fields).filter((name) => test(fields[name] as InputField));
}
