import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { type Observed, PartialFailure } from "../../../../provider/definition";
import type { Values } from "../../../../provider/fields";
import { canary, failure, onEmulator } from "../../support";
import { managed } from "./managed";
import { versionsOf } from "./support";

const { create, update, remove, refreshed, planned, calls, fault, healed, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const policy = (Sid: string) => ({ Version: "1", Statement: [{ Sid }] });
const inInstance = { dkmsInstanceId: "kst-1", encryptionKeyId: "key-1", policy: policy("one") };

/** A change of all that can change, and the calls that it takes, in order. */
interface Change {
  readonly from: Values;
  readonly to: Values;
  readonly operations: readonly string[];
}

const stages: Change = {
  from: {
    secretName: "db",
    secretData: canary,
    versionId: "v-1",
    versionStages: ["a", "b"],
    tags: { x: "1", y: "1" },
    ...inInstance,
  },
  to: {
    secretName: "db",
    secretData: canary,
    versionId: "v-1",
    versionStages: ["b", "c", "d"],
    description: "two",
    tags: { y: "2" },
    ...inInstance,
    policy: policy("two"),
  },
  operations: [
    ...["UpdateSecretVersionStage", "UpdateSecretVersionStage", "UpdateSecretVersionStage"],
    ...["UpdateSecret", "SetSecretPolicy", "UntagResource", "TagResource"],
  ],
};

const rotated: Change = {
  from: { ...managed.Rds, ...inInstance, tags: { x: "1", y: "1" } },
  to: {
    ...managed.Rds,
    ...inInstance,
    policy: policy("two"),
    extendedConfig: { ...managed.Rds.extendedConfig, customData: { team: "shop" } },
    automaticRotation: true,
    rotationInterval: "7d",
    rotationTrigger: "now",
    description: "two",
    tags: { y: "2" },
  },
  operations: [
    ...["UpdateSecret", "UpdateSecret", "SetSecretPolicy", "UpdateSecretRotationPolicy"],
    ...["UntagResource", "TagResource", "RotateSecret", "ListSecretVersionIds"],
  ],
};

const rolledBack: Change = {
  from: { secretName: "db", secretData: canary, versionId: "v-1", versionStages: ["a"] },
  to: {
    secretName: "db",
    secretData: `${canary} 2`,
    versionId: "v-2",
    currentVersionId: "v-1",
    versionStages: ["b"],
    description: "two",
  },
  operations: ["UpdateSecretVersionStage", "PutSecretValue", "UpdateSecret"],
};

const changes = { "stages and policy": stages, "a managed secret": rotated, "a value put beside": rolledBack };

/** All calls that write, each with which of its kind it is. */
const writes = ({ operations }: Change) =>
  operations.flatMap((operation, at) => {
    const nth = operations.slice(0, at + 1).filter((name) => name === operation).length;
    return operation.startsWith("List") ? [] : [[`${operation} ${nth}`, operation, nth, at] as const];
  });

async function settled(reached: Observed, { to }: Change): Promise<void> {
  const found = await refreshed(reached);
  expect(planned(reached, to)).toMatchObject({ changed: [], refused: [] });
  expect(planned(found, to)).toMatchObject({ changed: [], refused: [] });
  expect(versionsOf(reached.state)).toEqual(versionsOf(found.state));
}

/** What is in KMS, without ids and times that differ each time. */
const inKms = () =>
  secrets().map(({ CreateTime: _, UpdateTime: __, Versions, ...rest }) => ({
    ...rest,
    LastRotationDate: undefined,
    NextRotationDate: undefined,
    Versions: Versions.map(({ VersionStages, SecretDataType }: Values) => [VersionStages, SecretDataType]),
  }));

describe.each(Object.entries(changes))("a change of %s", (_, change) => {
  const run = async () => {
    let updated = await create(change.from);
    const operations = await calls(async () => {
      updated = await update(updated, change.to);
    });
    return { operations, updated };
  };

  it("takes these calls", async () => {
    const { operations, updated } = await run();
    expect(operations).toEqual(change.operations);
    await settled(updated, change);
  });

  it.each(writes(change))(
    "that fails at %s keeps what was reached, and goes on from there",
    async (_, at, nth, done) => {
      const created = await create(change.from);
      fault(at, { kind: "quota", nth });
      const error = await failure(update(created, change.to));
      if (done === 0) expect(error).not.toBeInstanceOf(PartialFailure);
      else expect(error).toBeInstanceOf(PartialFailure);
      healed();
      const start = done === 0 ? created : { id: error.observed.id, state: error.observed.state };
      expect(planned(start, change.to).changed).not.toEqual([]);
      let last = start;
      const finish = async () => {
        last = await update(start, change.to);
      };
      expect(await calls(finish)).toEqual(change.operations.slice(done));
      await settled(last, change);
    },
  );

  it.each(writes(change))("that loses the answer of %s comes to the same", async (_, at, nth) => {
    const { updated } = await run();
    const whole = inKms();
    await remove({ id: secrets()[0].Arn, state: { ...updated.state, forceDeleteWithoutRecovery: true } });
    const created = await create(change.from);
    fault(at, { kind: "loseAnswer", nth });
    await settled(await update(created, change.to), change);
    expect(inKms()).toEqual(whole);
  });

  it.each([
    ["throttled", { kind: "throttle", retryAfter: 0 }],
    ["away", { kind: "error", status: 503, retryAfter: 0 }],
  ] as const)("while the service is %s at the first call of each kind comes to its end", async (_, passing) => {
    const created = await create(change.from);
    for (const operation of new Set(change.operations)) fault(operation, { ...passing, times: 1 });
    let last = created;
    const operations = await calls(async () => {
      last = await update(created, change.to);
    });
    expect(operations).toHaveLength(change.operations.length + new Set(change.operations).size);
    await settled(last, change);
  });
});

describe("a creation", () => {
  const inputs = { secretName: "db", secretData: canary, versionId: "v-1", versionStages: ["a", "b"] };

  it.each([1, 2])(
    "that fails at its stage %i keeps the secret, and the next update puts what is missing",
    async (nth) => {
      fault("UpdateSecretVersionStage", { kind: "quota", nth });
      const error = await failure(create(inputs));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed).toMatchObject({
        id: secrets()[0].Arn,
        state: { ...inputs, versionStages: ["a"].slice(2 - nth) },
      });
      healed();
      const missing = Array(3 - nth).fill("UpdateSecretVersionStage");
      expect(await calls(() => update(error.observed, inputs))).toEqual(missing);
      expect(secrets()[0].Versions).toMatchObject([{ VersionStages: ["ACSCurrent", "a", "b"] }]);
    },
  );

  it("whose answer is lost has its stages put after that", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create(inputs);
    await settled(created, { from: {}, to: inputs, operations: [] });
  });
});

describe("a restoring", () => {
  it.each(["ListSecretVersionIds", "UpdateSecret", "SetSecretPolicy", "UpdateSecretRotationPolicy", "TagResource"])(
    "of a managed secret that fails at %s is finished by the next update, and rotates nothing",
    async (operation) => {
      await remove(await create(rotated.from));
      const { Arn, Versions } = secrets()[0];
      fault(operation, { kind: "quota" });
      const error = await failure(create(rotated.to));
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error.observed.id).toBe(Arn);
      healed();
      const { id, state } = error.observed;
      await settled(await update({ id, state }, rotated.to), rotated);
      expect(secrets()).toMatchObject([{ Versions, PlannedDeleteTime: undefined, Description: "two" }]);
    },
  );
});
