import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "pulumi-cloud-secrets/emulator";
import { type BenchOptions, HELP, readArguments } from "./bench/arguments.mts";
import { type Life, live } from "./bench/measure.mts";
import { plot } from "./bench/plot.mts";
import { summarize, table } from "./bench/report.mts";
import { startTimes } from "./bench/start-time.mts";
import { findPulumi } from "./engine/find.mts";
import { inSandbox } from "./engine/sandbox.mts";
import { emulatedClouds } from "./engine/settings.mts";

const OUT = fileURLToPath(new URL("../.cache/bench", import.meta.url));
const EMPTY = fileURLToPath(new URL("./bench/cloud-secrets-empty.cjs", import.meta.url));

async function measure(options: BenchOptions): Promise<void> {
  const { version } = await findPulumi();
  const startMs = startTimes();
  await inSandbox([EMPTY], console.error, async (sandbox, signal) => {
    const emulator = await startEmulator({ latencyMs: options.latencyMs, accessKey: "bench", secretKey: "bench-key" });
    try {
      const config = emulatedClouds(emulator.url, "bench", "bench-key");
      const lives: Life[] = [];
      for (let round = 0; round < options.rounds; round += 1) {
        lives.push(await live({ sandbox, emulator, config, options, signal, say: console.error }, round));
      }
      const report = summarize(options, version, lives, startMs);
      await mkdir(options.out, { recursive: true });
      await writeFile(join(options.out, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
      await writeFile(join(options.out, "bench.svg"), plot(report));
      console.log(
        `\n${table(report)}\n\nbench.json and bench.svg are in ${relative(process.cwd(), options.out) || "."}`,
      );
    } finally {
      await emulator.close();
    }
  });
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2), OUT);
  if (options) await measure(options);
  else console.log(HELP);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
