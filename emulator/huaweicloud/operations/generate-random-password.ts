import { randomInt } from "node:crypto";
import { z } from "zod";
import { Refusal } from "../failures";
import { fields, optional } from "../fields";
import { operation } from "../operation";

const flag = optional(z.boolean());

const body = z.object({
  length: fields.password_length,
  exclude_characters: optional(z.string()),
  exclude_lowercase: flag,
  exclude_uppercase: flag,
  exclude_numbers: flag,
  exclude_punctuation: flag,
  include_space: flag,
  require_each_included_type: flag,
});

type Wishes = z.output<typeof body>;

const alphabets: readonly [characters: string, wanted: (wishes: Wishes) => boolean][] = [
  ["abcdefghijklmnopqrstuvwxyz", (wishes) => !wishes.exclude_lowercase],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", (wishes) => !wishes.exclude_uppercase],
  ["0123456789", (wishes) => !wishes.exclude_numbers],
  ["!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", (wishes) => !wishes.exclude_punctuation],
  [" ", (wishes) => wishes.include_space ?? false],
];

export const generateRandomPassword = operation({
  name: "GenerateRandomPassword",
  input: z.object({ body }),
  run({ body }) {
    const types = alphabets
      .filter(([, wanted]) => wanted(body))
      .map(([characters]) => [...characters].filter((c) => !body.exclude_characters?.includes(c)))
      .filter((characters) => characters.length > 0);
    if (types.length === 0) throw new Refusal("parameter", "no characters are left");
    const required = body.require_each_included_type ? types.map(pick) : [];
    const rest = Array.from({ length: body.length - required.length }, () => pick(types.flat()));
    return { password: shuffled([...required, ...rest]).join("") };
  },
});

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? "";
}

function shuffled(characters: string[]): string[] {
  for (let end = characters.length - 1; end > 0; end--) {
    const other = randomInt(end + 1);
    [characters[end], characters[other]] = [characters[other] ?? "", characters[end] ?? ""];
  }
  return characters;
}
