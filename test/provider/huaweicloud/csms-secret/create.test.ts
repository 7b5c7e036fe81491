import { describe, expect, it } from "vitest";
import { projectIdOf } from "../../../../emulator/huaweicloud/identity";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { anHourAgo, canary, failure, type Loose, onEmulator } from "../../support";

const { connect, create, update, read, refreshed, planned, calls, emulated, fault, healed, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const projectId = projectIdOf("cn-north-4");
const minimal = { name: "db", secretString: canary, projectId };
const full = {
  ...minimal,
  kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f",
  description: "for the shop",
  secretType: "RDS-FG",
  autoRotation: true,
  rotationPeriod: "1d",
  rotationConfig: { InstanceId: "rds-1", SecretSubType: "SingleUser" },
  rotationFuncUrn: "urn:fss:cn-north-4:1:function:default:rotate",
  eventSubscriptions: ["alarm"],
  enterpriseProjectId: "0f8d1b6e-1a11-4a5b-9d3a-000000000001",
};
const tags = { a: "1", b: "" };

describe("create", () => {
  it("is one call, with every field", async () => {
    expect(await calls(() => create(full))).toEqual(["CreateSecret"]);
    const { rotationConfig, secretString, ...plain } = full;
    expect(secrets()).toMatchObject([
      {
        ...plain,
        rotationConfig: JSON.stringify(rotationConfig),
        versions: [{ id: "v1", secretString, stages: ["SYSCURRENT"], kmsKeyId: full.kmsKeyId }],
      },
    ]);
  });

  it("answers the secret's id, the inputs and the outputs", async () => {
    const { id, state } = await create(full);
    expect(id).toBe(secrets()[0].id);
    expect(state).toMatchObject({
      ...full,
      rotationConfig: JSON.stringify(full.rotationConfig),
      secretId: id,
      versionId: "v1",
      currentVersionId: "v1",
      versions: [{ id: "v1", stages: ["SYSCURRENT"], created: state.createTime }],
      versionStages: [],
      state: "ENABLED",
      createTime: expect.stringMatching(/^\d{4}-.*Z$/),
      nextRotationTime: expect.stringMatching(/Z$/),
      domainId: secrets()[0].domainId,
      replicaType: "STANDALONE",
      replicas: [],
    });
    expect(state.scheduledDeleteTime).toBeUndefined();
  });

  it("tells the key that the service chose", async () => {
    const { state } = await create(minimal);
    expect(state).toMatchObject({ kmsKeyId: secrets()[0].kmsKeyId, enterpriseProjectId: "0", secretType: "COMMON" });
  });

  it("sets tags with a second call, which knows the id", async () => {
    expect(await calls(() => create({ ...minimal, tags }))).toEqual(["CreateSecret", "BatchCreateOrDeleteTags"]);
    expect(secrets()).toMatchObject([{ tags }]);
  });

  it("asks IAM once for the project of each region, and never makes one", async () => {
    const act = () =>
      Promise.all([
        ...["a", "b", "c"].map((name) => create({ name, secretString: canary })),
        create({ name: "a", secretString: canary, region: "ap-southeast-1" }),
      ]);
    expect((await calls(act)).filter((name) => name !== "CreateSecret")).toEqual([
      "iam.ListProjects",
      "iam.ListProjects",
    ]);
    expect(
      secrets()
        .map((secret) => [secret.name, secret.projectId])
        .sort(),
    ).toEqual([["a", projectIdOf("ap-southeast-1")], ...["a", "b", "c"].map((name) => [name, projectId])].sort());
    expect(emulated().iam.refusedCreations).toEqual([]);
  });

  it("says so where the region has no project, makes none, and asks again the next time", async () => {
    const inputs = { name: "db", secretString: canary, region: "cn-none-1" };
    for (const _ of ["first", "second"]) {
      const act = async () => expect(await failure(create(inputs))).toMatchObject({ kind: "settings" });
      expect(await calls(act)).toEqual(["iam.ListProjects"]);
    }
    expect(emulated().iam.refusedCreations).toEqual([]);
  });

  it("is told of as such where looking is refused, and as no other secret that has the name", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    fault("ShowSecretVersion", { kind: "quota" });
    const error = await failure(create(minimal));
    expect(error.message).toMatch(/ShowSecretVersion .* may have been carried out: CSMS CreateSecret of secret "/);
  });

  it("signs in with a token as well", async () => {
    connect({ "huaweicloud:accessKey": "", "huaweicloud:secretKey": "", "huaweicloud:token": "emulator-token" });
    await create(minimal);
    expect(secrets()).toHaveLength(1);
  });

  it.each([
    ["text of 64 KB", { secretString: "é".repeat(32_768) }],
    ["binary of 64 KB", { secretBinary: Buffer.alloc(65_536, 255).toString("base64") }],
    ["quotes, newlines and any script", { secretString: `"a"='b'\r\n\t\\ \u0000 密码 🔑` }],
    ["JSON", { secretString: JSON.stringify({ user: "a", password: "}{" }) }],
  ])("carries %s unchanged", async (_, value) => {
    const created = await create({ name: "db", projectId, ...value });
    expect(secrets()[0].versions).toMatchObject([value]);
    expect(await refreshed(created)).toMatchObject({ state: value });
  });
});

describe("create whose answer is lost", () => {
  it.each([minimal, full])("finds its secret, and makes no second one", async (inputs) => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create({ ...inputs, tags });
    expect(secrets()).toMatchObject([{ id: created.id, tags, versions: [{ id: "v1" }] }]);
    expect(planned(created, { ...inputs, tags }).changed).toEqual([]);
  });

  it.each(["truncate", "garbage", "html", "wrongShape", "redirect"] as const)("by %s does so too", async (kind) => {
    fault("CreateSecret", { kind, times: 1, ...(kind !== "truncate" && { act: true }) });
    expect(await create(minimal)).toMatchObject({ id: secrets()[0].id });
    expect(secrets()).toHaveLength(1);
  });

  it.each(["resetBefore", "error"] as const)("with %s, nothing having happened, is repeated", async (kind) => {
    fault("CreateSecret", { kind, times: 1, ...(kind === "error" && { status: 500 }) });
    expect(await calls(() => create(minimal))).toEqual(["CreateSecret", "ShowSecret", "CreateSecret"]);
    expect(secrets()).toHaveLength(1);
  });

  it.each([
    ["another value", { secretString: `${canary} theirs` }],
    ["another description", { description: "theirs" }],
    ["another type", { secretType: "GaussDB-FG" }],
    ["another rotation", { rotationPeriod: "2d" }],
  ])("does not take a secret with %s for its own", async (_, theirs) => {
    await create({ ...full, ...theirs });
    const before = secrets();
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await failure(create(full))).toMatchObject({ kind: "exists" });
    expect(secrets()).toMatchObject(before.map(({ lastUsedTime, ...secret }: Loose) => secret));
  });

  it("does not take a secret for its own that has had another value, or has tags", async () => {
    await update(await create({ ...minimal, secretString: "old" }), minimal);
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await failure(create({ ...minimal, tags }))).toMatchObject({ kind: "exists" });
    expect(secrets()).toMatchObject([{ tags: {}, versions: [{}, {}] }]);
  });

  it("does not take a secret for its own that is alike in everything and was there before", async () => {
    await anHourAgo(() => create(full));
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await failure(create({ ...full, tags }))).toMatchObject({ kind: "exists" });
    expect(secrets()).toMatchObject([{ tags: {} }]);
  });
});

describe("create that fails", () => {
  it("for a live secret of that name tells so, with force too, and touches nothing", async () => {
    await create({ ...full, tags });
    const before = secrets();
    const act = async () => {
      const error = await failure(create({ ...minimal, secretString: "mine", forceDeleteWithoutRecovery: true }));
      expect(error).toMatchObject({ kind: "exists" });
      expect(error.message).toMatch(/CSMS CreateSecret of secret "db" failed:.*exists.*another name/);
    };
    expect(await calls(act)).toEqual(["CreateSecret", "ShowSecret"]);
    expect(secrets()).toEqual(before);
  });

  it("at the tags keeps the secret, and the next update makes only the call that is missing", async () => {
    fault("BatchCreateOrDeleteTags", { kind: "quota" });
    const error: Loose = await failure(create({ ...full, tags }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.observed).toMatchObject({ id: secrets()[0].id, state: { secretString: canary, versionId: "v1" } });
    expect(planned(error.observed, { ...full, tags }).changed).toEqual(["tags"]);
    healed();
    expect(await calls(() => update(error.observed, { ...full, tags }))).toEqual(["BatchCreateOrDeleteTags"]);
    expect(secrets()).toMatchObject([{ tags, versions: [{ id: "v1" }] }]);
  });

  it("is repeated while the service throttles", async () => {
    fault("CreateSecret", { kind: "throttle", retryAfter: 0, times: 3 });
    expect(await calls(() => create(minimal))).toEqual(Array(4).fill("CreateSecret"));
  });

  it("for a quota is not repeated", async () => {
    fault("CreateSecret", { kind: "quota" });
    expect(await calls(() => failure(create(minimal)))).toEqual(["CreateSecret"]);
  });

  it.each([
    ["a wrong key", { "huaweicloud:secretKey": "wrong" }],
    ["a wrong token", { "huaweicloud:accessKey": "", "huaweicloud:secretKey": "", "huaweicloud:token": "wrong" }],
  ])("for %s tells so", async (_, config) => {
    connect(config);
    expect(await failure(create(minimal))).toMatchObject({ kind: "credentials" });
    expect(await failure(read("id", minimal))).toMatchObject({ kind: "credentials" });
  });
});
