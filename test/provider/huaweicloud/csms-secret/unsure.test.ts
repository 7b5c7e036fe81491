import { expect, it, vi } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, onEmulator } from "../../support";
import { projectId, settled } from "../wire";

const on = onEmulator(csmsSecret, "csms");
const { create, update, remove, calls, fault, healed, secrets } = on;

const first = { name: "db", projectId, secretString: canary };
const second = { ...first, secretString: `${canary} 2` };

it.each([
  ["current", {}, ["SYSCURRENT"]],
  ["beside the current one", { currentVersionId: "v1", versionStages: ["next"] }, ["next"]],
])(
  "a value %s of which nobody knows whether it was put is looked for by the next update, and put no second time",
  async (_, how, stages) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const created = await create(first);
    const wanted = { ...second, ...how };
    fault("CreateSecretVersion", { kind: "loseAnswer", times: 1 });
    fault("ShowSecretVersion", { kind: "error", status: 503 });
    const error = await failure(update(created, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.message).toMatch(
      /An earlier call, whose answer was lost, may have been carried out: CSMS CreateSecret/,
    );
    expect(secrets()[0].versions).toHaveLength(2);
    healed();
    let reached = created;
    const operations = await calls(async () => {
      reached = await update(error.observed, wanted);
    });
    expect(operations).not.toContain("CreateSecretVersion");
    expect(secrets()[0].versions).toMatchObject([{}, { secretString: second.secretString, stages }]);
    await settled(on, reached, wanted);
  },
);

it("a secret that was rolled back before it was deleted comes back so, with no other version", async () => {
  const back = { ...second, currentVersionId: "v1" };
  await remove(await update(await update(await create(first), second), back));
  const restored = await create(back);
  expect(secrets()[0].versions).toMatchObject([{ stages: ["SYSCURRENT"] }, { stages: ["SYSPREVIOUS"] }]);
  expect(restored.state).toMatchObject({ versionId: "v2", currentVersionId: "v1" });
  await settled(on, restored, back);
});
