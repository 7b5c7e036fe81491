import { z } from "zod";
import type { Fields } from "./rpc";
import type { RpcError } from "./rpc-error";

/** How a product says that a parameter is absent or wrong. The reason never holds the value. */
export interface ParameterErrors {
  missing(name: string): RpcError;
  invalid(name: string, reason: string): RpcError;
}

/** `true` or `false` in any case, as all flags travel. */
export const flag = z
  .string()
  .regex(/^(true|false)$/i, "must be true or false")
  .transform((text) => text.toLowerCase() === "true");

/** A decimal integer within bounds, both included. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be ${least} to ${most}`);

/** Text measured in UTF-8 bytes. */
export const bytesUpTo = (most: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= most, `must be at most ${most} bytes`);

/** A parameter that holds JSON text, read as `schema`. */
export const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("must be JSON");
        return z.NEVER;
      }
    })
    .pipe(schema);

/** JSON text that is kept as sent once it is known to be an object. */
export const jsonText = z.string().refine((text) => {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}, "must be a JSON object");

const LIST_FIELD = /^([A-Za-z]\w*)\.(\d{1,4})(?:\.(\w+))?$/;

type Item = string | Record<string, string>;

function addToList(lists: Map<string, Item[]>, [, name = "", index = "", part]: RegExpExecArray, value: string): void {
  const items = lists.get(name) ?? [];
  lists.set(name, items);
  const at = Number(index);
  if (part === undefined) items[at] = value;
  else items[at] = { ...(typeof items[at] === "object" ? items[at] : {}), [part]: value };
}

/** `Tag.1.Key=a&Tag.1.Value=b` becomes `Tag: [{Key: "a", Value: "b"}]`; gaps in the numbering close. */
function nested(fields: Fields): Record<string, unknown> {
  const lists = new Map<string, Item[]>();
  const plain: [string, string][] = [];
  for (const [name, value] of fields) {
    const listed = LIST_FIELD.exec(name);
    if (listed) addToList(lists, listed, value);
    // an empty parameter counts as absent, except where empty means "clear"
    else if (value !== "" || name === "Description") plain.push([name, value]);
  }
  const closed = [...lists].map(([name, items]): [string, Item[]] => [
    name,
    items.filter((item) => item !== undefined),
  ]);
  return Object.fromEntries<unknown>([...plain, ...closed]);
}

/** The typed parameters of a call, or the product's own error for the first one that is absent or wrong. */
export function readParameters<Schema extends z.ZodType>(
  schema: Schema,
  fields: Fields,
  errors: ParameterErrors,
): z.output<Schema> {
  const sent = nested(fields);
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  throw Object.hasOwn(sent, name) ? errors.invalid(name, issue?.message ?? "") : errors.missing(name);
}
