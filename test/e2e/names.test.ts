import { AliyunKmsSecret, CsmsEvent, CsmsSecret } from "pulumi-cloud-secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byHand, held } from "./by-hand";
import { startStack, type TestStack } from "./support";

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => "it did not fail",
    (error: Error) => error.message,
  );
const names = (service: "kms" | "csms") => Object.keys(held(stack.emulator, service));

describe("names that the program leaves out", { timeout: 120_000 }, () => {
  const config = { InstanceId: "rds-1", SecretSubType: "SingleUser" } as const;
  const program =
    ({ secretData = "c4n4ry", encryptionKeyId = "key-1", secretType = "RDS-FG" as "RDS-FG" | "GaussDB-FG" } = {}) =>
    async () => {
      const kms = new AliyunKmsSecret("kms", { secretData, encryptionKeyId });
      const csms = new CsmsSecret("csms", { secretString: secretData, secretType, rotationConfig: config });
      const topic = { targetType: "SMN", targetId: "urn:smn", targetName: "topic" } as const;
      const event = new CsmsEvent("event", { eventTypes: ["SECRET_DELETED"], notification: topic });
      return { kms: kms.secretName, csms: csms.name, event: event.name };
    };

  it("are made once and kept, and a replacement with another one comes before the old secret goes", async () => {
    const preview = await stack.preview(program(), { diff: true });
    expect(preview.printed).not.toMatch(/(kms|csms|event)-[0-9a-f]{7}/);
    const { outputs } = await stack.up(program());
    for (const name of ["kms", "csms", "event"]) expect(outputs[name]).toMatch(new RegExp(`^${name}-[0-9a-f]{7}$`));
    expect([names("kms"), names("csms")]).toEqual([[outputs.kms], [outputs.csms]]);
    expect((await stack.up()).steps).toEqual([]);
    await stack.refresh();
    expect((await stack.up()).steps).toEqual([]);

    const changed = await stack.up(program({ secretData: "c4n4ry 2" }));
    expect(changed.outputs).toEqual(outputs);
    const other = { secretData: "c4n4ry 2", encryptionKeyId: "key-2", secretType: "GaussDB-FG" as const };
    const replaced = await stack.up(program(other));
    for (const name of ["kms", "csms"]) {
      expect(replaced.steps.filter((step) => step.endsWith(` ${name}`))).toEqual([
        `create-replacement ${name}`,
        `replace ${name}`,
        `delete-replaced ${name}`,
      ]);
      expect(replaced.outputs[name]).toMatch(new RegExp(`^${name}-[0-9a-f]{7}$`));
      expect(replaced.outputs[name]).not.toBe(outputs[name]);
    }
    expect(held(stack.emulator, "kms")[String(outputs.kms)]?.PlannedDeleteTime).toBeDefined();
    expect(held(stack.emulator, "csms")[String(outputs.csms)]?.state).toBe("PENDING_DELETE");
  });
});

describe("a name that a live secret has", { timeout: 120_000 }, () => {
  const program =
    (adoptExisting?: boolean, value = "c4n4ry") =>
    async () => {
      new AliyunKmsSecret("kms", { secretName: "app", secretData: value, tags: { ours: "1" }, adoptExisting });
      new CsmsSecret("csms", { name: "app", secretString: value, tags: { ours: "1" }, adoptExisting });
    };
  const theirs = async () => {
    const hand = byHand(stack.emulator);
    const kms = { SecretName: "app", SecretData: "c4n4ry theirs", VersionId: "1", Description: "theirs" };
    await hand.kms("CreateSecret", kms);
    await hand.csms("POST", "", { name: "app", secret_string: "c4n4ry", description: "theirs" });
  };

  it("is an error that says how to go on, and nothing is touched", async () => {
    await theirs();
    const before = [held(stack.emulator, "kms"), held(stack.emulator, "csms")];
    const failure = `${await failureOf(stack.up(program()))}${await failureOf(stack.up(program()))}`;
    expect(failure).toMatch(/secret "app" failed: .*Give another name, set adoptExisting: true/);
    expect(failure).not.toMatch(/c4n4ry|\n\s+at /);
    expect([held(stack.emulator, "kms"), held(stack.emulator, "csms")]).toEqual(before);
    expect(stack.state()).toEqual({});
  });

  it("is taken over with adoptExisting, which a warning shows at preview with what will differ", async () => {
    await theirs();
    const preview = await stack.preview(program(true));
    const said = preview.printed.replace(/\s+/g, " ");
    expect(said).toMatch(
      /warning: AliyunKmsSecret: takes over acs:kms:\S+ which exists already; these will change: secretData, description, tags/,
    );
    expect(said).toMatch(
      /warning: CsmsSecret: takes over \S+ which exists already; these will change: description, tags/,
    );
    expect(preview.printed).not.toContain("c4n4ry");

    await stack.up(program(true));
    expect(held(stack.emulator, "kms").app).toMatchObject({
      Description: "",
      Tags: { ours: "1" },
      Versions: [{ VersionId: "1" }, { SecretData: "c4n4ry", VersionStages: ["ACSCurrent"] }],
    });
    expect(held(stack.emulator, "csms").app).toMatchObject({ tags: { ours: "1" }, versions: { length: 1 } });
    const again = await stack.up();
    expect([again.steps, /warning/.test(again.printed)]).toEqual([[], false]);
    await stack.refresh();
    expect((await stack.up()).steps).toEqual([]);
  });

  it("and that a resource of the stack gives up in the same up is not deleted with it", async () => {
    const named = (resource: string) => async () => {
      new AliyunKmsSecret(resource, { secretName: "app", secretData: "c4n4ry", adoptExisting: true });
    };
    await stack.up(named("old"));
    expect((await stack.up(named("new"))).steps).toEqual(["create new", "delete old"]);
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeUndefined();
    expect((await stack.up()).steps).toEqual([]);
    await stack.destroy();
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeDefined();
  });

  it("and that a resource of the stack gives up in the same up is taken over also after a refresh", async () => {
    const named = (resource: string) => async () => {
      new AliyunKmsSecret(resource, { secretName: "app", secretData: "c4n4ry", adoptExisting: true });
    };
    const refresh = { refresh: true };
    await stack.up(named("old"));
    const preview = await stack.preview(named("new"), refresh);
    expect(preview.printed.replace(/\s+/g, " ")).toMatch(
      /warning: AliyunKmsSecret: takes over acs:kms:\S+ which exists/,
    );
    expect((await stack.up(named("new"), refresh)).steps).toEqual(["refresh old", "create new", "delete old"]);
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeUndefined();
    await stack.destroy(refresh);
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeDefined();
  });

  it("and that an up which broke off has taken over is not deleted by the next one", async () => {
    const named = (resource: string) => async () => {
      const one = new AliyunKmsSecret(resource, { secretName: "app", secretData: "c4n4ry", adoptExisting: true });
      new CsmsSecret("later", { name: "later", secretString: one.arn.apply(() => "c4n4ry") }, { dependsOn: one });
    };
    await stack.up(named("old"));
    await stack.up(async () => {
      new AliyunKmsSecret("old", { secretName: "app", secretData: "c4n4ry", adoptExisting: true });
    });
    stack.emulator.addFaults({ faults: [{ operation: "csms.CreateSecret", kind: "quota", times: 1 }] });
    expect(await failureOf(stack.up(named("new")))).toMatch(/CSMS CreateSecret/);
    expect(Object.keys(stack.state()).sort()).toEqual(["new", "old"]);

    expect((await stack.up()).steps).toEqual(["create later", "delete old"]);
    expect(held(stack.emulator, "kms").app?.PlannedDeleteTime).toBeUndefined();
    expect((await stack.up()).steps).toEqual([]);
  });

  it("is not taken over from another resource of the stack that keeps it", async () => {
    const program = async () => {
      const given = { secretName: "app", secretData: "c4n4ry", adoptExisting: true };
      const one = new AliyunKmsSecret("one", given);
      new AliyunKmsSecret("two", given, { dependsOn: one });
    };
    const failure = await failureOf(stack.up(program));
    expect(failure).toMatch(/cannot be taken over, since another resource of this stack has it/);
    expect(Object.keys(stack.state())).toEqual(["one"]);
  });
});

describe("how a secret is deleted", { timeout: 120_000 }, () => {
  const program = (recoveryWindowInDays?: number, forceDeleteWithoutRecovery?: boolean) => async () => {
    const deletion = { recoveryWindowInDays, forceDeleteWithoutRecovery };
    new AliyunKmsSecret("kms", { secretName: "app", secretData: "c4n4ry", ...deletion });
    new CsmsSecret("csms", { name: "app", secretString: "c4n4ry", ...deletion });
  };
  const days = (time: string | number) => Math.round((new Date(time).getTime() - Date.now()) / 86_400_000);

  it("changes without a call, and counts from then on", async () => {
    await stack.up(program());
    const before = stack.emulator.calls().length;
    expect((await stack.up(program(7))).steps.toSorted()).toEqual(["update csms", "update kms"]);
    expect(stack.emulator.calls()).toHaveLength(before);
    await stack.destroy();
    expect(days(held(stack.emulator, "kms").app?.PlannedDeleteTime)).toBe(7);
    expect(days(held(stack.emulator, "csms").app?.scheduledDeleteTime)).toBe(7);

    await stack.up(program(7));
    await stack.up(program(7, true));
    await stack.destroy();
    expect([held(stack.emulator, "kms"), held(stack.emulator, "csms")]).toEqual([{}, {}]);
  });
});
