import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The forms in which a value may lie about: as it is, escaped for JSON or a URL, in hex, and in base64 at any offset. */
export function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  return [
    value,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    // Go's way, which the engine's is.
    escaped.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
    encodeURIComponent(value),
    new URLSearchParams({ "": value }).toString().slice(1),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => base64At(offset, bytes)),
  ];
}

/** The middle of a value's base64 that stays the same whatever stands around it. */
function base64At(offset: number, bytes: Buffer): string[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const bits = 8 * (offset + bytes.length);
  const kept = text.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
  return [kept, kept.replaceAll("+", "-").replaceAll("/", "_")];
}

/** Which of the values stand in which of the texts, by the names of both; never the value itself. */
export function leaks(texts: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>): string[] {
  const searched = Object.entries(values).map(([name, value]) => [name, [...new Set(formsOf(value))]] as const);
  return Object.entries(texts).flatMap(([place, text]) =>
    searched.filter(([, forms]) => forms.some((form) => text.includes(form))).map(([name]) => `${name} in ${place}`),
  );
}

/** Every file below a folder as text; links are not followed. */
export function filesBelow(folder: string): Record<string, string> {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return Object.entries(filesBelow(path));
    return entry.isFile() ? [[path, readFileSync(path, "utf8")] as const] : [];
  });
  return Object.fromEntries(found);
}
