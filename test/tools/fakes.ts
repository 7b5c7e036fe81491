import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes an executable sh script; a test's PATH holds nothing else, so it may use builtins and absolute paths only. */
export function script(file: string, body: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

/** A root as the Automation API lays it out, with a CLI that states `version`. */
export function whole(root: string, version = "v3.259.0"): void {
  script(join(root, "bin", "pulumi"), `echo ${version}`);
  script(join(root, "bin", "pulumi-resource-pulumi-nodejs"), "exit 0");
}

/** A `go` that lists two packages and "builds" a CLI stating v3.259.0, noting each call and its environment in `log`. */
export function fakeGo(folder: string, log: string): void {
  script(
    join(folder, "go"),
    `echo "CGO_ENABLED=$CGO_ENABLED $*" >> "${log}"
if [ "$1" = list ]; then echo one; echo two; exit 0; fi
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"
/bin/chmod +x "$2"`,
  );
}

/** The lines of a file, none where there is no file. */
export function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}

/** Sh text that shows life in a file until its process is ended. */
export const beat = (file: string) => `while :; do echo beat >> "${file}"; /bin/sleep 0.05; done`;

/** Resolves once nothing beats in the file any more. */
export async function stopped(file: string): Promise<void> {
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    await setTimeout(400);
    now = linesOf(file).length;
  }
}
