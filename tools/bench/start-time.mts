import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { median } from "./report.mts";

const RUNS = 7;
const require = createRequire(import.meta.url);
const HOST = require.resolve("pulumi-cloud-secrets/dynamic");
const EMPTY = fileURLToPath(new URL("./cloud-secrets-empty.cjs", import.meta.url));

/** In a fresh process: `require`, then a first check by each of the three resources. Prints milliseconds. */
const SCRIPT = `
const start = performance.now();
const { host } = require(process.argv[1]);
const names = ["AliyunKmsSecret", "AnalyticDbSecret", "CsmsSecret"];
Promise.all(names.map((name) => {
  const provider = host(name);
  provider.configure?.({ config: { get: () => undefined } });
  return provider.check({}, {});
})).then(() => console.log(performance.now() - start));
`;

/** Medians in milliseconds, of our provider and of an empty one. */
export function startTimes(): { ours: number; floor: number } {
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(timed(HOST));
    floor.push(timed(EMPTY));
  }
  return { ours: median(ours), floor: median(floor) };
}

const timed = (module: string): number =>
  Number(execFileSync(process.execPath, ["-e", SCRIPT, module], { encoding: "utf8" }));
