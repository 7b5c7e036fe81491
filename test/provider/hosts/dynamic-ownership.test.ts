import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { configFor } from "../../stack-config";
import {
  csms,
  failureOf,
  gpdb,
  kms,
  type Properties,
  startDynamicProvider,
  UNKNOWN,
  unwrapped,
} from "./dynamic-provider";

let emulator: Emulator;
let engine: Awaited<ReturnType<typeof startDynamicProvider>>;
async function start() {
  engine = await startDynamicProvider(configFor(emulator));
  await engine.configure();
}
/** Another run of the engine: it starts a process of its own each time. */
async function run() {
  await engine.stop();
  await start();
}

beforeEach(async () => {
  emulator = await startEmulator();
  await start();
});
afterEach(async () => {
  await engine.stop();
  await emulator.close();
});

const calls = () => emulator.calls().map(({ operation }) => operation);
async function made(inputs: Properties) {
  const { id, outs } = await engine.create(inputs);
  return { id, outs: unwrapped(outs) };
}
const isLive = () => (emulator.state().kms as { secrets: Properties[] }).secrets.map((one) => !one.PlannedDeleteTime);

describe("what has the name already", () => {
  it("is shown before it is taken over, with what will differ, and asked for only with that word", async () => {
    const { id } = await made({ ...kms, description: "theirs", tags: { a: "1" } });
    await run();
    await engine.check({}, { ...kms, tags: { a: "2" } });
    expect([calls(), engine.warnings()]).toEqual([["kms.CreateSecret"], []]);
    const adopting = { ...kms, tags: { a: "2" }, adoptExisting: true };
    expect((await engine.check({}, adopting)).failures).toEqual([]);
    expect(engine.warnings()).toEqual([
      `AliyunKmsSecret: takes over ${id}, which exists already; these will change: description, tags`,
    ]);
    expect((await engine.check(unwrapped(adopting), adopting)).failures).toEqual([]);
    expect(engine.warnings()).toEqual([]);
    expect((await made(adopting)).id).toBe(id);
    expect(engine.warnings()).toEqual([]);
    expect(emulator.state().kms).toMatchObject({ secrets: [{ Description: "", Tags: { a: "2" } }] });
  });

  it("is taken over without a change where it is as declared", async () => {
    const { id } = await made(csms);
    await run();
    await engine.check({}, { ...csms, adoptExisting: true });
    expect(engine.warnings()).toEqual([
      `CsmsSecret: takes over ${id}, which exists already; nothing of it will change`,
    ]);
  });

  it("cannot be taken over where what is fixed differs, which is said before anything happens", async () => {
    const { id } = await made({ ...kms, encryptionKeyId: "key-1" });
    await run();
    const adopting = { ...kms, encryptionKeyId: "key-2", adoptExisting: true };
    const { failures } = await engine.check({}, adopting);
    expect(failures).toMatchObject([
      { reason: expect.stringMatching(`^adoptExisting: ${id} exists already and cannot`) },
    ]);
    expect(failures[0]?.reason).toMatch(/encryptionKeyId\. Declare it as it is, or give another name$/);
  });

  it("is nothing to take over where it is what the resource itself is about to replace", async () => {
    const { id, outs } = await made({ ...gpdb, adoptExisting: true });
    const news = { ...gpdb, password: "new", adoptExisting: true };
    await engine.diff(id, outs, news);
    engine.warnings();
    expect(await engine.check({}, news)).toMatchObject({ failures: [] });
    expect(engine.warnings()).toEqual([]);
  });

  it("is not looked up while its name is unknown, or yet to be made", async () => {
    const before = calls().length;
    await engine.check({}, { ...kms, secretName: UNKNOWN, adoptExisting: true });
    const { secretName, ...nameless } = kms;
    for (const __called of ["", "app"])
      expect((await engine.check({}, { ...nameless, __called, adoptExisting: true })).failures).toEqual([]);
    expect(calls()).toHaveLength(before);
  });
});

describe("what one resource has taken over from another", () => {
  const adopting = { ...kms, adoptExisting: true };

  it("is not deleted with that in the same run, which is said", async () => {
    const old = await made(kms);
    await run();
    await made(adopting);
    await engine.delete(old.id, old.outs);
    expect(isLive()).toEqual([true]);
    expect(engine.warnings()).toEqual([
      `AliyunKmsSecret: leaves ${old.id} as it is, since another resource of the stack has it`,
    ]);
  });

  it("nor in a later one, where the first broke off, whatever has become of the new one's state meanwhile", async () => {
    const old = await made(kms);
    await run();
    const taken = await made(adopting);
    await run();
    const refreshed = unwrapped((await engine.read(taken.id, { properties: taken.outs })).outs);
    const updated = unwrapped(await engine.update(taken.id, refreshed, { ...adopting, description: "new" }));
    await run();
    await engine.diff(taken.id, updated, { ...adopting, description: "new" });
    await engine.delete(old.id, old.outs);
    expect(isLive()).toEqual([true]);
  });

  it("is deleted with the new one, as is what nobody else has", async () => {
    await made(kms);
    await run();
    const taken = await made(adopting);
    await run();
    await engine.diff(taken.id, taken.outs, adopting);
    await engine.delete(taken.id, taken.outs);
    expect(isLive()).toEqual([false]);
    const other = await made({ ...kms, secretName: "other" });
    await engine.diff(other.id, other.outs, { ...kms, secretName: "third" });
    await engine.delete(other.id, other.outs);
    expect(isLive()).toEqual([false, false]);
  });

  it("is refused where that was made in the same run", async () => {
    await made(kms);
    expect((await failureOf(engine.create(adopting))).message).toMatch("another resource of this stack has it");
  });

  it("is refused where that still has it, before anything is changed", async () => {
    const { id, outs } = await made(kms);
    await run();
    await engine.diff(id, outs, kms);
    const failure = await failureOf(engine.create({ ...adopting, description: "new" }));
    expect(failure.message).toMatch(`${id} cannot be taken over, since another resource of this stack has it.`);
    expect(emulator.state().kms).toMatchObject({ secrets: [{ Description: "" }] });
  });
});

describe("a refresh in the same run, as in `up --refresh`,", () => {
  const adopting = { ...kms, adoptExisting: true };
  /** What the engine asks of a state before it asks anything of the program. */
  async function refresh({ id, outs }: Awaited<ReturnType<typeof made>>, inputs: Properties) {
    const read = await engine.read(id, { properties: outs });
    const refreshed = { id, outs: unwrapped(read.outs) };
    await engine.diff(id, refreshed.outs, inputs);
    return refreshed;
  }

  it("does not count as the program's word that a resource keeps what another one is to take over", async () => {
    const old = await made(kms);
    await run();
    const { id, outs } = await refresh(old, kms);
    expect((await engine.check({}, adopting)).failures).toEqual([]);
    expect(engine.warnings()).toEqual([
      `AliyunKmsSecret: takes over ${id}, which exists already; nothing of it will change`,
    ]);
    expect((await made(adopting)).id).toBe(id);
    await engine.delete(id, outs);
    expect(isLive()).toEqual([true]);
  });

  it("leaves nothing behind where two states have one secret and both go", async () => {
    const old = await made(kms);
    await run();
    const taken = await made(adopting);
    await run();
    const states = [await refresh(old, kms), await refresh(taken, adopting)];
    for (const { id, outs } of states) await engine.delete(id, outs);
    expect([isLive(), engine.warnings()]).toEqual([[false], []]);
  });

  it("keeps what the program goes on to declare from the one that goes, also where a refresh asked for no difference", async () => {
    const old = await made(kms);
    await run();
    const taken = await made(adopting);
    await run();
    const gone = await refresh(old, kms);
    // So the engine does under PULUMI_ENABLE_LEGACY_REFRESH_DIFF, and with what the program only looks up.
    const { outs } = await engine.read(taken.id, { properties: taken.outs });
    const refreshed = unwrapped(outs);
    const { inputs } = await engine.check(adopting, adopting);
    await engine.diff(taken.id, refreshed, unwrapped(inputs));
    await engine.delete(gone.id, gone.outs);
    expect(isLive()).toEqual([true]);
  });
});

describe("a refresh that finds what no change in place can undo", () => {
  it("shows it, and only the next preview refuses", async () => {
    const inputs = { ...kms, encryptionKeyId: "key-1", versionId: "1" };
    const { id, outs } = await made({ ...inputs, forceDeleteWithoutRecovery: true });
    await engine.delete(id, outs);
    await made({ ...inputs, encryptionKeyId: "key-2" });
    await run();
    const read = await engine.read(id, { properties: outs });
    const drifted = unwrapped(read.outs);
    expect(drifted.encryptionKeyId).toBe("key-2");
    // The engine asks for the difference from what was read to the inputs that were there before.
    expect(await engine.diff(id, drifted, inputs)).toMatchObject({ replaces: ["encryptionKeyId"] });
    const preview = await failureOf(engine.diff(id, drifted, inputs));
    expect(preview.message).toMatch(/encryptionKeyId needs a new secret/);
  });
});

describe("a value that is not known yet", () => {
  it("is no reason to refuse, as it may turn out to be the same", async () => {
    const { id, outs } = await made({ ...kms, encryptionKeyId: "key-1" });
    const pending = { ...kms, encryptionKeyId: UNKNOWN };
    expect((await engine.check(outs, pending)).failures).toEqual([]);
    expect(await engine.diff(id, outs, pending)).toMatchObject({ replaces: ["encryptionKeyId"] });
    const pinned = { ...kms, secretData: UNKNOWN, currentVersionId: outs.versionId };
    expect(await engine.diff(id, outs, pinned)).toMatchObject({ changes: true });
  });

  it("is no reason not to take over what exists either, whereas what is known to differ is", async () => {
    const pending = { ...kms, encryptionKeyId: UNKNOWN, tags: { a: "2" }, adoptExisting: true };
    const ids = [await made({ ...kms, encryptionKeyId: "key-1" }), await made(gpdb)].map(({ id }) => id);
    await run();
    for (const inputs of [pending, { ...gpdb, password: UNKNOWN, adoptExisting: true }])
      expect((await engine.check({}, inputs)).failures).toEqual([]);
    expect(engine.warnings()).toEqual([
      `AliyunKmsSecret: takes over ${ids[0]}, which exists already; these will change: tags; these may, as they are not known yet: encryptionKeyId`,
      `AnalyticDbSecret: takes over ${ids[1]}, which exists already; these may change, as they are not known yet: password`,
    ]);
    const { failures } = await engine.check({}, { ...pending, dkmsInstanceId: "kst-2" });
    expect(failures).toMatchObject([{ reason: expect.stringMatching(/not as declared: dkmsInstanceId\. Declare/) }]);
  });

  it("makes the warning of a new ARN say that it may be so", async () => {
    const { id, outs } = await made(gpdb);
    await engine.diff(id, outs, { ...gpdb, password: UNKNOWN });
    expect(engine.warnings()).toEqual([
      `AnalyticDbSecret: password, not known yet, may replace the secret, which gets a new ARN: whoever keeps ${id} has to take the new one`,
    ]);
  });
});
