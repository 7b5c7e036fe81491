import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../../emulator/server";
import { check } from "../../../provider/check";
import { plan, refusals } from "../../../provider/diff";
import type { Values } from "../../../provider/fields";
import { resources } from "../../../provider/resources";
import { configFor } from "../../stack-config";
import { gpdb, kms } from "../field-cases/alicloud";
import type { Cases } from "../field-cases/common";
import { csms, event } from "../field-cases/huaweicloud";
import { sourceOf } from "../source";
import { bases } from "./bases";
import { nearCases } from "./near";

let emulator: Emulator;
let started = Date.now();
beforeAll(async () => {
  emulator = await startEmulator({ now: () => started + (Date.now() - started) * 20 });
});
afterAll(() => emulator.close());
beforeEach(() => {
  // What takes a second there is soon done here, and yet no signature is 15 minutes old.
  started = Date.now();
  // A wait for another attempt is as long as chance has it.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const tables: Record<string, Record<string, Cases>> = {
  AliyunKmsSecret: kms,
  AnalyticDbSecret: gpdb,
  CsmsSecret: csms,
  CsmsEvent: event,
};

/** Why the service may refuse what no check of the inputs alone could: what it says then. */
const elsewhere = [
  /currentVersionId names a version that a new secret does not have/,
  /there is no version/,
  /there can be no replica in/,
];

/** Where check refuses what the service takes, and why. A failure's property and reason, as `property: reason`. */
const stricter: readonly (readonly [told: RegExp, why: string, when?: (given: Values) => boolean])[] = [
  [
    /: must not be empty$/,
    "An empty text counts as none on Alibaba Cloud's wire, and the provider's own trigger goes nowhere.",
  ],
  [
    /^(policy|regionId|secretName): /,
    "The same.",
    ({ policy, regionId, secretName }) => [policy, regionId, secretName].includes(""),
  ],
  [/^rotationInterval: /, "While nothing rotates it is not sent.", ({ automaticRotation }) => !automaticRotation],
  [
    /^rotationConfig: must be an object/,
    "It says nothing for COMMON, so a wrong one is a mistake.",
    ({ secretType }) => secretType === undefined,
  ],
  [
    /has members that are not allowed|^replicaRegions\[\d+\](\.region)?: must be a string/,
    "What the provider does not know, it does not send.",
  ],
  [/^versionStages: must be at most/, "Room is left for the stages that the service moves itself, and to move others."],
  [/^versionStages: must not name SYS/, "The service moves these itself."],
  [/must not name one twice$|names a region a second time$/, "Saying it twice is a mistake."],
  [
    /^replicaRegions\[\d+\]\.kmsKeyId: /,
    "Of a region that is named twice only the first is sent.",
    ({ replicaRegions }) => {
      const regions = (replicaRegions as (string | { region?: string })[]).map((of) =>
        typeof of === "string" ? of : of.region,
      );
      return new Set(regions).size < regions.length;
    },
  ],
  [/^expireTime: must be a time/, "Only a time with its zone means the same everywhere."],
  [/^eventTypes: must name at least one$/, "One page of the documentation says 0, another 1."],
  [
    /^eventSubscriptions\[\d\]: /,
    "An empty name is what the service makes of none.",
    ({ eventSubscriptions }) => `${eventSubscriptions}` === "",
  ],
  [
    /^versionStages/,
    "A path is cut short before it gets to the service.",
    ({ versionStages }) => `${versionStages}`.includes(".."),
  ],
  [/^enterpriseProjectId: /, "Only its length is documented; its form is that of every id of EPS."],
];

describe.each(resources.map((resource) => [resource.name, resource] as const))("%s", (name, resource) => {
  const table = tables[name] ?? {};
  const source = () => {
    const keyless = { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "" };
    return sourceOf({ ...configFor(emulator), ...keyless, "huaweicloud:token": DEFAULT_CREDENTIALS.token });
  };
  const checked = (given: Values, olds: Values = {}) =>
    check(resource, given, sourceOf({ "alicloud:region": "cn-hangzhou", "huaweicloud:region": "cn-north-4" }), {
      resource: "app",
      olds,
    });
  const takes = (base: Values, field: string) =>
    field in base || table[field]?.right.some((value) => checked({ ...base, [field]: value }).failures.length === 0);
  // The emulator has no secrets in regions that do not exist, whatever their form; where a value is found no service knows.
  const isSent = (field: string) => field !== "region" && field !== "regionId" && !resource.inputs[field]?.gives;
  const fields = Object.keys(table).filter(isSent);
  /** A base with a value of the field near its limits, where the field means something. */
  const near = (field: string) =>
    fc
      .constantFrom(...(bases[name] ?? []).filter((base) => takes(base, field)))
      .chain((base) =>
        nearCases(table[field] as Cases, base[field]).map((value) => ({ base, given: { ...base, [field]: value } })),
      );
  /** Why the cloud does not do something, if it does not. */
  const refusal = (act: () => Promise<unknown>) =>
    act().then(
      () => undefined,
      (error: Error) => error.message,
    );
  /** What no service tells: the state keeps it as it was said. */
  const unread = (said: Values) =>
    Object.fromEntries(Object.entries(said).filter(([input]) => resource.inputs[input]?.writeOnly));
  const isNoInput = (said: string) => elsewhere.some((reason) => reason.test(said));

  /** A test for each field: the same of many values near its limits, each on an empty cloud. */
  const eachNear = (
    title: string,
    numRuns: number,
    holds: (client: unknown, near: { readonly base: Values; readonly given: Values }) => Promise<void>,
  ) =>
    it.each(fields)(title, { timeout: 60_000 }, async (field) => {
      const client = resource.connect(source());
      const property = fc.asyncProperty(near(field), async (one) => {
        emulator.reset();
        await holds(client, one);
      });
      await fc.assert(property, { numRuns });
    });

  eachNear("the service takes the %s that check lets through, and no other", 80, async (client, { given }) => {
    const { inputs, failures } = checked(given);
    const live = async () => resource.delete(client, await resource.create(client, inputs));
    const said = await refusal(live);
    if (failures.length === 0 && said) expect(said).toSatisfy(isNoInput);
    if (failures.length === 0 || said) return;
    const told = failures.map(({ property, reason }) => `${property}: ${reason}`);
    const excused = stricter.some(([text, , when = () => true]) => told.some((one) => text.test(one)) && when(given));
    expect(excused ? [] : told).toEqual([]);
  });

  const title = "the service changes the %s that check and diff let through, and then it is so";
  eachNear(title, 25, async (client, { base, given }) => {
    const before = checked(base);
    const made = await resource.create(client, before.inputs);
    const { inputs, failures } = checked(given, before.inputs);
    const { replaces, refused } = plan(resource, made.state, inputs);
    const all = [...failures, ...refused, ...refusals(resource, before.inputs, inputs)];
    if (all.length > 0 || replaces.length > 0) return;
    let state: Values = {};
    const said = await refusal(async () => {
      state = await resource.update(client, made, inputs);
    });
    if (said) expect(said).toSatisfy(isNoInput);
    if (said) return;
    const kept = { ...state, ...unread(inputs) };
    expect(plan(resource, kept, inputs).changed).toEqual([]);
    const found = await resource.read(client, made.id, kept);
    expect(plan(resource, { ...kept, ...found?.state, ...unread(inputs) }, inputs).changed).toEqual([]);
  });
});
