import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findPulumi } from "../tools/engine/find.mts";

declare module "vitest" {
  interface ProvidedContext {
    /** What `PulumiCommand.get` takes as `root`; undefined for the CLI on PATH. */
    pulumiRoot: string | undefined;
  }
}

const root = join(__dirname, "..");

/** What the engine runs is the built package, and where its CLI comes from is decided once for all tests. */
export async function setup(project: TestProject): Promise<void> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  project.provide("pulumiRoot", (await findPulumi()).root);
}
