import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { anHourAgo, canary, failure, onEmulator } from "../../support";

const { connect, create, calls, fault, read, planned, secrets } = onEmulator(aliyunKmsSecret, "kms");

const minimal = { secretName: "db/main", secretData: canary };
const full = {
  ...minimal,
  versionId: "v-1",
  secretDataType: "text",
  encryptionKeyId: "key-1",
  description: "for the shop",
  tags: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`key-${n}`, `value-${n}`])),
  regionId: "cn-beijing",
};

describe("create", () => {
  it("is one call, with every field", async () => {
    expect(await calls(() => create(full))).toEqual(["CreateSecret"]);
    expect(secrets()).toMatchObject([
      {
        SecretName: "db/main",
        RegionId: "cn-beijing",
        SecretType: "Generic",
        Description: "for the shop",
        EncryptionKeyId: "key-1",
        Tags: full.tags,
        Versions: [{ VersionId: "v-1", SecretData: canary, SecretDataType: "text", VersionStages: ["ACSCurrent"] }],
      },
    ]);
  });

  it("answers the ARN as id, the inputs and the outputs that the service tells", async () => {
    const { id, state } = await create(full);
    expect(id).toBe("acs:kms:cn-beijing:1234567890123456:secret/db/main");
    expect(state).toMatchObject({
      ...full,
      arn: id,
      versions: [{ id: "v-1", stages: ["ACSCurrent"] }],
      versionStages: [],
      currentVersionId: "v-1",
      state: "ENABLED",
      requestId: expect.stringMatching(/\S/),
    });
  });

  it("makes a version id where none is given", async () => {
    const { state } = await create(minimal);
    expect(secrets()[0].Versions).toMatchObject([{ VersionId: state.versionId }]);
    expect(state.versionId).toMatch(/^\S{1,64}$/);
  });

  it("keeps secrets of the same name in two regions apart", async () => {
    const here = await create(minimal);
    const there = await create({ ...minimal, secretData: `${canary} there`, regionId: "ap-southeast-1" });
    expect(here.id).not.toBe(there.id);
    expect(await read(here.id)).toMatchObject({ state: { secretData: canary, regionId: "cn-hangzhou" } });
    expect(await read(there.id)).toMatchObject({
      state: { secretData: `${canary} there`, regionId: "ap-southeast-1" },
    });
  });

  it.each([
    ["of 30,720 bytes", "é".repeat(15_360), "text"],
    ["with quotes, newlines and what a form escapes", `"a"='b'\r\n&c=%25+ d\t\\ \u0000`, "text"],
    ["in any script", "пароль 密码 🔑 \u{10ffff}", "text"],
    ["that is binary", Buffer.from([0, 255, 128, 10]).toString("base64"), "binary"],
  ])("carries a value %s unchanged", async (_, secretData, secretDataType) => {
    const inputs = { ...minimal, secretData, secretDataType };
    const created = await create(inputs);
    expect(secrets()[0].Versions[0]).toMatchObject({ SecretData: secretData, SecretDataType: secretDataType });
    expect(await read(created.id)).toMatchObject({ state: { secretData, secretDataType } });
  });
});

describe("create whose answer is lost", () => {
  it("finds its secret, and makes no second one", async () => {
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    const created = await create(full);
    expect(secrets()).toHaveLength(1);
    expect(created).toMatchObject({ id: secrets()[0].Arn, state: { ...full, currentVersionId: "v-1" } });
    expect(planned(created, full).changed).toEqual([]);
  });

  it.each(["truncate", "garbage", "html", "wrongShape", "redirect"] as const)("by %s does so too", async (kind) => {
    fault("CreateSecret", { kind, times: 1, ...(kind !== "truncate" && { act: true }) });
    expect(await create(minimal)).toMatchObject({ id: secrets()[0].Arn });
    expect(secrets()).toHaveLength(1);
  });

  it("finds it also when a later attempt runs into it", async () => {
    fault("CreateSecret", { kind: "loseAnswer", nth: 2 });
    fault("CreateSecret", { kind: "resetBefore", nth: 1 });
    const operations = await calls(() => create(minimal));
    expect(operations.filter((name) => name === "CreateSecret")).toHaveLength(2);
    expect(secrets()).toHaveLength(1);
  });

  it.each(["resetBefore", "error"] as const)("with %s, nothing having happened, is repeated", async (kind) => {
    fault("CreateSecret", { kind, times: 1, ...(kind === "error" && { status: 500 }) });
    expect(await calls(() => create(minimal))).toEqual(["CreateSecret", "DescribeSecret", "CreateSecret"]);
    expect(secrets()).toHaveLength(1);
  });

  it("gives up after three attempts, and is kept, since the last one may still be carried out", async () => {
    fault("CreateSecret", { kind: "error", status: 503, retryAfter: 0 });
    const attempts = await calls(async () =>
      expect(await failure(create(minimal))).toMatchObject({
        observed: { id: "unconfirmed:db/main", unconfirmed: {} },
        cause: { kind: "unconfirmed" },
      }),
    );
    expect(attempts.filter((name) => name === "CreateSecret")).toHaveLength(3);
    expect(secrets()).toEqual([]);
  });

  it.each([
    ["another value", { secretData: `${canary} theirs` }],
    ["another description", { description: "theirs" }],
    ["other tags", { tags: { owner: "them" } }],
    ["another key", { encryptionKeyId: "key-2" }],
    ["another version", { versionId: "v-9" }],
  ])("does not take a secret with %s for its own", async (_, theirs) => {
    await create({ ...full, ...theirs });
    const before = secrets();
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await failure(create(full))).toMatchObject({ kind: "exists" });
    expect(secrets()).toEqual(before);
  });

  it("does not take a secret for its own that is alike in everything and was there before", async () => {
    await anHourAgo(() => create(full));
    const before = secrets();
    fault("CreateSecret", { kind: "loseAnswer", times: 1 });
    expect(await failure(create(full))).toMatchObject({ kind: "exists" });
    expect(secrets()).toEqual(before);
  });
});

describe("create of a name that a live secret has", () => {
  it("is refused after one call, with force too, and touches nothing", async () => {
    await create(full);
    const before = secrets();
    const act = async () => {
      const error = await failure(create({ ...full, secretData: "mine", forceDeleteWithoutRecovery: true }));
      expect(error).toMatchObject({ kind: "exists", code: "Rejected.ResourceExist" });
      expect(error.message).toMatch(/KMS CreateSecret of secret "db\/main".*request .*another name/);
    };
    expect(await calls(act)).toEqual(["CreateSecret"]);
    expect(secrets()).toEqual(before);
  });
});

describe("create that fails", () => {
  it("is repeated while the service throttles", async () => {
    fault("CreateSecret", { kind: "throttle", retryAfter: 0, times: 3 });
    expect(await calls(() => create(minimal))).toEqual(Array(4).fill("CreateSecret"));
    expect(secrets()).toHaveLength(1);
  });

  it("tells of a quota, and is not repeated", async () => {
    fault("CreateSecret", { kind: "quota" });
    expect(await calls(async () => expect(await failure(create(minimal))).toMatchObject({ kind: "quota" }))).toEqual([
      "CreateSecret",
    ]);
  });

  it("tells of a key that is not there", async () => {
    expect(await failure(create({ ...minimal, encryptionKeyId: "key-not-found" }))).toMatchObject({
      kind: "other",
      code: "Forbidden.KeyNotFound",
    });
    expect(secrets()).toEqual([]);
  });

  it("tells of wrong credentials", async () => {
    connect({ "alicloud:secretKey": "wrong" });
    expect(await failure(create(minimal))).toMatchObject({ kind: "credentials" });
    connect({ "alicloud:accessKey": "nobody" });
    expect(await failure(create(minimal))).toMatchObject({ kind: "credentials", status: 404 });
    expect(secrets()).toEqual([]);
  });

  it("tells of a clock that is wrong", async () => {
    fault("CreateSecret", { kind: "clockSkew", ms: 3_600_000 });
    expect(await failure(create(minimal))).toMatchObject({ kind: "clock" });
  });
});
