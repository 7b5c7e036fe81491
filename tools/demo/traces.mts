import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every form in which a value may stand somewhere: plain, escaped for JSON or a URL, in hex or in base64. */
export function formsOf(value: string): string[] {
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  // Go escapes these for HTML
  const goJson = (text: string) => json(text).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const percent = [encodeURIComponent(value), new URLSearchParams({ "": value }).toString().slice(1)];
  const bytes = Buffer.from(value);
  const texts = [value, json(value), json(json(value)), goJson(value), goJson(json(value)), json(goJson(value))];
  const encoded = [...percent, ...percent.map((text) => text.replace(/%../g, (code) => code.toLowerCase()))];
  const hex = bytes.toString("hex");
  return [...new Set([...texts, ...encoded, hex, hex.toUpperCase(), ...base64Of(bytes)])];
}

/** Within a longer text the digits depend on where the value starts; those that neighbours have a part in are left out. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const digits = whole.subarray(0, whole.length - (whole.length % 3)).toString("base64");
    const own = digits.slice([0, 2, 3][before]);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The files below a folder, links not followed. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Those of the files that hold one of the forms. */
export async function filesWith(files: readonly string[], forms: readonly string[]): Promise<string[]> {
  const holds = await Promise.all(files.map(async (file) => holdsAny(await readFile(file), forms)));
  return files.filter((_, n) => holds[n]);
}

export const holdsAny = (text: string | Buffer, forms: readonly string[]): boolean =>
  forms.some((form) => text.includes(form));
