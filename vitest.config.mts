import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.mts";
import { Summary } from "./test/summary.mts";

const plugin = (name: string) => join(import.meta.dirname, "test/examples/plugins", `${name}.ts`);

export default defineConfig({
  // What the examples use of others' packages, as tsconfig.json has it.
  resolve: { alias: { "@pulumi/alicloud": plugin("alicloud"), "@pulumi/huaweicloud": plugin("huaweicloud") } },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/seed.ts", "test/counting.ts", "test/unlimited.ts"],
    reporters: ["default", new Summary(console.log, process.env.COUNTS_FILE)],
    // Much of a test is waiting for processes and sockets.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
