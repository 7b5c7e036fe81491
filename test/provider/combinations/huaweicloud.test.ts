import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { combinations, type Dimension, liveThrough, maybe, outsideAtTimes } from "./life";

let emulator: Emulator;
beforeAll(async () => {
  const started = Date.now();
  // What takes a second there is done in a hundredth here.
  emulator = await startEmulator({ now: () => started + (Date.now() - started) * 100 });
});
afterAll(() => emulator.close());

const key = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const later = ["2101-01-31T00:00:00Z", "2101-01-31T08:00:00+08:00", "2101-01-31T00:00:00.000Z"] as const;
const config = { InstanceId: "rds-1", SecretSubType: "MultiUser" };
const configs = [config, JSON.stringify(config), JSON.stringify(config, undefined, 2)] as const;

const value: Dimension = [
  outsideAtTimes("secretString", () => ({ secretString: "first" })),
  outsideAtTimes("secretBinary", () => ({ secretBinary: "Zmlyc3Q=" })),
];
const name: Dimension = [{}, (turn) => ({ name: `shop-${turn}` })];
const rest: readonly Dimension[] = [
  maybe("kmsKeyId", key),
  maybe("description", "for the shop", "", "two\nlines"),
  maybe("eventSubscriptions", ["told"], []),
  maybe("tags", { a: "1" }, {}, Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k ${n}`, ""]))),
];
const enterpriseProject = maybe("enterpriseProjectId", "0", "0f8d1b6e-1a11-4a5b-9d3a-000000000001");
const replicas = maybe("replicaRegions", ["cn-east-3"], [{ region: "cn-south-1", kmsKeyId: key }, "cn-east-3"], []);
const versions: readonly Dimension[] = [
  maybe("versionStages", ["blue"], [], ["green", "blue"]),
  maybe("expireTime", ...later),
  maybe("currentVersionId", "v1"),
];
const inTurn: readonly Dimension[] = [
  maybe("recoveryWindowInDays", 7, 30),
  maybe("forceDeleteWithoutRecovery", true, false),
  maybe("adoptExisting", true, false),
  maybe("projectId", "0123456789abcdef0123456789abcdef"),
];
const schedule = (turn: number) => ({
  rotationPeriod: ["1d", "24h", "86400s"][turn % 3],
  rotationFuncUrn: "urn:fss:cn-north-4:function",
});

describe("any combination of the fields of a CsmsSecret settles", { timeout: 240_000 }, () => {
  it("of the type COMMON", async () => {
    const all = combinations(
      [value, name, maybe("secretType", "COMMON"), ...versions, ...rest, enterpriseProject, replicas],
      [...inTurn, [{}, schedule], maybe("autoRotation", false)],
    );
    expect(await liveThrough("CsmsSecret", emulator, all)).toBe(2 ** 12);
  });

  it.each(["RDS-FG", "GaussDB-FG"])("of the type %s", async (secretType) => {
    const all = combinations(
      [
        value,
        name,
        [(turn) => ({ secretType, rotationConfig: configs[turn % configs.length] })],
        [
          {},
          schedule,
          (turn) => ({ ...schedule(turn), autoRotation: true }),
          (turn) => ({ ...schedule(turn), rotationTrigger: "1" }),
        ],
        ...rest,
        enterpriseProject,
        replicas,
      ],
      inTurn,
    );
    expect(await liveThrough("CsmsSecret", emulator, all)).toBe(4 * 2 ** 8);
  });
});

it("any combination of the fields of a CsmsEvent settles", { timeout: 60_000 }, async () => {
  const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p:topic", targetName: "topic" };
  const all = combinations([
    [{ eventTypes: ["SECRET_ROTATED", "SECRET_DELETED"], notification: topic }],
    name,
    maybe("state", "DISABLED", "ENABLED"),
    maybe("region", "cn-east-3", "cn-north-4"),
    maybe("projectId", "0123456789abcdef0123456789abcdef"),
    maybe("adoptExisting", true, false),
  ]);
  expect(await liveThrough("CsmsEvent", emulator, all)).toBe(2 ** 5);
});
