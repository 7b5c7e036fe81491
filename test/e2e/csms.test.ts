import { CsmsEvent, CsmsSecret, type CsmsSecretArgs } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Loose } from "../provider/support";
import { byHand } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

/** The secrets by their names, without the copies that have these in other regions. */
function csms(): Record<string, Loose> {
  const { secrets } = stack.emulator.state().csms as { secrets: Loose[] };
  return Object.fromEntries(secrets.filter((one) => one.replicaType !== "REPLICA").map((one) => [one.name, one]));
}
async function changes(program: () => Promise<Record<string, unknown> | undefined>) {
  const before = stack.emulator.calls().length;
  const { steps, outputs } = await stack.up(program);
  const calls = stack.emulator.calls(before).map(({ operation }) => operation.replace("csms.", ""));
  return { steps, outputs, calls };
}
const oneSecret = (args: CsmsSecretArgs) => async () => {
  const { versionId, currentVersionId, versions } = new CsmsSecret("app", { name: "app", ...args });
  return { versionId, currentVersionId, versions };
};
const settles = async (program: () => Promise<Record<string, unknown> | undefined>) => {
  expect((await changes(program)).calls).toEqual([]);
  await stack.refresh();
  expect((await changes(program)).steps).toEqual([]);
};

describe("versions, their stages and their end", { timeout: 120_000 }, () => {
  const first = { secretString: "c4n4ry one", expireTime: "2101-01-31T00:00:00Z", versionStages: ["blue"] };
  const second = { ...first, secretString: "c4n4ry two" };

  it("are as declared, roll back to an older version, and come forth again", async () => {
    expect((await changes(oneSecret(first))).calls).toEqual([
      "iam.ListProjects",
      "CreateSecret",
      "UpdateVersion",
      "UpdateSecretStage",
    ]);
    await settles(oneSecret(first));
    expect((await changes(oneSecret(second))).calls).toEqual(["ShowSecret", "CreateSecretVersion"]);
    const end = Date.UTC(2101, 0, 31);
    expect(csms().app?.versions).toMatchObject([
      { stages: ["SYSPREVIOUS"] },
      { stages: ["SYSCURRENT", "blue"], expireTime: end },
    ]);

    const back = await changes(oneSecret({ ...second, currentVersionId: "v1" }));
    expect(back).toMatchObject({
      calls: ["ShowSecret", "UpdateSecretStage"],
      outputs: { versionId: "v2", currentVersionId: "v1" },
    });
    await settles(oneSecret({ ...second, currentVersionId: "v1" }));
    expect((await changes(oneSecret(second))).outputs).toMatchObject({ currentVersionId: "v2" });
  });

  it("that somebody changed come back for good with one up", async () => {
    await changes(oneSecret(second));
    await byHand(stack.emulator).csms("POST", "app/versions", {
      secret_string: "c4n4ry theirs",
      version_stages: ["SYSCURRENT", "blue"],
    });
    await byHand(stack.emulator).csms("PUT", "app/versions/v1", { expire_time: Date.UTC(2102, 0, 1) });
    await stack.refresh();
    expect(stack.state().app?.outputs).toMatchObject({ currentVersionId: "v2", expireTime: "2102-01-01T00:00:00Z" });
    const healed = await changes(oneSecret(second));
    expect(healed.calls.toSorted()).toEqual(["ShowSecret", "UpdateSecretStage", "UpdateSecretStage", "UpdateVersion"]);
    await settles(oneSecret(second));
    expect(csms().app?.versions).toMatchObject([{ stages: ["SYSCURRENT", "blue"] }, { stages: ["SYSPREVIOUS"] }]);
  });
});

describe("what is around the value", { timeout: 120_000 }, () => {
  const value = { secretString: "c4n4ry" };

  it("moves to another enterprise project, keeps tags that stay, and gets and loses replicas", async () => {
    const [ep1, ep2] = ["0f8d1b6e-1a11-4a5b-9d3a-000000000001", "0f8d1b6e-1a11-4a5b-9d3a-000000000002"];
    const from = { ...value, enterpriseProjectId: ep1, tags: { stays: "1", goes: "1" }, replicaRegions: ["cn-east-3"] };
    await changes(oneSecret(from));
    await settles(oneSecret(from));
    expect(csms().app?.replicas).toMatchObject([{ region: "cn-east-3", status: "IN_SYNC" }]);
    const to = { ...value, enterpriseProjectId: ep2, tags: { stays: "1", comes: "1" } };
    const { steps, calls } = await changes(oneSecret(to));
    expect(steps).toEqual(["update app"]);
    expect(calls.filter((call) => !call.startsWith("Show"))).toEqual([
      "BatchCreateOrDeleteTags",
      "BatchCreateOrDeleteTags",
      "eps.MigrateResource",
      "DeleteSecretReplica",
    ]);
    expect(csms().app).toMatchObject({ enterpriseProjectId: ep2, tags: to.tags, replicas: [] });
    await settles(oneSecret(to));
  });

  it("is refused where a region takes no replica, and the secret is kept for the next up", async () => {
    const nowhere = oneSecret({ ...value, replicaRegions: ["mars-north-1"] });
    const failure = await stack.up(nowhere).catch((error: Error) => error.message);
    expect(failure).toMatch(/there can be no replica in mars-north-1\. Regions that take one: .*cn-east-3/);
    expect(failure).not.toContain("c4n4ry");
    expect((await changes(oneSecret({ ...value, replicaRegions: ["cn-east-3"] }))).steps).toEqual(["update app"]);
    await stack.destroy();
    expect(csms().app).toMatchObject({ state: "PENDING_DELETE", replicas: [] });
  });

  it("rotates on demand and waits for the task; what the service makes is no difference", async () => {
    const rotated: CsmsSecretArgs = {
      ...value,
      secretType: "RDS-FG",
      rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" },
      rotationFuncUrn: "urn:fss:cn-north-4:rotate",
    };
    await changes(oneSecret(rotated));
    const { calls, outputs } = await changes(oneSecret({ ...rotated, rotationTrigger: "1" }));
    expect(calls.filter((call) => call === "RotateSecret")).toHaveLength(1);
    expect(outputs).toMatchObject({ versionId: "v2", currentVersionId: "v2" });
    await settles(oneSecret({ ...rotated, rotationTrigger: "1" }));
    const failing = oneSecret({ ...rotated, rotationFuncUrn: "urn:fss:cn-north-4:fails", rotationTrigger: "2" });
    expect(await stack.up(failing).catch((error: Error) => error.message)).toMatch(
      /CSMS RotateSecret of secret "app" failed: CSMS\.\d{4} \(task [\w-]+\)\. .*The next `pulumi up` tries it again/,
    );
    const again = await changes(oneSecret({ ...rotated, rotationTrigger: "2" }));
    expect(again.outputs).toMatchObject({ versionId: "v3" });
  });
});

describe("an event", { timeout: 120_000 }, () => {
  const topic = { targetType: "SMN", targetId: "urn:smn:cn-north-4:p:topic", targetName: "topic" } as const;
  const events = () => (stack.emulator.state().csms as { events: Record<string, unknown>[] }).events;

  it("is made before the secret that subscribes to it, changes in place, and goes after it", async () => {
    const program = (eventTypes: ("SECRET_ROTATED" | "SECRET_DELETED")[], state?: "DISABLED") => async () => {
      const event = new CsmsEvent("told", { eventTypes, notification: topic, state });
      new CsmsSecret("app", { name: "app", secretString: "c4n4ry", eventSubscriptions: [event.name] });
      return { event: event.name };
    };
    await changes(program(["SECRET_ROTATED", "SECRET_DELETED"]));
    expect(csms().app?.eventSubscriptions).toEqual([events()[0]?.name]);
    await settles(program(["SECRET_DELETED", "SECRET_ROTATED"]));
    const changed = await changes(program(["SECRET_DELETED"], "DISABLED"));
    expect(changed).toMatchObject({ steps: ["update told"], calls: ["ShowSecretEvent", "UpdateSecretEvent"] });
    expect(events()).toMatchObject([{ eventTypes: ["SECRET_DELETED"], state: "DISABLED" }]);
    await stack.destroy();
    expect(events()).toEqual([]);
  });
});
