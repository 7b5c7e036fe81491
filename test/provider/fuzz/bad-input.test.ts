import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import type { Values } from "../../../provider/fields";
import { resources } from "../../../provider/resources";
import { configFor } from "../../stack-config";
import { hosted } from "../hosted";
import { unwrapped } from "../hosts/dynamic-provider";
import { bases, outsideBases } from "./bases";
import { canary, canaryKey, canaryNumber, huge, wild } from "./wild";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
/** What the user sees of warnings where no engine takes them. */
let warned: string[] = [];
beforeEach(() => {
  emulator.reset();
  warned = [];
  vi.spyOn(console, "error").mockImplementation((text) => warned.push(String(text)));
});

const longest = 1_000;
const slowestMs = 1_000;

describe.each(resources.map((resource) => [resource.name, resource] as const))("%s", (name, { inputs }) => {
  const fields = Object.keys(inputs);
  const [base] = bases[name] as [Values];
  const secrets = fields.filter((field) => inputs[field]?.secret);
  const changes = fc.dictionary(fc.oneof({ arbitrary: fc.constantFrom(...fields), weight: 9 }, wildName()), wild, {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  });
  const news = fc
    .tuple(fc.constantFrom(...(bases[name] ?? []), ...(outsideBases[name] ?? [])), changes)
    .map(([right, wrong]) => ({ ...right, ...wrong }));

  /** One line, not too long, that holds no value; nor a key where that is part of a value. */
  function expectPlain(told: string) {
    expect(told).toMatch(/^\P{Cc}+$/u);
    expect(told.length).toBeLessThan(longest);
    expect(told).not.toContain(canary);
    expect(told).not.toContain(String(canaryNumber));
    expect(told).not.toMatch(/unforeseen|\bat .*:\d+:\d+/);
    if (secrets.some((field) => new RegExp(`^${field}[:.[]`).test(told))) expect(told).not.toContain(canaryKey);
  }

  async function checked(given: Values, olds: Values = {}) {
    const { check } = await hosted(name, configFor(emulator));
    const started = performance.now();
    const { failures = [], inputs: known } = await check(olds, given);
    expect(performance.now() - started).toBeLessThan(slowestMs);
    for (const { property, reason } of failures) {
      expectPlain(reason);
      expect(property).toBe("");
      const isOfField = fields.some((field) => new RegExp(`^${field}[:.[]`).test(reason));
      expect(isOfField || reason.includes(": is no input of this resource")).toBe(true);
    }
    for (const warning of warned) expectPlain(warning);
    return { failures, known: known ?? {} };
  }

  /** The difference, or why there is none. */
  async function differing(olds: Values, given: Values) {
    const { diff } = await hosted(name, configFor(emulator));
    const started = performance.now();
    const failure = await diff("id", olds, given).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(performance.now() - started).toBeLessThan(slowestMs);
    // Each input that is refused has its own part of the line.
    for (const part of failure?.message.split("; ") ?? []) expectPlain(part);
    if (failure) expect(failure.stack).toBe(failure.message);
  }

  it("takes or refuses whatever comes, and says why in one line that holds no value", async () => {
    // Looking for what may be taken over may fail for what is there, and is no part of this.
    const alone = news.map(({ adoptExisting: _, ...others }) => others);
    await fc.assert(
      fc.asyncProperty(alone, async (given) => {
        await checked(given);
      }),
      { numRuns: 500 },
    );
  });

  it("compares whatever came with whatever was there", async () => {
    const { create } = await hosted(name, configFor(emulator));
    const { outs = {} } = await create(unwrapped((await checked(base)).known));
    const state = unwrapped(outs);
    await fc.assert(
      fc.asyncProperty(news, changes, async (given, older) => {
        await differing(state, given);
        await differing({ ...state, ...older }, given);
        await checked(base, older);
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(huge))("is done in a moment with %s", { timeout: 60_000 }, async (_, make) => {
    const value = make();
    for (const field of fields) {
      await checked({ ...base, [field]: value });
      await differing({ ...base }, { ...base, [field]: value });
      await differing({ ...base, [field]: value }, { ...base, [field]: make() });
    }
  });
});

function wildName() {
  return fc.oneof(
    fc.constantFrom("constructor", "toString", "secret_name", "NAME", "region_id", "a.b", "secretData.x", "__proto__"),
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constant(`x${"\n".repeat(2_000)}`),
  );
}
