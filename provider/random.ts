import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";

/** The kinds of characters that a value may be made of. These symbols are taken by the databases of both clouds. */
const kinds = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "0123456789",
  symbols: "!@#$%^&*()_+-=",
} as const;
type Kind = keyof typeof kinds;

const kindNames = Object.keys(kinds) as [Kind, ...Kind[]];
const defaults = { length: 32, characters: ["lower", "upper", "digits"] as readonly Kind[] } as const;
/** No value field takes more; each has a limit of its own. */
const mostLength = 65_536;
const lengthRule = `must be a whole number from 1 to ${mostLength.toLocaleString("en-US")}`;

interface Choice {
  readonly characters?: readonly Kind[] | undefined;
  readonly exclude?: string | undefined;
}

/** How a random value is made. */
export const randomSpec = z
  .strictObject({
    length: z.int(lengthRule).min(1, lengthRule).max(mostLength, lengthRule).optional(),
    characters: z
      .array(z.enum(kindNames))
      .refine((names) => names.length > 0, { message: "must name at least one", abort: true })
      .refine((names) => new Set(names).size === names.length, "must not name one twice")
      .optional(),
    exclude: z.string().optional(),
    keepers: z.record(z.string(), z.string()).optional(),
  })
  .refine((spec) => alphabetsOf(spec).every((alphabet) => alphabet.length > 0), {
    message: "leaves no character of a kind that is to be there",
    path: ["exclude"],
    abort: true,
  })
  .refine((spec) => alphabetsOf(spec).join("").length !== 1, {
    message: "leaves only one character to choose",
    path: ["exclude"],
  });
export type RandomSpec = z.infer<typeof randomSpec>;

/** One form for all that means the same: neither an order nor a character given twice means anything, and what is left out is its default. */
export function normalizeRandom(spec: RandomSpec) {
  const { length = defaults.length, characters = defaults.characters, exclude = "", keepers = {} } = spec;
  return { length, characters: [...characters].sort(), exclude: [...new Set(exclude)].sort(), keepers };
}

/** A text in which each kind of characters occurs, where its length allows; every such text is as likely. */
export function randomText(spec: RandomSpec): string {
  const alphabets = alphabetsOf(spec);
  const all = alphabets.join("");
  const { length = defaults.length } = spec;
  for (;;) {
    const text = Array.from({ length }, () => all[randomInt(all.length)]).join("");
    if (length < alphabets.length || alphabets.every((alphabet) => hasOneOf(text, alphabet))) return text;
  }
}

/** So many random bytes, as base64. */
export const randomBase64 = ({ length = defaults.length }: RandomSpec): string =>
  randomBytes(length).toString("base64");

function alphabetsOf({ characters = defaults.characters, exclude = "" }: Choice): string[] {
  return characters.map((kind) => [...kinds[kind]].filter((character) => !exclude.includes(character)).join(""));
}

const hasOneOf = (text: string, alphabet: string) => [...alphabet].some((character) => text.includes(character));
