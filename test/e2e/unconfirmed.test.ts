import { AliyunKmsSecret, CsmsSecret } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { held } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const program = async () => {
  new AliyunKmsSecret("kms", { secretData: "c4n4ry", tags: { stage: "test" } });
  new CsmsSecret("csms", { secretString: "c4n4ry", tags: { stage: "test" } });
  new CsmsSecret("named", { name: "app", secretString: "c4n4ry" });
};

/** An up whose creates get no answer, and what they made cannot be looked up. */
async function upInTheDark(kind: "loseAnswer" | "resetBefore") {
  stack.emulator.addFaults({
    faults: [
      // All are under way before the first of them fails, after which the engine starts nothing more.
      { operation: "*.CreateSecret", kind: "delay", ms: 1_000 },
      { operation: "*.CreateSecret", kind },
      { operation: "kms.DescribeSecret", kind: "quota" },
      { operation: "csms.ShowSecret", kind: "quota" },
    ],
  });
  const failure = await stack.up(program).then(
    () => "it did not fail",
    (error: Error) => error.message,
  );
  stack.emulator.clearFaults();
  return failure;
}

const ids = () => Object.fromEntries(Object.entries(stack.state()).map(([name, { id }]) => [name, id]));

/** The ids of the secrets that live. */
const living = () =>
  [...Object.values(held(stack.emulator, "kms")), ...Object.values(held(stack.emulator, "csms"))]
    .filter((one) => !one.PlannedDeleteTime && one.state !== "PENDING_DELETE")
    .map((one) => one.Arn ?? one.id);

describe("a create of which nobody knows whether it happened", { timeout: 120_000 }, () => {
  it("is kept as such, and the next up removes what it made and makes it anew, with a name that is made or given", async () => {
    const failure = await upInTheDark("loseAnswer");
    expect(failure).toMatch(
      /DescribeSecret .* may have been carried out: KMS CreateSecret of secret "kms-[0-9a-f]{7}"/,
    );
    expect(failure).toMatch(/ShowSecret .* may have been carried out: CSMS CreateSecret of secret "app" /);
    expect(failure).not.toMatch(/c4n4ry|\n\s+at /);
    expect(ids()).toEqual({
      kms: expect.stringMatching(/^unconfirmed:kms-[0-9a-f]{7}$/),
      csms: expect.stringMatching(/^unconfirmed:csms-[0-9a-f]{7}$/),
      named: "unconfirmed:app",
    });
    expect(living()).toHaveLength(3);

    const replaced = ["csms", "kms", "named"].flatMap((name) =>
      ["create-replacement", "delete-replaced", "replace"].map((step) => `${step} ${name}`),
    );
    const preview = await stack.preview(program);
    expect(preview.steps.toSorted()).toEqual(replaced.toSorted());
    expect(preview.printed.replace(/\s+/g, " ")).toMatch(
      /warning: CsmsSecret: nobody knows yet whether unconfirmed:app was made: /,
    );
    expect((await stack.up()).steps.toSorted()).toEqual(replaced.toSorted());
    expect(living().toSorted()).toEqual(Object.values(ids()).toSorted());
    expect((await stack.up()).steps).toEqual([]);
    await stack.destroy();
    expect(living()).toEqual([]);
  });

  it("is taken into the state by a refresh, and the next up brings it to what is declared", async () => {
    await upInTheDark("loseAnswer");
    const made = living();
    await stack.refresh();
    expect(Object.values(ids()).toSorted()).toEqual(made.toSorted());
    for (const entry of Object.values(stack.state())) {
      expect(entry.initErrors).toBeUndefined();
      expect(entry.outputs).not.toHaveProperty("__unconfirmed");
    }
    expect((await stack.up()).steps).toEqual(["update csms"]);
    expect(living()).toEqual(made);
    expect((await stack.up()).steps).toEqual([]);
    await stack.destroy();
    expect(living()).toEqual([]);
  });

  it("is taken out of the state by a refresh or a destroy where it did not happen", async () => {
    await upInTheDark("resetBefore");
    expect(Object.keys(ids())).toHaveLength(3);
    await stack.refresh();
    expect(ids()).toEqual({});
    await upInTheDark("resetBefore");
    await stack.destroy();
    expect([ids(), living()]).toEqual([{}, []]);
  });

  it("is settled also where the up that makes it anew fails, looking, making or both", async () => {
    await upInTheDark("loseAnswer");
    expect(await upInTheDark("loseAnswer")).toMatch(/(DescribeSecret|ShowSecret) of secret /);
    expect(living()).toHaveLength(3);
    stack.emulator.addFaults({ faults: [{ operation: "*.CreateSecret", kind: "quota" }] });
    await expect(stack.up()).rejects.toThrow(/CreateSecret of secret /);
    stack.emulator.clearFaults();
    await stack.up();
    expect(living().toSorted()).toEqual(Object.values(ids()).toSorted());
    expect((await stack.up()).steps).toEqual([]);
  });

  it("is settled by a destroy, which deletes what it made", async () => {
    await upInTheDark("loseAnswer");
    expect(living()).toHaveLength(3);
    await stack.destroy();
    expect([ids(), living()]).toEqual([{}, []]);
  });
});
