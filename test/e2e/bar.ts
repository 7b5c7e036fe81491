import { cpSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Puts a file where a folder was, which stays aside until what this returns is called. */
export function bar(folder: string, aside: string): () => void {
  renameSync(folder, aside);
  while (!isBarred(folder)) {
    // Somebody was just writing, and made the folder again.
    cpSync(folder, aside, { recursive: true });
    rmSync(folder, { recursive: true });
  }
  return () => {
    rmSync(folder);
    renameSync(aside, folder);
  };
}

function isBarred(path: string): boolean {
  try {
    writeFileSync(path, "");
    return true;
  } catch {
    return false;
  }
}
