import { z } from "zod";
import { isTooDeep } from "./sendable";
import { placePattern, placeRule } from "./settings";

/** A text bounded by its size in UTF-8, as the services count. */
export function text(limits: { readonly maxBytes?: number; readonly minBytes?: number }): z.ZodString {
  const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY } = limits;
  return z
    .string()
    .refine(
      (value) => Buffer.byteLength(value) >= minBytes,
      minBytes === 1 ? "must not be empty" : `must be at least ${minBytes} bytes`,
    )
    .refine(
      (value) => Buffer.byteLength(value) <= maxBytes,
      `must be at most ${maxBytes.toLocaleString("en-US")} bytes in UTF-8`,
    );
}

/** Whether a text has more characters than so many, which are not JavaScript's halves of some. */
export const isLonger = (text: string, most: number): boolean =>
  text.length > 2 * most || (text.length > most && [...text].length > most);

export const filledText = text({ minBytes: 1 });

/** A list of so many at most; like text, bounded without zod's own bounds, which fail on an object with an odd `length`. */
export function listOf<Item extends z.ZodType>(item: Item, most: number, rule = `must be at most ${most}`) {
  return z.array(item).refine((items) => items.length <= most, rule);
}

/** A region's or a project's name: it becomes part of a host name or a path. */
export const placeName = z.string().regex(placePattern, placeRule);

export interface TagLimits {
  readonly key: RegExp;
  readonly keyRule: string;
  readonly value: RegExp;
  readonly valueRule: string;
  readonly most: number;
}

/** Tags as a map from key to value. */
export function tagMap({ key, keyRule, value, valueRule, most }: TagLimits) {
  return z
    .record(
      z.string().regex(key, `has a key that is not allowed: ${keyRule}`),
      z.string().regex(value, `must be ${valueRule}`),
    )
    .refine((tags) => Object.keys(tags).length <= most, `must be at most ${most} tags`);
}

const seconds = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** A length of time such as `1d`, `24h`, `1440m` or `86400s`, in seconds; undefined where it is none. */
export function secondsOf(duration: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([dhms])$/.exec(duration) ?? [];
  return count && unit ? Number(count) * seconds[unit as keyof typeof seconds] : undefined;
}

/** A length of time with a unit, between bounds in hours. */
export function duration(leastHours: number, mostHours: number): z.ZodString {
  return z.string().refine((value) => {
    const length = secondsOf(value);
    return length !== undefined && length >= leastHours * 3_600 && length <= mostHours * 3_600;
  }, `must be a whole number with the unit d, h, m or s, from ${leastHours}h to ${mostHours}h`);
}

/** The same time in every unit is the same time. */
export const normalizeDuration = (value: unknown): unknown =>
  typeof value === "string" ? (secondsOf(value) ?? value) : value;

/** Names that are there or not, in whatever order. */
export function nameSet(name: RegExp, nameRule: string, most: number) {
  return listOf(z.string().regex(name, `must be ${nameRule}`), most).refine(
    (names) => new Set(names).size === names.length,
    "must not name one twice",
  );
}

/** The order of names in a set means nothing. */
export const normalizeSet = (value: unknown): unknown =>
  Array.isArray(value) && value.every((name) => typeof name === "string") ? value.toSorted() : value;

const jsonObjectRule = "must be an object, or the JSON text of one";

/** An object or its JSON text, bounded by the size of the text in UTF-8. */
export function jsonObject(maxBytes: number) {
  const object = z.record(z.string(), z.unknown());
  return z
    .union([z.string(), object], jsonObjectRule)
    .refine((value) => object.safeParse(normalizeJson(value)).success, jsonObjectRule)
    .refine(
      (value) => Buffer.byteLength(jsonText(value)) <= maxBytes,
      `must be at most ${maxBytes.toLocaleString("en-US")} bytes as JSON`,
    );
}

/** JSON as a text and the same as an object mean the same, and so do spaces and the order of keys. */
export function normalizeJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isTooDeep(parsed) ? value : parsed;
  } catch {
    return value;
  }
}

/** JSON, given as an object or as its text. */
export const jsonText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
