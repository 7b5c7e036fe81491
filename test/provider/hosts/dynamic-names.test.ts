import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { configFor } from "../../stack-config";
import { csms, gpdb, kms, type Properties, startDynamicProvider, UNKNOWN, unwrapped } from "./dynamic-provider";

let emulator: Emulator;
let engine: Awaited<ReturnType<typeof startDynamicProvider>>;

beforeAll(async () => {
  emulator = await startEmulator();
  engine = await startDynamicProvider(configFor(emulator));
  await engine.configure();
});
beforeEach(() => {
  emulator.reset();
  engine.warnings();
});
afterAll(async () => {
  await engine.stop();
  await emulator.close();
});

async function made(inputs: Properties) {
  const { id, outs } = await engine.create(inputs);
  return { id, outs: unwrapped(outs) };
}

describe("a name that the program leaves out", () => {
  const { secretName, ...nameless } = kms;
  const declared = { ...nameless, __called: "my secret" };
  const checked = async (olds: Properties, news: Properties) => (await engine.check(olds, news)).inputs;

  it("is made of the resource's name, once, and kept", async () => {
    const first = await checked({}, declared);
    expect(first.secretName).toMatch(/^my-secret-[0-9a-f]{7}$/);
    expect(await checked(unwrapped(first), declared)).toEqual(first);
    const others = await Promise.all(Array.from({ length: 20 }, () => checked({}, declared)));
    expect(new Set(others.map((inputs) => inputs.secretName)).size).toBe(20);
  });

  it("is kept by a refresh", async () => {
    const inputs = unwrapped(await checked({}, declared));
    const { id, outs } = await made(inputs);
    const read = await engine.read(id, { properties: outs });
    expect(read.inputs.secretName).toBe(inputs.secretName);
    const { __called, ...again } = await checked(unwrapped(read.inputs), declared);
    expect(unwrapped(again)).toEqual(unwrapped(read.inputs));
  });

  it("is not made in a preview, which could only show another one", async () => {
    const preview = { ...nameless, __called: "" };
    expect(await checked({}, preview)).not.toHaveProperty("secretName");
    const known = unwrapped(await checked({}, declared));
    expect(await checked(known, preview)).toMatchObject({ secretName: known.secretName });
  });

  it("becomes another one where the secret is replaced, so the new one comes first", async () => {
    const inputs = unwrapped(await checked({}, { ...declared, encryptionKeyId: "key-1" }));
    const { id, outs } = await made(inputs);
    const changed = { ...declared, encryptionKeyId: "key-2" };
    const news = unwrapped(await checked(inputs, changed));
    expect(news.secretName).toBe(inputs.secretName);
    expect(await engine.diff(id, outs, news)).toEqual({
      changes: true,
      replaces: ["encryptionKeyId"],
      deleteBeforeReplace: false,
    });
    expect((await checked({}, changed)).secretName).not.toBe(inputs.secretName);
  });

  it("stays what it was called before the program left it out, and the program may name it again", async () => {
    const { id, outs } = await made({ ...kms, versionId: "1" });
    const news = unwrapped(await checked({ ...kms, versionId: "1" }, declared));
    expect(news.secretName).toBe("app");
    expect((await engine.diff(id, outs, news)).changes).toBe(false);
    expect((await engine.diff(id, outs, kms)).changes).toBe(false);
  });

  it("is asked for where nothing tells the resource's name, and is none while it is unknown", async () => {
    expect((await engine.check({}, nameless)).failures).toEqual([{ property: "", reason: "secretName: is required" }]);
    const pending = await engine.check({}, { ...declared, secretName: UNKNOWN });
    expect(pending).toMatchObject({ failures: [], inputs: { secretName: UNKNOWN } });
    expect(pending.inputs).not.toHaveProperty("__called");
  });
});

describe("a warning", () => {
  it("of a new ARN is given once, before the AnalyticDB secret is replaced", async () => {
    const { id, outs } = await made(gpdb);
    for (const _ of [1, 2]) await engine.diff(id, outs, { ...gpdb, password: "new", description: "new" });
    expect(engine.warnings()).toEqual([
      `AnalyticDbSecret: a change of password, description replaces the secret, which gets a new ARN: whoever keeps ${id} has to take the new one`,
    ]);
    await engine.diff(id, outs, { ...gpdb, testConnection: true });
    expect(engine.warnings()).toEqual([]);
  });
});

const rotated = { rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" } };

describe.each([
  ["KMS", kms, "AliyunKmsSecret", { encryptionKeyId: "key-2" }, { secretName: "other" }],
  ["CSMS", csms, "CsmsSecret", { ...rotated, secretType: "RDS-FG" }, { name: "other" }],
])("a warning of %s", (_, inputs, name, another, elsewhere) => {
  it("tells that a replacement leaves no way back to the old secret", async () => {
    const force = { forceDeleteWithoutRecovery: true };
    const end = 'replaces the secret "app", and forceDeleteWithoutRecovery: true ends the old one for good';
    const { id, outs } = await made(inputs);
    await engine.diff(id, outs, { ...inputs, ...another, ...force });
    expect(engine.warnings()).toEqual([expect.stringMatching(`^${name}: a change of .*${end}`)]);
    await engine.diff(id, outs, { ...inputs, ...elsewhere, ...force });
    await engine.diff(id, outs, { ...inputs, ...force });
    expect(engine.warnings()).toEqual([]);
    const forced = { ...outs, ...force };
    await engine.diff(id, forced, { ...inputs, ...elsewhere });
    await engine.diff(id, forced, { ...inputs, ...another, ...elsewhere, name: UNKNOWN, secretName: UNKNOWN });
    expect(engine.warnings()).toEqual([expect.stringMatching(end), expect.stringMatching(end)]);
  });

  it("tells that a replacement may leave no way back where the name, or that it ends for good, is not known yet", async () => {
    const [nameField = ""] = Object.keys(elsewhere);
    const told = async (state: Properties, news: Properties) => {
      await engine.diff(id, { ...outs, ...state }, { ...inputs, ...news });
      return engine.warnings();
    };
    const { id, outs } = await made(inputs);
    const force = { forceDeleteWithoutRecovery: true };
    const [unnamed, unsure] = [{ [nameField]: UNKNOWN }, { forceDeleteWithoutRecovery: UNKNOWN }];
    const may = (when: string) => [
      expect.stringMatching(
        `replaces the secret "app", and the old one ends for good, with all its versions, ${when}:`,
      ),
    ];
    expect(await told({}, { ...another, ...unnamed, ...force })).toEqual(may(`if ${nameField} stays`));
    expect(await told({}, { ...another, ...unsure })).toEqual(may("if forceDeleteWithoutRecovery is true"));
    const both = `if ${nameField} stays and forceDeleteWithoutRecovery is true`;
    expect(await told({}, { ...another, ...unnamed, ...unsure })).toEqual(may(both));
    // Where the name alone is not known, the secret either stays or is left to its recovery window.
    expect(await told({}, { ...unnamed, ...force })).toEqual([]);
    expect(await told({}, { ...another, ...unnamed })).toEqual([]);
    expect(await told({}, { ...another, ...elsewhere, ...unsure })).toEqual([]);
  });

  it("tells that a version was not there when last seen which is to be the current one", async () => {
    const { id, outs } = await made(inputs);
    const [{ id: first } = { id: "" }] = outs.versions as { id: string }[];
    await engine.diff(id, outs, { ...inputs, currentVersionId: "nope" });
    expect(engine.warnings()).toEqual([
      `${name}: currentVersionId names the version nope, which was not there when last seen (${first})`,
    ]);
    await engine.diff(id, outs, { ...inputs, currentVersionId: first });
    await engine.diff(id, outs, { ...inputs, currentVersionId: UNKNOWN });
    expect(engine.warnings()).toEqual([]);
  });
});

describe("a change that makes the service act", () => {
  it("is in the state only once that is done, so that the next up tries it again", async () => {
    const config = { secretSubType: "SingleUser", dbInstanceId: "rm-1" };
    const secretData = JSON.stringify({ Accounts: [{ AccountName: "app", AccountPassword: "first" }] });
    const rds = { ...kms, secretType: "Rds", extendedConfig: config, secretData, rotationTrigger: "1" };
    const { id, outs } = await made(rds);
    emulator.addFaults({ faults: [{ operation: "kms.RotateSecret", kind: "quota", times: 1 }] });
    const wanted = { ...rds, description: "changed", rotationTrigger: "2" };
    await expect(engine.update(id, outs, wanted)).rejects.toThrow(/RotateSecret/);
    const after = await engine.read(id, { properties: outs });
    expect(after.outs).toMatchObject({ rotationTrigger: "1", description: "changed" });
    expect(await engine.update(id, unwrapped(after.outs), wanted)).toMatchObject({ rotationTrigger: "2" });
  });
});
