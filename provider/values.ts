import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { CloudError, systemCode } from "./errors";
import { type InputFacts, type InputField, type InputFields, input, isAbsent, namesWhere, type Values } from "./fields";
import { nameInLine } from "./issues";
import { normalizeRandom, type RandomSpec, randomBase64, randomSpec, randomText } from "./random";
import type { Refusal } from "./rules";
import type { SettingsSource } from "./settings";
import { hasUnknown, unknown } from "./unknown";

const sources = {
  env: z.strictObject({ env: z.string().regex(/^[^=\0]+$/, "must be the name of an environment variable") }),
  file: z.strictObject({ file: z.string().regex(/^[^\0]+$/, "must be the path of a file") }),
  random: z.strictObject({ random: randomSpec }),
} as const;
type Source = keyof typeof sources;
const reference = z.union([sources.env, sources.file, sources.random]);
type Reference = z.infer<typeof reference>;

const oneSource = z.custom<Reference>(() => false, "must have exactly one of env, file and random");

/** The source that a reference names, where it names just one. */
function sourceIn(value: unknown): Source | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const named = (Object.keys(sources) as Source[]).filter((source) => Object.hasOwn(value, source));
  return named.length === 1 ? named[0] : undefined;
}

export const isRandom = (value: unknown): value is { readonly random: RandomSpec } => sourceIn(value) === "random";

const isReference = (value: unknown): value is Reference => reference.safeParse(value).success;

/** An input that says where the value of another one is to be found; by its name, that of the other and `From`. */
export function valueFrom<const Name extends string>(gives: Name, doc: string) {
  const facts = {
    doc: `Where the provider finds the value, in place of \`${gives}\`, so that it never gets to Pulumi's state: \`{ env: "NAME" }\` an environment variable; \`{ file: "./path" }\` a file as it is, from the program's folder; \`{ random: { length, characters, exclude, keepers } }\` made once. Another value than before is a change. ${doc}`,
    onChange: "update",
    gives,
    variant(inputs) {
      const source = sourceIn(inputs[`${gives}From`]);
      return source ? sources[source] : oneSource;
    },
    normalize: (value) => (isRandom(value) && isReference(value) ? { random: normalizeRandom(value.random) } : value),
  } as const satisfies InputFacts;
  return input(reference, facts);
}

/** What the doc of a reference to text says of random values. */
export const ofText =
  "A random value has `length` characters (by default 32) of the kinds in `characters` (by default `lower`, `upper` and `digits`; also `symbols`: `!@#$%^&*()_+-=`), at least one of each where there are as many, and none of `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`.";
/** The same of one to bytes. */
export const ofBytes =
  "The variable has base64, the file the bytes themselves. A random value has `length` bytes (by default 32), and takes neither `characters` nor `exclude`. It is made anew when anything in `random` changes, such as the texts in `keepers`.";

/** What is found where a reference says: the value, or why there is none. `from` is said of it in messages. */
type Found = { readonly from: string } & ({ readonly value: string } | { readonly reason: string });

/** The value that a reference leads to. No reason repeats a value. */
function lookUp(of: Reference, isBinary: boolean, env: SettingsSource["env"]): Found {
  if ("env" in of) return fromEnvironment(of.env, env);
  if ("file" in of) return fromPath(of.file, isBinary);
  const from = "a random value";
  if (!isBinary) return { from, value: randomText(of.random) };
  const { characters, exclude } = of.random;
  if (characters || exclude) return { from, reason: "is of bytes here, so characters and exclude cannot be given" };
  return { from, value: randomBase64(of.random) };
}

function fromEnvironment(name: string, env: SettingsSource["env"]): Found {
  const from = `the environment variable ${nameInLine(name)}`;
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === "") return { from, reason: "is empty" };
  if (value !== undefined) return { from, value };
  const isName = /^\w+$/.test(name) && !Object.values(env).includes(name);
  if (!isName) return { from: "env", reason: `names no environment variable that is set; ${notShown}` };
  return { from, reason: "is not set" };
}

/** A program may give the value by mistake where its name or path belongs. */
const notShown = "it is not shown, as it may be the value itself";

function fromPath(path: string, isBinary: boolean): Found {
  const found = fromFile(path, isBinary);
  // No folder has an entry of such a length.
  const isPath = "value" in found || !/[\p{C}\p{Zl}\p{Zp}]|[^/\\]{256}/u.test(path);
  if (!isPath) return { from: "file", reason: `is not the path of one; ${notShown}` };
  return { from: `the file ${nameInLine(path)}`, ...found };
}

/** Far more than any service takes, and little enough to read. */
const mostBytes = 1024 * 1024;

function fromFile(path: string, isBinary: boolean): { readonly value: string } | { readonly reason: string } {
  try {
    const file = statSync(path);
    if (!file.isFile()) return { reason: "is no file" };
    if (file.size > mostBytes) return { reason: `is larger than ${mostBytes / 1024 / 1024} MB` };
    const bytes = readFileSync(path);
    if (isBinary) return { value: bytes.toString("base64") };
    return isUtf8(bytes) ? { value: bytes.toString("utf8") } : { reason: "must be text in UTF-8" };
  } catch (error) {
    const code = systemCode(error) ?? "no code";
    return { reason: code === "ENOENT" ? "does not exist" : `cannot be read (${code})` };
  }
}

/** Stands for a value that stays as it was, where it is not at hand: it is the same as itself alone, and cannot be sent. */
export const same: unique symbol = Symbol("the same value");

/** Throws where what is to be sent stays as it was, and neither its reference nor the secret has it any more. */
export function requireAtHand(call: string, values: Values): void {
  const [name] = Object.keys(values).filter((one) => values[one] === same);
  if (name === undefined) return;
  const message = `${call} failed: ${name} is to stay as it was, but the secret has another value by now, and ${name}From does not lead to that of before. Let it lead there again, or run \`pulumi refresh\` first to keep what is there.`;
  throw new CloudError({ kind: "invalid", message });
}

/** An input that gives the value of another one, and that one. */
export interface Pair {
  readonly name: string;
  readonly giver: string;
  readonly field: InputField;
  readonly giverField: InputField;
}

export function pairsIn(fields: InputFields): Pair[] {
  return namesWhere(fields, ({ gives }) => gives).map((giver) => {
    const giverField = fields[giver] as InputField;
    const name = giverField.gives ?? "";
    return { name, giver, field: fields[name] as InputField, giverField };
  });
}

/** What the references among some inputs lead to. */
export interface Given {
  /** By the names of the inputs that are given so; `unknown` where that cannot be told. */
  readonly values: Values;
  /** What a message says of each of them. */
  readonly from: Readonly<Record<string, string>>;
  readonly failures: readonly Refusal[];
}

/** Follows all references. A random value is made on the spot, each time another. */
export function follow(fields: InputFields, inputs: Values, env: SettingsSource["env"]): Given {
  const given = {
    values: {} as Record<string, unknown>,
    from: {} as Record<string, string>,
    failures: [] as Refusal[],
  };
  for (const { name, giver, field } of pairsIn(fields)) {
    const of = inputs[giver];
    if (isAbsent(of)) continue;
    const isBinary = field.isBinary ? field.isBinary(inputs) : false;
    const isLiteral = !isAbsent(inputs[name]) && !hasUnknown(inputs[name]);
    if (isLiteral) given.failures.push({ property: giver, reason: `cannot be given together with ${name}` });
    if (isLiteral) continue;
    given.values[name] = unknown;
    if (hasUnknown(of) || isBinary === undefined || !isReference(of)) continue;
    const found = lookUp(of, isBinary, env);
    given.from[name] = found.from;
    if ("value" in found) given.values[name] = found.value;
    else given.failures.push({ property: giver, reason: `${found.from} ${found.reason}` });
  }
  return given;
}
