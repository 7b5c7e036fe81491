import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/server";
import { rpcClient } from "../../provider/alicloud/client";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { fasterClock } from "../faster-clock";
import { configFor } from "../stack-config";
import { sourceOf } from "./source";

vi.unmock("../../provider/limiter");
let emulator: Emulator;
let normally: () => void;
beforeAll(() => {
  normally = fasterClock(20);
});
afterAll(() => normally());
// The limiter of an endpoint stays, so that each test has one of its own.
beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const clientOf = (accessKey = "emulator") =>
  rpcClient(kmsApi, sourceOf({ ...configFor(emulator), "alicloud:accessKey": accessKey }));
const describe = (name: string, kms = clientOf()) =>
  kms("DescribeSecret", "cn-hangzhou", { SecretName: name }).catch(({ kind }: { kind: string }) => kind);
const many = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => describe(`n${n}`)));
const timed = async (act: () => Promise<unknown>) => {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1_000;
};
const throttled = (since = 0) => emulator.calls(since).filter(({ fault }) => fault === "throttle").length;

it("holds nothing back before the service throttles", async () => {
  await many(200);
  expect(emulator.calls().length).toBe(200);
  expect(await timed(() => many(200))).toBeLessThan(10);
});

it("finds the rate that the service bears: all come through, and few are throttled", async () => {
  emulator.addFaults({ faults: [{ operation: "kms.*", kind: "throttle", perSecond: 20 }] });
  const seconds = await timed(async () => expect(new Set(await many(400))).toEqual(new Set(["notFound"])));
  expect(seconds).toBeGreaterThan(400 / 20 - 2);
  expect(seconds).toBeLessThan(100);
  // What is under way at the first refusal is thrown back; from then on the line keeps the rate.
  expect(throttled()).toBeLessThan(400);
});

it("recovers, once the service bears more again", async () => {
  emulator.addFaults({ faults: [{ operation: "kms.*", kind: "throttle", perSecond: 5 }] });
  await many(40);
  emulator.clearFaults();
  expect(await timed(() => many(400))).toBeLessThan(60);
  expect(await timed(() => many(400))).toBeLessThan(20);
});

it("slows the calls to other secrets too, and those of no other account", async () => {
  emulator.addFaults({ faults: [{ operation: "kms.*", kind: "throttle", times: 1, retryAfter: 30 }] });
  const first = describe("one");
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await timed(() => describe("another"))).toBeGreaterThan(20);
  expect(await timed(() => describe("another", clientOf("somebody")))).toBeLessThan(10);
  expect(await first).toBe("notFound");
});
