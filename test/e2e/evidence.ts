import { inspect } from "node:util";
import type { WireRequest } from "../../emulator/server";
import { leaks } from "./leaks";

/** Stands in each value of a secret that a test makes up, so that none of them is forgotten. */
const canary = "c4n4ry";
/** What a service makes up is searched for as it is, which a shorter text could not be. */
const distinctLength = 12;
const valueNames = /^(SecretData|Password|secretString|secretBinary)$/i;
const credentialNames = /^(AccessKeySecret|SecurityToken|OIDCToken|secretKey|token)$/i;
const credentialHeaders = new Set(["x-auth-token", "x-security-token", "x-acs-security-token"]);
/** In the most verbose logs the engine and Pulumi's library write out their own messages, as for every resource. */
const ownMessage =
  /"msg":"(?:Unm|M)arshaling property for RPC\[|(?:"msg":"(?:eventSink::Debug\(<\{%reset%\}>)?|^[^"]* debug: )RegisterResource RPC finished: /;

/** All that a stack's runs produce, and all that must stand in none of it. */
export class Evidence {
  readonly #texts = new Map<string, string>();
  /** Their names by what is searched for. */
  readonly #values = new Map([[canary, "a canary"]]);
  readonly #unsearchable = new Set<string>();
  readonly #decrypted = new Map<string, string>();

  readonly #credentials: Record<string, string>;

  constructor(credentials: Readonly<Record<string, string>>) {
    this.#credentials = { ...credentials };
  }

  tell(place: string, text: string): void {
    const lines = text.split("\n").filter((line) => !ownMessage.test(line));
    this.#texts.set(place, `${this.told(place)}${lines.join("\n")}\n`);
  }

  told(place: string): string {
    return this.#texts.get(place) ?? "";
  }

  /** What a failure says, however it is printed. */
  fail(place: string, error: unknown): void {
    this.tell(`the error of ${place}`, inspect(error, { depth: 9, showHidden: true, maxStringLength: null }));
  }

  /** What of a request may be logged on its way. */
  see({ method, rawPath, rawQuery, headers }: WireRequest): void {
    const others = Object.entries(headers).filter(([name]) => !credentialHeaders.has(name));
    this.tell("the requests", `${method} ${rawPath}?${rawQuery} ${JSON.stringify(others)}`);
  }

  /** Values and credentials that a service holds, wherever they come from. */
  hold(state: unknown): void {
    JSON.stringify(state, (name, value: unknown) => {
      if (valueNames.test(name) && typeof value === "string") this.#hide(value, name);
      // Each is another text, so the name that it gets stays its own.
      if (credentialNames.test(name)) this.#credentials[`${name} ${String(value).slice(0, 6)}`] = String(value);
      return value;
    });
  }

  /** Resources of a file in which values may stand, but no credential. */
  decrypt(file: string, resources: readonly object[]): void {
    this.#decrypted.set(`the decrypted ${file}`, JSON.stringify(resources));
  }

  #hide(value: string, name: string): void {
    for (const text of [value, ...passwordsIn(value)]) {
      if (this.#values.has(text)) continue;
      const isMarked = [text, Buffer.from(text, "base64").toString()].some((form) => form.includes(canary));
      if (isMarked) continue;
      if (text.length >= distinctLength) this.#values.set(text, `${name} ${this.#values.size}`);
      else this.#unsearchable.add(`${name} has neither a canary nor ${distinctLength} characters`);
    }
  }

  /** What stands where it must not, and what could not be searched for; all by name. */
  found(files: Readonly<Record<string, string>>): string[] {
    const texts = { ...Object.fromEntries(this.#texts), ...files };
    const values = Object.fromEntries([...this.#values].map(([value, name]) => [name, value]));
    return [
      ...leaks(texts, { ...values, ...this.#credentials }),
      ...leaks(Object.fromEntries(this.#decrypted), this.#credentials),
      ...this.#unsearchable,
    ];
  }
}

/** The parts of a value that are worth as much as the whole. */
function passwordsIn(value: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(value, (name, part: unknown) => {
      if (/password|secret|privatekey/i.test(name) && typeof part === "string") found.push(part);
      return part;
    });
  } catch {
    // No JSON, so there is nothing in it.
  }
  return found;
}
