import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, vi } from "vitest";
import type { FaultPlan } from "../../emulator/faults";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../emulator/server";
import { check } from "../../provider/check";
import type { Definition, Observed } from "../../provider/definition";
import { plan } from "../../provider/diff";
import { namesWhere, type Values } from "../../provider/fields";
import { configFor } from "../stack-config";
import { sourceOf } from "./source";

/** Part of every value that must stay secret. */
export const canary = "canary-5f1d";

type Fault = Partial<FaultPlan["faults"][number]> & Pick<FaultPlan["faults"][number], "kind">;

/** What a test reads of the emulator's state and of a resource's. */
// biome-ignore lint/suspicious/noExplicitAny: the wire's edge
export type Loose = any;

/** One resource against an emulator of its own, which each test finds empty, through the steps that a host takes. */
export function onEmulator(definition: Definition, service: "kms" | "gpdb" | "csms") {
  let emulator: Emulator;
  let client: unknown;
  let fetched: MockInstance<typeof fetch>;
  /** Which calls are the looks that updates begin with. */
  const looks = new Set<number>();
  beforeAll(async () => {
    emulator = await startEmulator({ now: () => Date.now() });
  });
  afterAll(() => emulator.close());
  beforeEach(() => {
    forget();
    fetched = vi.spyOn(globalThis, "fetch");
    connect();
  });
  afterEach(() => {
    const urls = fetched.mock.calls.map(([url]) => String(url));
    vi.restoreAllMocks();
    vi.useRealTimers();
    expect(urls.filter((url) => url.includes(canary))).toEqual([]);
  });

  const forget = () => {
    emulator.reset();
    looks.clear();
  };
  const operationsFrom = (at: number, isCounted = (_: number) => true) =>
    emulator
      .calls(at)
      .filter((_, n) => isCounted(at + n))
      .map(({ operation }) => operation.replace(`${service}.`, ""));
  /** Every update that makes calls looks first whether what has the name is ours. */
  const lookedFrom = (at: number) => {
    const first = emulator.calls(at).findIndex(({ operation }) => operation.startsWith(`${service}.`));
    if (first < 0) return;
    expect(emulator.calls(at)[first]?.operation).toMatch(/\.(DescribeSecret|ShowSecret|ShowSecretEvent)$/);
    looks.add(at + first);
  };
  const source = (config = {}) => sourceOf({ ...configFor(emulator), ...config });
  const connect = (config = {}) => {
    client = definition.connect(source(config));
  };
  const checked = (inputs: Values, olds: Values = {}): Values => {
    const { failures, inputs: filled } = check(definition, inputs, source(), { resource: "app", olds });
    expect(failures).toEqual([]);
    return filled;
  };
  /** What the state holds of inputs that the cloud never tells. */
  const kept = (state: Values, inputs: Values) => ({
    ...state,
    ...Object.fromEntries(
      namesWhere(definition.inputs, (field) => field.writeOnly && !field.acts).map((name) => [name, inputs[name]]),
    ),
  });

  return {
    connect,
    client: () => client as Loose,
    create: (inputs: Values) => definition.create(client, checked(inputs)),
    read: (id: string, state: Values = {}) => definition.read(client, id, state),
    async update(observed: Observed, inputs: Values): Promise<Observed> {
      const wanted = checked(inputs, observed.state);
      const before = emulator.calls().length;
      const updated = definition.update(client, observed, wanted).finally(() => lookedFrom(before));
      return { id: observed.id, state: kept(await updated, wanted) };
    },
    /** As the engine has it after a refresh. */
    async refreshed(old: Observed, inputs: Values = old.state): Promise<Observed> {
      const found = await definition.read(client, old.id, old.state);
      expect(found).toBeDefined();
      return { id: old.id, state: kept(found?.state ?? {}, inputs) };
    },
    /** What an unconfirmed create has made. */
    confirm: async ({ state, unconfirmed }: Observed) =>
      unconfirmed && definition.confirm?.(client, state, unconfirmed),
    find: (inputs: Values) => definition.find(client, checked(inputs)),
    remove: (observed: Observed) => definition.delete(client, observed),
    /** What still differs. */
    planned: ({ state }: Observed, inputs: Values) => plan(definition, state, checked(inputs, state)),
    /** What somebody else does on Huawei Cloud. */
    async huawei(method: string, path: string, body?: unknown): Promise<Loose> {
      const headers = { "X-Auth-Token": DEFAULT_CREDENTIALS.token, "content-type": "application/json" };
      const reply = await fetch(`${emulator.url}${path}`, { method, headers, body: JSON.stringify(body) ?? null });
      expect(reply.ok).toBe(true);
      return reply.status === 204 ? undefined : reply.json();
    },
    secrets: () => (emulator.state()[service] as { secrets: Loose[] }).secrets,
    emulated: () => emulator.state() as Loose,
    fault: (operation: string, fault: Fault) =>
      emulator.addFaults({
        faults: [{ operation: `${service}.${operation}`, ...fault } as FaultPlan["faults"][number]],
      }),
    healed: () => emulator.clearFaults(),
    forget,
    /** The operations that an action calls, in order, beside the look that each update begins with. */
    async calls(act: () => Promise<unknown>): Promise<string[]> {
      const before = emulator.calls().length;
      await act();
      return operationsFrom(before, (at) => !looks.has(at));
    },
    /** All operations that an action calls, in order. */
    async allCalls(act: () => Promise<unknown>): Promise<string[]> {
      const before = emulator.calls().length;
      await act();
      return operationsFrom(before);
    },
  };
}

/** The error of an action, whose text and trace hold no secret. */
export async function failure(act: Promise<unknown>): Promise<Loose> {
  const error = await act.then(
    () => expect.unreachable("nothing failed"),
    (thrown: Error) => thrown,
  );
  const { cause } = error as Error;
  const told = [error, cause].map((one) => (one instanceof Error ? `${one.message} ${one.stack}` : ""));
  expect(told.join()).not.toContain(canary);
  return error;
}

/** Does something as if it were an hour ago. */
export async function anHourAgo<T>(act: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  try {
    return await act();
  } finally {
    vi.useRealTimers();
  }
}
