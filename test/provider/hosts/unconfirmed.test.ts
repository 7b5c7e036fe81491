import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
  secret,
  startDynamicProvider,
  unwrapped,
} from "./dynamic-provider";

let emulator: Emulator;
let engine: Awaited<ReturnType<typeof startDynamicProvider>>;

beforeEach(async () => {
  emulator = await startEmulator();
  engine = await startDynamicProvider(configFor(emulator));
  await engine.configure();
});
afterEach(async () => {
  await engine.stop();
  await emulator.close();
});

const topic = { targetType: "SMN", targetId: "urn:smn", targetName: "topic" };
const { secretString, __provider, ...place } = csms;
const event = {
  ...place,
  eventTypes: ["SECRET_DELETED"],
  notification: topic,
  __provider: __provider.replace("CsmsSecret", "CsmsEvent"),
};
interface Kind {
  readonly name: string;
  readonly inputs: Properties;
  /** The call by which a lost create is looked up. */
  readonly look: string;
  /** Which of those calls that is, where a create makes it before too. */
  readonly nth?: number;
}
const kinds: readonly Kind[] = [
  { name: "KMS", inputs: kms, look: "kms.DescribeSecret" },
  { name: "AnalyticDB", inputs: gpdb, look: "gpdb.ListSecrets", nth: 2 },
  { name: "CSMS", inputs: csms, look: "csms.ShowSecret" },
  { name: "an event of CSMS", inputs: event, look: "csms.ShowSecretEvent" },
];

const blindTo = (look: string, nth?: number) =>
  emulator.addFaults({ faults: [{ operation: look, kind: "quota", nth }] });

/** What the engine keeps of a create that was carried out, or not, and which nobody could look up. */
async function unconfirmed({ inputs, look, nth }: Omit<Kind, "name">, kind: "loseAnswer" | "resetBefore") {
  blindTo(look, nth);
  emulator.addFaults({ faults: [{ operation: "*.CreateSecret*", kind, times: 1 }] });
  const kept = keptPart(await failureOf(engine.create(inputs)));
  emulator.clearFaults();
  const { id, properties, reasons } = kept as NonNullable<typeof kept>;
  return { id, outs: unwrapped(properties), properties, reasons };
}

/** What is there and lives, of secrets and events. */
function living(): Properties[] {
  const { kms, gpdb, csms } = emulator.state() as Record<
    "kms" | "gpdb" | "csms",
    { secrets: Properties[]; events?: Properties[] }
  >;
  const all = [...kms.secrets, ...gpdb.secrets, ...csms.secrets, ...(csms.events ?? [])];
  return all.filter((one) => !one.PlannedDeleteTime && one.state !== "PENDING_DELETE");
}

const idOf = (one: Properties | undefined) => one?.Arn ?? one?.SecretArn ?? one?.id ?? one?.eventId;

describe.each(kinds)("a create of $name of which nobody knows whether it happened", (kind) => {
  it("is kept as unconfirmed, by an id that no service gives", async () => {
    const { id, outs, reasons } = await unconfirmed(kind, "loseAnswer");
    expect(id).toBe("unconfirmed:app");
    expect(outs).toMatchObject({ ...kind.inputs, __unconfirmed: { started: expect.any(Number) } });
    expect(reasons).toEqual([expect.stringContaining("may have been carried out")]);
  });

  it("is replaced by the next up, what it made going first, and a warning says why", async () => {
    const { id, outs } = await unconfirmed(kind, "loseAnswer");
    const replacement = { changes: true, replaces: ["id"], deleteBeforeReplace: true };
    expect(await engine.diff(id, outs, kind.inputs)).toEqual(replacement);
    expect(engine.warnings()).toEqual([expect.stringMatching(/: nobody knows yet whether unconfirmed:app was made: /)]);
    await engine.delete(id, outs);
    expect(living()).toEqual([]);
    const again = await engine.create(kind.inputs);
    expect(living().map(idOf)).toEqual([again.id]);
  });

  it("is updated by nothing, which says what to do", async () => {
    const { id, outs } = await unconfirmed(kind, "loseAnswer");
    const failure = await failureOf(engine.update(id, outs, kind.inputs));
    expect(failure.message).toMatch(/nobody knows yet whether unconfirmed:app was made.*run `pulumi refresh`/);
    expect(living()).toHaveLength(1);
  });

  it("is taken into the state by a refresh where it happened, and is then like any other", async () => {
    const { id, outs } = await unconfirmed(kind, "loseAnswer");
    const read = await engine.read(id, { properties: outs });
    expect(read.id).toBe(idOf(living()[0]));
    expect(read.outs).not.toHaveProperty("__unconfirmed");
    expect(unwrapped(read.inputs)).toEqual(kind.inputs);
    const state = unwrapped(read.outs);
    for (const _ of ["the difference that the refresh shows", "that of the next up"])
      expect(await engine.diff(read.id, state, kind.inputs)).toMatchObject({ changes: false });
    await engine.delete(read.id, state);
    expect(living()).toEqual([]);
  });

  it("is taken out of the state by a refresh where it did not happen, and deletes nothing", async () => {
    const { id, outs } = await unconfirmed(kind, "resetBefore");
    expect((await engine.read(id, { properties: outs })).id).toBe("");
    await engine.delete(id, outs);
    expect(living()).toEqual([]);
  });

  it("stays in the state while nobody can look", async () => {
    const { id, outs } = await unconfirmed(kind, "loseAnswer");
    blindTo(kind.look);
    expect((await failureOf(engine.read(id, { properties: outs }))).message).toMatch(/failed: /);
    expect((await failureOf(engine.delete(id, outs))).message).toMatch(/failed: /);
    expect(living()).toHaveLength(1);
  });

  it("leaves alone what another resource of the stack has made in its place, alike in everything", async () => {
    const { id, outs } = await unconfirmed(kind, "resetBefore");
    const { id: theirs, outs: state } = await engine.create(kind.inputs);
    await engine.delete(id, outs);
    expect(living().map(idOf)).toEqual([theirs]);

    const read = await engine.read(id, { properties: outs });
    if (read.id === "") return expect(kind.name).toBe("KMS");
    await engine.diff(theirs, unwrapped(state), kind.inputs);
    await engine.delete(read.id, unwrapped(read.outs));
    expect(living().map(idOf)).toEqual([theirs]);
  });
});

it("a change of which no answer ever came is in doubt in the state, until an update that takes it back has looked", async () => {
  const { id, outs } = await engine.create(csms);
  emulator.addFaults({ faults: [{ operation: "csms.UpdateSecret", kind: "garbage", act: true }] });
  const failure = await failureOf(engine.update(id, unwrapped(outs), { ...csms, description: "after" }));
  emulator.clearFaults();
  const kept = keptPart(failure);
  expect(kept?.properties).toMatchObject({ __doubtful: true });
  const reached = await engine.update(id, unwrapped(kept?.properties ?? {}), csms);
  expect(reached).not.toHaveProperty("__doubtful");
  expect(emulator.state().csms).toMatchObject({ secrets: [{ description: "" }] });
});

it("an unconfirmed secret keeps its value as a secret, and is deleted as it was declared", async () => {
  const forced = { inputs: { ...kms, forceDeleteWithoutRecovery: true }, look: "kms.DescribeSecret" };
  const { id, outs, properties } = await unconfirmed(forced, "loseAnswer");
  expect(properties.secretData).toEqual(secret(canary));
  await engine.delete(id, outs);
  expect(emulator.state().kms).toMatchObject({ secrets: [] });
});
