import { describe, expect, it } from "vitest";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";
import { projectId } from "../wire";

const { create, update, remove, allCalls, secrets } = onEmulator(csmsSecret, "csms");

const ours = { name: "db", projectId, secretString: canary, forceDeleteWithoutRecovery: true };
const theirs = { ...ours, secretString: `${canary} theirs`, tags: { team: "theirs" } };

/** A secret of ours that is gone, while another's has its name. */
async function replacedByAnother(settings: Values = {}) {
  const known = await create(ours);
  await remove(known);
  const { id } = await create(theirs);
  return { known: { ...known, state: { ...known.state, ...settings } }, theirId: id };
}

/** What an update fails with, which one call that reads has told, and which has changed nothing. */
async function refused(...[known, wanted]: Parameters<typeof update>) {
  const before = secrets();
  let error: Awaited<ReturnType<typeof failure>>;
  expect(await allCalls(async () => (error = await failure(update(known, wanted))))).toEqual(["ShowSecret"]);
  expect(secrets()).toEqual(before);
  return error;
}

describe("another's secret that has the name of ours by now", () => {
  it.each<[string, Values]>([
    ["a value", { secretString: `${canary} 2` }],
    ["a description", { description: "two" }],
    ["tags", { tags: { a: "1" } }],
    ["a stage", { versionStages: ["blue"] }],
    ["an end", { expireTime: "2099-01-01T00:00:00Z" }],
    ["a replica", { replicaRegions: ["ap-southeast-1"] }],
  ])("is not changed by an update of %s, which asks for a refresh", async (_, change) => {
    const { known, theirId } = await replacedByAnother();
    const error = await refused(known, { ...ours, ...change });
    expect(error).toMatchObject({ kind: "notFound" });
    expect(error.message).toBe(
      `CSMS update of secret "db" failed: what has this name by now is another secret than ours, with the id ${theirId}, and is left as it is. Run \`pulumi refresh\` to see what is there.`,
    );
  });

  it("is not looked at where an update has nothing to tell the service", async () => {
    const { known } = await replacedByAnother();
    expect(await allCalls(() => update(known, { ...ours, forceDeleteWithoutRecovery: false }))).toEqual([]);
  });

  it("is not changed either where nobody knows what the last update did", async () => {
    const { known } = await replacedByAnother();
    await refused({ ...known, isDoubtful: true }, ours);
    await refused({ ...known, state: { ...known.state, versionId: undefined } }, ours);
  });

  it("is not restored where a restoring of ours had broken off", async () => {
    const { known, theirId } = await replacedByAnother({ state: "PENDING_DELETE", versionId: undefined });
    await remove({ id: theirId, state: { ...known.state, forceDeleteWithoutRecovery: false } });
    await refused(known, ours);
  });
});
