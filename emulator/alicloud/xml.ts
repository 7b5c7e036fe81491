export type Json = string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** One element; a list repeats the element once per item, as RPC services write lists. */
function element(name: string, value: Json): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((item: Json) => element(name, item)).join("");
  const content =
    typeof value === "object"
      ? Object.entries(value)
          .map(([key, child]) => element(key, child))
          .join("")
      : escapeText(String(value));
  return `<${name}>${content}</${name}>`;
}

/** An XML document with `root` around the fields of `value`. */
export const toXml = (root: string, value: { readonly [key: string]: Json }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(root, value)}`;
