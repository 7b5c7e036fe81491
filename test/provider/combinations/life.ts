import { expect } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator } from "../../../emulator/server";
import type { Values } from "../../../provider/fields";
import { configFor } from "../../stack-config";
import { type Hosted, hosted } from "../hosted";
import { unwrapped } from "../hosts/dynamic-provider";

/** Some inputs together; what is left out is an empty one. */
type Choice = Values | ((turn: number) => Values);
/** What can be chosen of one field, or of fields that go together. */
export type Dimension = readonly Choice[];

/** A field that may be left out, and takes turns among several forms where it is not. */
export const maybe = (field: string, ...forms: readonly [unknown, ...unknown[]]): Dimension => [
  {},
  (turn) => ({ [field]: forms[turn % forms.length] }),
];

/** A value that now and then comes from elsewhere instead, in step with nothing else. */
export const outsideAtTimes =
  (field: string, value: (turn: number) => Values): Choice =>
  (turn) => {
    const from = { 0: { random: {} }, 1: { file: "package.json" } }[turn % 23];
    return from ? { [`${field}From`]: from } : value(turn);
  };

/** Every choice with every other; the turn counts them. `inTurn` holds what no call depends on: of these, each follows the other. */
export function combinations(dimensions: readonly Dimension[], inTurn: readonly Dimension[] = []): Values[] {
  const all = dimensions.reduce<(readonly Choice[])[]>(
    (sofar, dimension) => sofar.flatMap((chosen) => dimension.map((choice) => [...chosen, choice])),
    [[]],
  );
  return all.map((choices, turn) => {
    const turning = inTurn.map((dimension, n) => dimension[Math.floor(turn / 2 ** n) % dimension.length] ?? {});
    const parts = [...choices, ...turning].map((choice) => (typeof choice === "function" ? choice(turn) : choice));
    return Object.assign({}, ...parts);
  });
}

const atOnce = 128;

/** Lives through every combination: up, up again, refresh, up; nothing may be left to do after the first. */
export async function liveThrough(resource: string, emulator: Emulator, all: readonly Values[]): Promise<number> {
  // Without a date in the signature, the emulator's clock may run as fast as it likes.
  const withoutKeys = { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "" };
  const token = { "huaweicloud:token": DEFAULT_CREDENTIALS.token };
  const provider = await hosted(resource, { ...configFor(emulator), ...withoutKeys, ...token });
  const named = all.map((inputs, n) => ({ __called: `it-${n}`, ...inputs }));
  for (let from = 0; from < named.length; from += atOnce) {
    // Emptied now and then: each call of the emulated clouds looks at all that they hold.
    emulator.reset();
    await Promise.all(named.slice(from, from + atOnce).map((inputs) => live(provider, inputs)));
  }
  return all.length;
}

async function live({ check, diff, create, read, update }: Hosted, news: Values): Promise<void> {
  const told = () => JSON.stringify(Object.keys(news));
  const settled = async (olds: Values, id: string, outs: Values) => {
    const again = await check(olds, news);
    expect(again.failures, told()).toEqual([]);
    const { changes, replaces } = await diff(id, outs, unwrapped(again.inputs));
    expect({ changes, replaces, fields: told() }).toEqual({ changes: false, replaces: [], fields: told() });
    return unwrapped(again.inputs);
  };
  const first = await check({}, news);
  expect(first.failures, told()).toEqual([]);
  const inputs = unwrapped(first.inputs);
  const { id, outs } = await create(inputs);
  await settled(inputs, id, unwrapped(outs));
  const refreshed = await read(id, unwrapped(outs));
  expect(refreshed.id, told()).toBe(id);
  const state = unwrapped(refreshed.props ?? {});
  const latest = await settled(unwrapped(refreshed.inputs ?? {}), id, state);
  // Where an update is asked for all the same, as after a failure, it finds nothing to do.
  expect(unwrapped((await update(id, state, latest)).outs ?? {}), told()).toEqual(state);
}
