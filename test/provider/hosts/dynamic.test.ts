import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { configFor } from "../../stack-config";
import {
  canary,
  csms,
  failureOf,
  gpdb,
  keptPart,
  kms,
  type Properties,
  providerOf,
  secret,
  startDynamicProvider,
  UNKNOWN,
  unwrapped,
} from "./dynamic-provider";

let emulator: Emulator;
/** One process serves all tests, as one serves all resources of an `up`. */
let engine: Awaited<ReturnType<typeof startDynamicProvider>>;

/** A secret, and the outputs as the engine hands them back: without the marks of secrets. */
async function made(inputs: Properties) {
  const { id, outs } = await engine.create(inputs);
  return { id, outs: unwrapped(outs) };
}

beforeAll(async () => {
  emulator = await startEmulator();
  engine = await startDynamicProvider(configFor(emulator));
  await engine.configure();
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await engine.stop();
  await emulator.close();
});

describe("unknowns, which come anywhere, also in a real up", () => {
  const everything = {
    ...Object.fromEntries(
      ["secretName", "secretData", "versionId", "secretDataType", "encryptionKeyId", "description", "regionId"].map(
        (name) => [name, UNKNOWN],
      ),
    ),
    recoveryWindowInDays: UNKNOWN,
    forceDeleteWithoutRecovery: UNKNOWN,
    tags: { known: "yes", later: UNKNOWN },
    __provider: kms.__provider,
  };

  it("pass check wherever they stand, and stay unknown", async () => {
    expect(await engine.check({}, everything)).toEqual({ inputs: everything, failures: [] });
    expect(await engine.check({}, { ...everything, tags: UNKNOWN })).toMatchObject({ failures: [] });
    const subscribed = { ...csms, secretString: UNKNOWN, eventSubscriptions: [UNKNOWN], rotationConfig: UNKNOWN };
    expect(await engine.check({}, subscribed)).toMatchObject({
      failures: [],
      inputs: { eventSubscriptions: [UNKNOWN] },
    });
  });

  it("differ from everything", async () => {
    const { id, outs } = await made(kms);
    expect(await engine.diff(id, outs, { ...kms, description: UNKNOWN })).toEqual({
      changes: true,
      replaces: [],
      deleteBeforeReplace: true,
    });
    expect(await engine.diff(id, outs, { ...kms, secretName: UNKNOWN })).toMatchObject({ replaces: ["secretName"] });
  });
});

describe("secrets", () => {
  it("secret in, secret out: however they came, check and create mark them", async () => {
    for (const [inputs, name] of [
      [kms, "secretData"],
      [gpdb, "password"],
      [csms, "secretString"],
    ] as const) {
      expect((await engine.check({}, inputs)).inputs[name]).toEqual(secret(canary));
      const { outs } = await engine.create(inputs);
      expect(outs[name]).toEqual(secret(canary));
      expect(JSON.stringify({ ...outs, [name]: "" })).not.toContain(canary);
    }
  });

  it("also computed ones: what a refresh or a lookup finds in the cloud is marked", async () => {
    const { id, outs } = await made(kms);
    const refreshed = await engine.read(id, { properties: { ...outs, secretData: "an older value" } });
    expect(refreshed).toMatchObject({ outs: { secretData: secret(canary) }, inputs: { secretData: secret(canary) } });
    const found = await engine.read(id, { inputs: { __provider: kms.__provider } });
    expect(found.outs.secretData).toEqual(secret(canary));
  });

  it("check failures name no property to the engine, which would print its value; the reason does", async () => {
    const { failures } = await engine.check({}, { ...kms, secretData: canary.repeat(5_000), recoveryWindowInDays: 5 });
    expect(failures).toEqual([
      { property: "", reason: "secretData: must be at most 30,720 bytes in UTF-8" },
      { property: "", reason: "recoveryWindowInDays: must be from 7 to 30" },
    ]);
  });
});

describe("results", () => {
  it("undefined in outs after the cloud already acted: what has no value is left out", async () => {
    const { outs } = await engine.create({ ...csms, tags: {}, description: "" });
    for (const name of ["rotationConfig", "tags", "description"]) expect(outs).not.toHaveProperty(name);
    expect(Object.values(outs)).not.toContain(null);
  });

  it("no update loses outputs", async () => {
    for (const [inputs, change] of [
      [kms, { description: "new" }],
      [csms, { description: "new" }],
      [gpdb, { testConnection: true }],
    ] as const) {
      const { id, outs } = await made(inputs);
      const after = await engine.update(id, outs, { ...inputs, ...change });
      const { updateTime: _, requestId: __, ...kept } = outs;
      expect(unwrapped(after)).toMatchObject({ ...kept, ...change });
    }
  });

  it("name in __defaults the inputs that the provider or the service filled in", async () => {
    expect((await engine.create(kms)).outs.__defaults).toEqual(["versionId", "currentVersionId"]);
    const own = { ...kms, secretName: "own", versionId: "1", currentVersionId: "1" };
    expect((await engine.create(own)).outs).not.toHaveProperty("__defaults");
    const { id, outs } = await engine.create(csms);
    const defaults = ["currentVersionId", "kmsKeyId", "projectId"];
    expect(outs.__defaults).toEqual(defaults);
    for (const silent of ["secretType", "autoRotation", "enterpriseProjectId"]) expect(outs).not.toHaveProperty(silent);
    expect((await engine.read(id, { properties: unwrapped(outs) })).outs.__defaults).toEqual(defaults);
  });
});

it("a change that only the state tells to be impossible is refused by diff", async () => {
  const own = { ...kms, secretName: "never-read" };
  const { id, outs } = await made(own);
  const news = { ...own, secretData: "new", currentVersionId: outs.versionId };
  const failure = await failureOf(engine.diff(id, outs, news));
  expect(failure.message).toMatch(/^.*currentVersionId: keeps another version current/);
});

describe("partial create", () => {
  const tagged = { ...csms, tags: { stage: "test" } };

  it("must carry __provider and non-empty reasons: what was made can be read, finished and destroyed", async () => {
    emulator.addFaults({ faults: [{ operation: "csms.BatchCreateOrDeleteTags", kind: "quota", times: 1 }] });
    const failure = await failureOf(engine.create(tagged));
    const kept = keptPart(failure);
    expect(kept).toMatchObject({
      reasons: [expect.stringContaining("BatchCreateOrDeleteTags")],
      properties: { __provider: csms.__provider, secretString: secret(canary), versionId: "v1" },
    });
    expect(kept?.properties).not.toHaveProperty("tags");
    const { id, properties } = kept as { id: string; properties: Properties };
    expect((await engine.read(id, { properties: unwrapped(properties) })).id).toBe(id);
    expect(await engine.update(id, unwrapped(properties), tagged)).toMatchObject({ tags: tagged.tags });
    await engine.delete(id, unwrapped(properties));
    expect(emulator.state().csms).toMatchObject({ secrets: [{ state: "PENDING_DELETE" }] });
  });

  it("that made nothing is a plain error", async () => {
    emulator.addFaults({ faults: [{ operation: "csms.CreateSecret", kind: "quota", times: 1 }] });
    const failure = await failureOf(engine.create(tagged));
    expect(failure.message).toContain('CSMS CreateSecret of secret "app" failed');
    expect(keptPart(failure)).toBeUndefined();
  });
});

describe("read", () => {
  it("without an id deletes on refresh, yet hollows out a get: so a lookup of what is not there fails", async () => {
    for (const inputs of [kms, csms, gpdb]) {
      const { id, outs } = await made(inputs);
      await engine.delete(id, outs);
      expect((await engine.read(id, { properties: outs })).id).toBe("");
      const place = "dbInstanceId" in inputs ? { dbInstanceId: inputs.dbInstanceId } : {};
      const lookup = failureOf(engine.read(id, { inputs: { __provider: inputs.__provider, ...place } }));
      expect((await lookup).message).toMatch(
        "dbInstanceId" in inputs ? / was not found$/ : / was not found, or waits for deletion$/,
      );
    }
  });

  it("gives back the inputs that lead to what the cloud has: no drift where nobody changed anything", async () => {
    for (const inputs of [
      { ...kms, tags: { a: "b" }, recoveryWindowInDays: 7 },
      { ...csms, tags: { a: "b" }, recoveryWindowInDays: 7 },
      { ...gpdb, testConnection: false },
    ]) {
      const { id, outs } = await made(inputs);
      const read = await engine.read(id, { properties: outs });
      expect(unwrapped(read.inputs)).toEqual(inputs);
      expect((await engine.diff(id, unwrapped(read.outs), inputs)).changes).toBe(false);
    }
  });

  it("keeps the form in which the program says what is there: another form of the same is no drift", async () => {
    const rotated = {
      ...csms,
      secretType: "RDS-FG",
      rotationConfig: { SecretSubType: "SingleUser", InstanceId: "rds-1" },
      rotationPeriod: "1d",
      rotationFuncUrn: "urn:fss",
      autoRotation: true,
    };
    const versioned = { ...csms, name: "other", expireTime: "2101-01-31T08:00:00+08:00", versionStages: ["b", "a"] };
    for (const inputs of [rotated, versioned]) {
      const { id, outs } = await made(inputs);
      const read = await engine.read(id, { properties: outs });
      expect(unwrapped(read.inputs)).toEqual(inputs);
      expect(unwrapped(read.outs)).toMatchObject(inputs);
    }
  });

  it("shows drift as a change of inputs, of undeclared ones only where the service does not choose them", async () => {
    const { id, outs } = await made(kms);
    const changed = { ...kms, secretData: "changed elsewhere", description: "by hand", tags: { x: "y" } };
    const { versionId } = await engine.update(id, outs, changed);
    const read = await engine.read(id, { properties: outs });
    const drifted = { ...kms, description: "by hand", tags: { x: "y" }, currentVersionId: versionId };
    expect(unwrapped(read.inputs)).toEqual(drifted);
    expect((await engine.diff(id, unwrapped(read.outs), kms)).changes).toBe(true);
  });
});

describe("old state", () => {
  it("stale __provider in old state is no change, and its own text still serves refresh and delete", async () => {
    const { id, outs } = await made(kms);
    const stale = `exports.handler = () => require("pulumi-cloud-secrets/dynamic").host("AliyunKmsSecret"); // 0.0.1`;
    const old = { ...outs, __provider: stale };
    expect((await engine.diff(id, old, kms)).changes).toBe(false);
    expect((await engine.read(id, { properties: old })).outs.__provider).toBe(stale);
    await engine.delete(id, old);
    expect(emulator.state().kms).toMatchObject({ secrets: [{ PlannedDeleteTime: expect.any(String) }] });
  });

  it("a resource that this version does not have is named", async () => {
    const failure = await failureOf(engine.create({ ...kms, __provider: providerOf("OracleSecret") }));
    expect(failure.message).toContain("has no resource OracleSecret; is a newer version of the package needed?");
  });
});

describe("replacement", () => {
  it("delete-before-replace when the name stays, create first when it does not", async () => {
    const { id, outs } = await made(gpdb);
    expect(await engine.diff(id, outs, { ...gpdb, password: "new" })).toEqual({
      changes: true,
      replaces: ["password"],
      deleteBeforeReplace: true,
    });
    expect(await engine.diff(id, outs, { ...gpdb, secretName: "other" })).toEqual({
      changes: true,
      replaces: ["secretName"],
      deleteBeforeReplace: false,
    });
  });

  it("check again with empty olds on replacement: what is refused for a change is none for a new secret", async () => {
    const olds = { ...kms, versionId: "1" };
    const news = { ...olds, secretData: "new" };
    const { failures } = await engine.check(olds, news);
    expect(failures).toMatchObject([{ reason: expect.stringMatching(/^versionId: secretData changes/) }]);
    expect(await engine.check({}, news)).toEqual({ inputs: { ...news, secretData: secret("new") }, failures: [] });
  });

  it("that a recovery window forbids is refused by check, and by diff where only the state tells it", async () => {
    // A name of its own, as a question for what was read before counts as a refresh's.
    const own = { ...kms, secretName: "kept" };
    const { id, outs } = await made({ ...own, encryptionKeyId: "key-1" });
    const failure = await failureOf(engine.diff(id, outs, { ...own, encryptionKeyId: "key-2" }));
    expect(failure.message).toMatch(/^.*encryptionKeyId: a change of encryptionKeyId needs a new secret/);
    const forced = { ...own, encryptionKeyId: "key-2", forceDeleteWithoutRecovery: true };
    expect(await engine.diff(id, outs, forced)).toMatchObject({ deleteBeforeReplace: true });
  });
});
