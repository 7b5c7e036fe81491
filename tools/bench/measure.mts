import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Emulator } from "pulumi-cloud-secrets/emulator";
import type { Sandbox } from "../engine/sandbox.mts";
import type { Setting } from "../engine/settings.mts";
import type { BenchOptions } from "./arguments.mts";
import { EMPTY, empties, FACTS, type Kind, kindOf, STEPS, type Step, secrets } from "./kinds.mts";
import { PeakMemory } from "./memory.mts";

/** A fast step is repeated, so that chance evens out. */
const REPEATS: Readonly<Record<Step, number>> = { create: 1, change: 1, "no change": 3, refresh: 1, destroy: 1 };

export const SIDES = ["floor", "ours"] as const;
export type Side = (typeof SIDES)[number];

/** Bytes of one resource in the state. */
export interface StateBytes {
  readonly whole: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Where in the program it was made, which the engine notes. */
  readonly trace: number;
}

export interface Life {
  readonly ms: Readonly<Record<Step, Record<Side, number[]>>>;
  /** Per secret. */
  readonly calls: Readonly<Record<Step, Partial<Record<Kind, number>>>>;
  readonly state: Readonly<Record<string, StateBytes>>;
  /** Bytes. */
  readonly peak: Readonly<Record<Side, number | undefined>>;
}

export interface Bench {
  readonly sandbox: Sandbox;
  readonly emulator: Emulator;
  readonly config: Readonly<Record<string, Setting>>;
  readonly options: BenchOptions;
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** One life of the secrets and of the empty resources, step by step beside each other. Errors: a count is wrong. */
export async function live(bench: Bench, round: number): Promise<Life> {
  const declared = { value: "" };
  const stacks = {
    floor: await stackOf(bench, `floor-${round}`, empties, declared),
    ours: await stackOf(bench, `ours-${round}`, secrets, declared),
  };
  const life = {
    ms: perStep(() => ({ floor: [] as number[], ours: [] as number[] })),
    calls: perStep(() => ({})),
    state: {},
    peak: { floor: undefined, ours: undefined } as Record<Side, number | undefined>,
  };
  for (const [n, step] of STEPS.entries()) {
    if (step === "create" || step === "change") declared.value = `value-${round}-${step}`;
    const before = bench.emulator.calls().length;
    for (let turn = 0; turn < REPEATS[step]; turn += 1) {
      // what disturbs the machine must not always hit the same side
      const order = (round + n + turn) % 2 === 0 ? SIDES : SIDES.toReversed();
      for (const side of order) {
        const { ms, peak } = await take(bench, stacks[side], step);
        life.ms[step][side].push(ms);
        life.peak[side] = Math.max(peak ?? 0, life.peak[side] ?? 0) || undefined;
        bench.say(`${step}, ${side}: ${(ms / 1000).toFixed(1)} s`);
      }
    }
    life.calls[step] = callsPerSecret(bench, step, before);
    if (step === "create")
      for (const { name } of Object.values(stacks)) Object.assign(life.state, await stateBytes(bench.sandbox, name));
  }
  bench.emulator.reset();
  return life;
}

async function stackOf(
  { sandbox, options, config }: Bench,
  name: string,
  program: typeof secrets,
  declared: { readonly value: string },
): Promise<Stack> {
  const stack = await sandbox.stack("bench", name, async () => program(options.n, options.kinds, declared.value));
  await stack.setAllConfig(config);
  return stack;
}

const perStep = <T,>(make: () => T): Record<Step, T> =>
  Object.fromEntries(STEPS.map((step) => [step, make()])) as Record<Step, T>;

async function take(
  { options, signal }: Bench,
  stack: Stack,
  step: Step,
): Promise<{ ms: number; peak: number | undefined }> {
  signal.throwIfAborted();
  const memory = new PeakMemory();
  const start = performance.now();
  let end = start;
  // the Automation API asks for the outputs afterwards, which is no part of the step
  const onOutput = () => {
    end = performance.now();
  };
  try {
    const method = step === "refresh" || step === "destroy" ? step : "up";
    const { summary } = await stack[method]({ onOutput, signal });
    expectCount(`resources in ${step}`, summary.resourceChanges, changesOf(step, options));
  } finally {
    memory.stop();
  }
  return { ms: end - start, peak: memory.peak };
}

/** What the engine has to report: the stack itself is one resource more. */
function changesOf(step: Step, { n, kinds }: BenchOptions): Record<string, number> {
  if (step === "create") return { create: n + 1 };
  if (step === "destroy") return { delete: n + 1 };
  if (step !== "change") return { same: n + 1 };
  const replace = share("gpdb", n, kinds);
  return { same: 1, ...(replace < n && { update: n - replace }), ...(replace > 0 && { replace }) };
}

export const share = (kind: Kind, n: number, kinds: readonly Kind[]): number =>
  Array.from({ length: n }, (_, one) => kindOf(one, kinds)).filter((one) => one === kind).length;

function callsPerSecret({ emulator, options }: Bench, step: Step, before: number): Partial<Record<Kind, number>> {
  const calls = emulator.calls(before);
  const perSecret = options.kinds.map((kind) => {
    const count = calls.filter(({ service }) => service === kind).length;
    const secrets = share(kind, options.n, options.kinds) * REPEATS[step];
    expectCount(`calls to ${kind} in ${step}`, count, FACTS[kind].calls[step] * secrets);
    return [kind, count / secrets] as const;
  });
  return Object.fromEntries(perSecret);
}

function expectCount(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

/** The mean of each type's resources, as the state's file has them. */
async function stateBytes(sandbox: Sandbox, stack: string): Promise<Record<string, StateBytes>> {
  const file = JSON.parse(await readFile(sandbox.stateFile("bench", stack), "utf8")) as {
    checkpoint: { latest: { resources: (Record<string, unknown> & { type: string })[] } };
  };
  const { resources } = file.checkpoint.latest;
  const types = [EMPTY, ...Object.values(FACTS).map(({ type }) => type)];
  return Object.fromEntries(
    types.flatMap((type) => {
      const own = resources.filter((resource) => resource.type === type);
      const mean = (...keys: string[]) =>
        Math.round(own.map((one) => sizeOf(one, keys)).reduce((a, b) => a + b, 0) / own.length);
      const parts = { inputs: mean("inputs"), outputs: mean("outputs"), trace: mean("sourcePosition", "stackTrace") };
      return own.length === 0 ? [] : [[type, { whole: mean(), ...parts }]];
    }),
  );
}

function sizeOf(resource: Record<string, unknown>, keys: readonly string[]): number {
  const parts = keys.length === 0 ? [resource] : keys.map((key) => resource[key] ?? "");
  return parts.reduce<number>((sum, part) => sum + Buffer.byteLength(JSON.stringify(part)), 0);
}
