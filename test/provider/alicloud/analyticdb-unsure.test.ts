import { describe, expect, it } from "vitest";
import { analyticDbSecret } from "../../../provider/alicloud/analyticdb-secret";
import { PartialFailure } from "../../../provider/definition";
import { canary, failure, type Loose, onEmulator } from "../support";
import { full as wanted } from "./analyticdb";

const { create, remove, confirm, calls, client, fault, healed, secrets } = onEmulator(analyticDbSecret, "gpdb");

const others = [
  ["account", { username: "reader" }],
  ["password", { password: `${canary} theirs` }],
  ["description", { description: "theirs" }],
] as const;

/** A create before whose call somebody else makes theirs: the look before has found nothing. */
function createAfter(theirs: () => Promise<unknown>) {
  let isMade = false;
  const raced = async (operation: string, ...rest: unknown[]) => {
    if (operation === "CreateSecret" && !isMade) {
      isMade = true;
      await theirs();
    }
    return client()(operation, ...rest);
  };
  return analyticDbSecret.create(raced, wanted);
}

describe("a secret that was there before, alike in all that the service tells,", () => {
  it.each(["resetBefore", "loseAnswer"] as const)(
    "is not taken for that of a create that gets no answer (%s)",
    async (kind) => {
      const theirs = await create(wanted);
      fault("CreateSecret", { kind, times: 1 });
      const error = await failure(create(wanted));
      expect(error).toMatchObject({ kind: "exists" });
      expect(error.message).toMatch(/AnalyticDB CreateSecret of secret "shop" failed:.*already\. Give another name/);
      expect(secrets()).toMatchObject([{ SecretArn: theirs.id }]);
    },
  );

  it("is seen by one look, after which nothing is called", async () => {
    await create(wanted);
    expect(await calls(() => failure(create(wanted)))).toEqual(["ListSecrets"]);
  });
});

describe("a secret that somebody makes after the look", () => {
  it("is told of as one that has the name, and not touched", async () => {
    const raced = createAfter(() => create({ ...wanted, password: "theirs" }));
    const error = await failure(raced);
    expect(error).toMatchObject({ kind: "exists" });
    expect(error.message).toMatch(/secret "shop" failed:.*already\. Give another name/);
    expect(secrets()).toMatchObject([{ Password: "theirs" }]);
  });

  it.each(others)("is not taken for that of a lost create with another %s", async (_, theirs) => {
    fault("CreateSecret", { kind: "loseAnswer", nth: 2 });
    const raced = createAfter(() => create({ ...wanted, ...theirs }));
    expect(await failure(raced)).toMatchObject({ kind: "exists", message: expect.stringContaining('"shop"') });
    expect(secrets()).toHaveLength(1);
  });
});

it("a look that fails says which secret was not made, and nothing is made", async () => {
  fault("ListSecrets", { kind: "quota" });
  const error = await failure(create(wanted));
  expect(error).toMatchObject({ kind: "quota", code: expect.stringMatching(/\S/) });
  expect(error.message).toMatch(/^AnalyticDB secret "shop" was not made.*: AnalyticDB ListSecrets failed: /);
  expect(secrets()).toEqual([]);
});

describe("a create of which nobody knows whether it happened", () => {
  const unconfirmed = async (kind: "loseAnswer" | "resetBefore"): Promise<Loose> => {
    fault("CreateSecret", { kind, times: 1 });
    fault("ListSecrets", { kind: "quota", nth: 2 });
    const error = await failure(create(wanted));
    healed();
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /may have been carried out: AnalyticDB CreateSecret of secret "shop".*as unconfirmed/,
    );
    return error.observed;
  };

  it("is kept, and confirmed by what has the name", async () => {
    const asked = await unconfirmed("loseAnswer");
    expect(asked).toMatchObject({ id: "unconfirmed:shop", state: wanted });
    const found = await confirm(asked);
    expect(found).toMatchObject({ id: secrets()[0].SecretArn, state: { ...wanted, arn: secrets()[0].SecretArn } });
  });

  it("is confirmed by nothing where it did not happen", async () => {
    expect(await confirm(await unconfirmed("resetBefore"))).toBeUndefined();
  });

  it.each(others)("is not confirmed by a secret with another %s", async (_, theirs) => {
    const asked = await unconfirmed("resetBefore");
    await create({ ...wanted, ...theirs });
    expect(await failure(confirm(asked))).toMatchObject({ kind: "exists" });
  });
});

describe("a message of the service that repeats the password", () => {
  const message = `stored ${canary} for admin`;
  const repeating = async (...call: unknown[]) => ({ ...(await client()(...call)), Message: message });

  it("gets into no state by creating, also where the answer was lost", async () => {
    const made = await analyticDbSecret.create(repeating, wanted);
    expect(made.state.message).toBe("(the message is left out, since it repeats a secret)");
    await remove(made);
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const found = await analyticDbSecret.create(repeating, wanted);
    expect(found.state.message).not.toContain(canary);
  });

  it("gets into no state by reading, and goes from one that has it", async () => {
    const { id, state } = await create(wanted);
    const before = { ...state, message: "stored the-one-before for admin", password: "the-one-before" };
    for (const known of [{ ...state, message: undefined }, { ...state, message }, before]) {
      const found = await analyticDbSecret.read(repeating, id, known);
      expect(found?.state.message).not.toMatch(/canary|the-one-before/);
    }
  });
});
