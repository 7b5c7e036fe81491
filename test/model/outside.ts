import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../emulator/server";
import type { Values } from "../../provider/fields";
import { everySecret } from "./cloud";
import { canary, type Declared, type Kind, wordings } from "./declared";
import type { Held } from "./engine";
import { Broken } from "./promised";

/** How a program gives a value: as it is, by a file, or as one to be made. */
export const forms = ["literal", "file", "random"] as const;
export type Form = (typeof forms)[number];

/** The files in which the values of one stack are. */
export class Files {
  private readonly folder = mkdtempSync(join(tmpdir(), "model-values-"));

  pathOf(key: string): string {
    return join(this.folder, key);
  }

  write(program: readonly Declared[]): void {
    for (const { form, file, value } of program) if (form === "file") writeFileSync(file, value);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Holds a state against what was promised of values outside it: it holds none of them. */
export function requireOutside(entries: readonly Held[], emulator: Emulator): void {
  const outside = entries.filter(({ kind, inputs, outputs }) => [inputs, outputs].some(isOutside(kind)));
  if (outside.length === 0) return;
  const there = everySecret(emulator).map(({ value }) => value);
  for (const { kind, key, inputs, outputs } of outside) {
    const text = JSON.stringify([inputs, outputs].filter(isOutside(kind)));
    if ([canary, ...there].some((value) => text.includes(value)))
      throw new Broken("a value outside the state stays there", [kind, key]);
  }
}

const isOutside = (kind: Kind) => (values: Values) => values[`${wordings[kind].value}From`] !== undefined;
