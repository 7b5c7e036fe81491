import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import type { Observed } from "../../../../provider/definition";
import { canary, failure, onEmulator } from "../../support";

const { create, read, update, remove, allCalls, secrets } = onEmulator(aliyunKmsSecret, "kms");

const theirs = { secretName: "app", secretData: `${canary} theirs`, tags: { team: "theirs" } };
const ours = { ...theirs, secretData: canary };
const force = { forceDeleteWithoutRecovery: true };

/** What the state holds of a secret in an account that the credentials are not of, while theirs has one of that name. */
async function inOtherAccount(settings: object = {}): Promise<Observed> {
  const { id, state } = await create(theirs);
  const arn = id.replace("1234567890123456", "9999999999999999");
  return { id: arn, state: { ...state, ...settings, arn, secretData: canary } };
}

/** What an action fails with, which one call that reads has told, and which has changed nothing. */
async function refused(act: () => Promise<unknown>) {
  const before = secrets();
  let error: Awaited<ReturnType<typeof failure>>;
  expect(await allCalls(async () => (error = await failure(act())))).toEqual(["DescribeSecret"]);
  expect(secrets()).toEqual(before);
  return error;
}

describe("a secret of this account that has the name of another account's", () => {
  it("is not read in its place, neither with what is known nor by the ARN alone, and its value never", async () => {
    const { id, state } = await inOtherAccount();
    for (const known of [state, {}])
      expect(await allCalls(async () => expect(await read(id, known)).toBeUndefined())).toEqual(["DescribeSecret"]);
  });

  it.each([
    ["a value", { secretData: `${canary} 2` }],
    ["a description", { description: "two" }],
    ["tags", { tags: {} }],
    ["a stage", { versionStages: ["blue"] }],
    ["a rollback", { currentVersionId: "v-1" }],
  ])("is not changed by an update of %s, which says whose it is and what to do", async (_, change) => {
    const known = await inOtherAccount();
    const error = await refused(() => update(known, { ...ours, ...change }));
    expect(error).toMatchObject({ kind: "notFound" });
    expect(error.message).toBe(
      'KMS update of secret "app" failed: the credentials are of account 1234567890123456, whose secret of this name is not acs:kms:cn-hangzhou:9999999999999999:secret/app, and is left as it is. Give credentials of account 9999999999999999, or run `pulumi refresh`, which takes that secret out of the state.',
    );
  });

  it("is not looked at where an update has nothing to tell the service", async () => {
    const known = await inOtherAccount();
    expect(await allCalls(() => update(known, { ...ours, recoveryWindowInDays: 7 }))).toEqual([]);
  });

  it("is not changed either where nobody knows what the last update did", async () => {
    const known = await inOtherAccount();
    await refused(() => update({ ...known, isDoubtful: true }, ours));
    await refused(() => update({ ...known, state: { ...known.state, versionId: undefined } }, ours));
  });

  it("is not restored where a restoring of the other had broken off", async () => {
    const known = await inOtherAccount({ state: "PENDING_DELETE", versionId: undefined });
    await remove({ ...known, id: secrets()[0].Arn });
    await refused(() => update(known, ours));
  });

  it.each([{}, force])("is not deleted, nor ended where it waits: %j", async (settings) => {
    const known = await inOtherAccount(settings);
    for (const waits of [false, true]) {
      if (waits) await remove({ id: secrets()[0].Arn, state: { ...known.state, forceDeleteWithoutRecovery: false } });
      const before = secrets();
      expect(await allCalls(() => remove(known))).toEqual(["DescribeSecret"]);
      expect(secrets()).toEqual(before);
    }
  });
});
