import { expect, it, vi } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { PartialFailure } from "../../../../provider/definition";
import { canary, failure, onEmulator } from "../../support";

const { create, update, planned, refreshed, calls, fault, healed, secrets } = onEmulator(aliyunKmsSecret, "kms");

const first = { secretName: "db", secretData: canary };
const second = { ...first, secretData: `${canary} 2` };

it("a value of which no answer ever came is looked for by the next update, and put no second time", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("PutSecretValue", { kind: "loseAnswer" });
  const error = await failure(update(created, second));
  expect(error).toBeInstanceOf(PartialFailure);
  expect(secrets()[0].Versions).toHaveLength(2);
  healed();
  let reached = created;
  const operations = await calls(async () => {
    reached = await update(error.observed, second);
  });
  expect(operations).not.toContain("PutSecretValue");
  expect(secrets()[0].Versions).toMatchObject([
    { VersionStages: ["ACSPrevious"] },
    { SecretData: second.secretData, VersionStages: ["ACSCurrent"] },
  ]);
  expect(planned(await refreshed(reached), second).changed).toEqual([]);
});

it("a value that was not put after all is put by the next update", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const created = await create(first);
  fault("PutSecretValue", { kind: "resetBefore" });
  const error = await failure(update(created, second));
  healed();
  const reached = await update(error.observed, second);
  expect(secrets()[0].Versions).toMatchObject([{}, { SecretData: second.secretData, VersionStages: ["ACSCurrent"] }]);
  expect(planned(await refreshed(reached), second).changed).toEqual([]);
});
