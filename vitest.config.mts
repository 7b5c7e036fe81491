import { defineConfig } from "vitest/config";
import { Summary } from "./test/summary.mts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/seed.ts", "test/counting.ts"],
    reporters: ["default", new Summary(console.log, process.env.COUNTS_FILE)],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
