import { setTimeout as sleep } from "node:timers/promises";
import { AliyunKmsSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { killProvider } from "./processes";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const failureOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "it did not fail",
    (error: Error) => error.message,
  );

async function until(test: () => boolean) {
  while (!test()) await sleep(20);
}

const calls = () => stack.emulator.calls().map(({ operation }) => operation);

describe("a failure of the cloud", { timeout: 120_000 }, () => {
  const program = async () => {
    new CsmsSecret("csms", { name: "app", secretString: "c4n4ry", tags: { stage: "test" } });
    new AliyunKmsSecret("kms", { secretName: "app", secretData: "c4n4ry" });
  };

  it("in the middle of a create keeps what was made, and the next up finishes it; one before it leaves nothing", async () => {
    stack.emulator.addFaults({
      faults: [
        { operation: "csms.BatchCreateOrDeleteTags", kind: "quota", times: 1 },
        { operation: "kms.CreateSecret", kind: "quota", times: 1 },
      ],
    });
    const failure = await failureOf(stack.up(program));
    expect(failure).toMatch(/CSMS BatchCreateOrDeleteTags of secret "app" failed: .*\(HTTP 4\d\d, request /);
    expect(failure).toMatch(/KMS CreateSecret of secret "app" failed: /);
    expect(failure).not.toMatch(/c4n4ry|\n\s+at /);
    expect(stack.state()).toMatchObject({ csms: { outputs: { secretString: "[secret]" }, initErrors: { length: 1 } } });
    expect(Object.keys(stack.state())).toEqual(["csms"]);

    expect((await stack.up()).steps.toSorted()).toEqual(["create kms", "update csms"]);
    expect(held(stack.emulator, "csms").app).toMatchObject({ tags: { stage: "test" }, versions: { length: 1 } });
    expect(stack.state().csms?.initErrors).toBeUndefined();
    expect((await stack.up()).steps).toEqual([]);
  });
});

describe("an up that is cut off", { timeout: 120_000 }, () => {
  const names = ["a", "b", "c"];
  const program = async () => {
    for (const name of names) {
      new AliyunKmsSecret(`kms-${name}`, { secretName: name, secretData: "c4n4ry" });
      new CsmsSecret(`csms-${name}`, { name, secretString: "c4n4ry", tags: { stage: "test" } });
    }
  };
  const slowly = () => stack.emulator.addFaults({ faults: [{ operation: "*.*", kind: "delay", ms: 1_500 }] });
  const isWhole = async () => {
    stack.emulator.clearFaults();
    await stack.up();
    expect((await stack.up()).steps).toEqual([]);
    expect(Object.keys(stack.state())).toHaveLength(2 * names.length);
    for (const name of names) {
      expect(held(stack.emulator, "kms")[name]).toMatchObject({ Versions: { length: 1 } });
      expect(held(stack.emulator, "csms")[name]).toMatchObject({ versions: { length: 1 }, tags: { stage: "test" } });
    }
    await stack.destroy();
    const left = [...Object.values(held(stack.emulator, "kms")), ...Object.values(held(stack.emulator, "csms"))];
    expect(left.filter((secret) => !secret.PlannedDeleteTime && secret.state !== "PENDING_DELETE")).toEqual([]);
  };

  it("by Ctrl-C records what was under way, and the next up makes the rest", async () => {
    slowly();
    const ctrlC = new AbortController();
    const failure = failureOf(stack.up(program, { signal: ctrlC.signal }));
    await until(() => calls().includes("csms.CreateSecret"));
    ctrlC.abort();
    expect(await failure).toMatch(/cancel/i);
    const recorded = Object.values(stack.state()).filter(({ outputs }) => outputs?.secretString ?? outputs?.secretData);
    expect(recorded.length).toBeGreaterThan(0);
    await isWhole();
  });

  it("by a provider that is killed: what it had made is said to be in the way, and left alone until it is removed", async () => {
    slowly();
    const failure = failureOf(stack.up(program));
    await until(() => calls().includes("csms.CreateSecret"));
    await killProvider();
    expect(await failure).not.toMatch(/did not fail|c4n4ry/);
    stack.emulator.clearFaults();

    for (const name of Object.keys(held(stack.emulator, "kms")).filter((name) => !(`kms-${name}` in stack.state())))
      await byHand(stack.emulator).kms("DeleteSecret", { SecretName: name, ForceDeleteWithoutRecovery: "true" });
    const made = Object.keys(held(stack.emulator, "csms")).sort();
    const inTheWay = new Set<string>();
    // The engine starts nothing more after the first failure, so one up may not come upon all of them.
    while (inTheWay.size < made.length) {
      const said = [
        ...(await failureOf(stack.up())).matchAll(/secret "(\w)" failed: a secret of this name exists already/g),
      ];
      expect(said).not.toEqual([]);
      for (const name of new Set(said.map(([, name]) => name ?? ""))) {
        expect(held(stack.emulator, "csms")[name]).toMatchObject({ versions: [{ id: "v1" }], tags: {} });
        await byHand(stack.emulator).csms("DELETE", name);
        inTheWay.add(name);
      }
    }
    expect([...inTheWay].sort()).toEqual(made);
    await isWhole();
  });

  it("by a state that cannot be written: what was made is said to be in the way, and taken over with leave", async () => {
    const only = (adoptExisting?: boolean) => async () => {
      new CsmsSecret("csms-a", { name: "a", secretString: "c4n4ry", adoptExisting });
    };
    slowly();
    const failure = failureOf(stack.up(only()));
    await until(() => calls().includes("csms.CreateSecret"));
    const writable = stack.barState();
    expect(await failure).toMatch(/failed to save snapshot/);
    writable();
    stack.emulator.clearFaults();
    expect(stack.state()).toEqual({});

    expect(await failureOf(stack.up(only()))).toMatch(/secret "a" failed: a secret of this name exists already/);
    await stack.up(only(true));
    expect(held(stack.emulator, "csms").a).toMatchObject({ versions: [{ id: "v1" }] });
    await stack.destroy();
  });
});
