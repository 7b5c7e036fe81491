import { describe, expect, it } from "vitest";
import { aliyunKmsSecret } from "../../../../provider/alicloud/kms-secret";
import { recorder } from "../../recorder";
import { canary, failure, type Loose, onEmulator } from "../../support";

const { connect, create, update, remove, read, refreshed, planned, calls, client, fault, secrets } = onEmulator(
  aliyunKmsSecret,
  "kms",
);

const inputs = {
  secretName: "shop/db",
  secretData: canary,
  versionId: "v-1",
  secretDataType: "binary",
  encryptionKeyId: "key-1",
  description: "for the shop",
  tags: { a: "1", b: "" },
};

/** Of a secret of the type Generic without more. */
const notThere = [
  ...["extendedConfig", "rotationInterval", "rotationTrigger", "lastRotationDate", "nextRotationDate"],
  ...["dkmsInstanceId", "policy", "requestId"],
];

describe("read", () => {
  it("says what an ARN is where the id is none", async () => {
    expect((await failure(read("app"))).message).toMatch(/"app" is no ARN of a KMS secret; it has to be acs:kms:/);
  });

  it("finds everything by the ARN alone", async () => {
    const { id } = await create({ ...inputs, regionId: "cn-beijing" });
    const { CreateTime, UpdateTime } = secrets()[0];
    expect(await read(id)).toStrictEqual({
      id,
      state: {
        ...inputs,
        regionId: "cn-beijing",
        secretType: "Generic",
        arn: id,
        versions: [{ id: "v-1", stages: ["ACSCurrent"], created: CreateTime }],
        versionStages: [],
        currentVersionId: "v-1",
        automaticRotation: false,
        state: "ENABLED",
        createTime: CreateTime,
        updateTime: UpdateTime,
        ...Object.fromEntries(notThere.map((name) => [name, undefined])),
      },
    });
  });

  it("after a create finds no difference", async () => {
    const created = await create(inputs);
    expect(planned(await refreshed(created), inputs).changed).toEqual([]);
  });

  it("by the ARN alone tells the value at ACSCurrent, whatever came after, and its stages", async () => {
    const { id } = await create(inputs);
    const put = { SecretName: "shop/db", VersionId: "next", SecretData: "next", VersionStages: '["blue"]' };
    await client()("PutSecretValue", "cn-hangzhou", put);
    expect(await read(id)).toMatchObject({ state: { secretData: canary, versionId: "v-1", versionStages: [] } });
    const move = { SecretName: "shop/db", VersionStage: "ACSCurrent", MoveToVersion: "next" };
    await client()("UpdateSecretVersionStage", "cn-hangzhou", move);
    expect(await read(id)).toMatchObject({
      state: { secretData: "next", versionId: "next", versionStages: ["blue"], currentVersionId: "next" },
    });
  });

  it("is three calls, and keeps the id of the request that wrote", async () => {
    const created = await update(await create(inputs), { ...inputs, description: "two" });
    const [first, ...together] = await calls(() => read(created.id, created.state));
    expect([first, ...together.sort()]).toEqual(["DescribeSecret", "GetSecretValue", "ListSecretVersionIds"]);
    expect(await refreshed(created)).toMatchObject({ state: { requestId: created.state.requestId } });
  });

  it("lists the versions page by page", async () => {
    const { id } = await create(inputs);
    const many = Array.from({ length: 45 }, (_, n) => ({
      VersionId: `more-${n}`,
      VersionStages: { VersionStage: [] },
    }));
    const pages: unknown[] = [];
    const paged = async (operation: string, region: string, parameters: Loose) => {
      if (operation !== "ListSecretVersionIds") return client()(operation, region, parameters);
      pages.push(parameters.PageNumber);
      const { VersionIds } = await client()(operation, region, { SecretName: "shop/db" });
      const from = (parameters.PageNumber - 1) * parameters.PageSize;
      const VersionId = [...VersionIds.VersionId, ...many].slice(from, from + Number(parameters.PageSize));
      return { VersionIds: { VersionId }, TotalCount: 46 };
    };
    const found = await aliyunKmsSecret.read(paged, id, {});
    expect(found?.state.versions).toHaveLength(46);
    expect(pages).toEqual(["1", "2", "3"]);
  });

  it("lists the versions anew where one comes between two pages, each once", async () => {
    const { id } = await create(inputs);
    const { VersionIds } = await client()("ListSecretVersionIds", "cn-hangzhou", { SecretName: "shop/db" });
    const more = Array.from({ length: 30 }, (_, n) => ({ VersionId: `more-${n}` }));
    const versions = [...VersionIds.VersionId, ...more];
    let pages = 0;
    const growing = async (operation: string, region: string, parameters: Loose) => {
      if (operation !== "ListSecretVersionIds") return client()(operation, region, parameters);
      if (++pages === 2) versions.unshift({ VersionId: "new" });
      const from = (parameters.PageNumber - 1) * parameters.PageSize;
      const VersionId = versions.slice(from, from + Number(parameters.PageSize));
      return { VersionIds: { VersionId }, TotalCount: versions.length };
    };
    const found = (await aliyunKmsSecret.read(growing, id, {}))?.state.versions as Loose;
    expect(found.map((version: Loose) => version.id)).toEqual(versions.map(({ VersionId }) => VersionId));
    expect(pages).toBe(4);
  });

  it("takes a secret that goes between its calls for gone", async () => {
    const { id } = await create(inputs);
    const vanishing = async (operation: string, region: string, parameters: object) => {
      const reply = await client()(operation, region, parameters);
      const end = { SecretName: "shop/db", ForceDeleteWithoutRecovery: "true" };
      if (operation === "DescribeSecret") await client()("DeleteSecret", region, end);
      return reply;
    };
    expect(await aliyunKmsSecret.read(vanishing, id, {})).toBeUndefined();
  });

  it("needs no stages of a version that has none", async () => {
    const { id, state } = await create(inputs);
    const RequestId = "R";
    const VersionId = [{ VersionId: "next", VersionStages: { VersionStage: ["ACSCurrent"] } }, { VersionId: "v-1" }];
    await using bare = await recorder((response, { headers }) => {
      const replies: Loose = {
        DescribeSecret: { RequestId, Arn: id, SecretName: "shop/db", SecretType: "Generic" },
        ListSecretVersionIds: { RequestId, VersionIds: { VersionId }, TotalCount: 2 },
        GetSecretValue: { RequestId, VersionId: "v-1", SecretData: canary },
      };
      response.end(JSON.stringify(replies[String(headers["x-acs-action"])]));
    });
    connect({ "alicloud:endpoints": JSON.stringify({ kms: bare.url }) });
    expect(await read(id, state)).toMatchObject({ state: { secretData: canary, currentVersionId: "next" } });
  });

  it("knows a secret that is gone from one that never was", async () => {
    const { id, state } = await create({ ...inputs, forceDeleteWithoutRecovery: true });
    await remove({ id, state });
    expect(await read(id, state)).toBeUndefined();
    expect(await read("acs:kms:cn-hangzhou:1234567890123456:secret/never")).toBeUndefined();
  });

  it("takes a secret that waits for deletion for gone, and the next create brings it back", async () => {
    const created = await create(inputs);
    await remove(created);
    expect(await read(created.id, created.state)).toBeUndefined();
    expect(await create(inputs)).toMatchObject({ id: created.id });
    expect(await read(created.id)).toMatchObject({ state: { ...inputs } });
  });
});

describe("read that fails", () => {
  it.each([
    ["a wrong key", { "alicloud:secretKey": "wrong" }],
    ["an access key that is not there, which KMS answers with 404", { "alicloud:accessKey": "nobody" }],
  ])("for %s is an error, not a secret that is gone", async (_, config) => {
    const { id } = await create(inputs);
    connect(config);
    expect(await failure(read(id))).toMatchObject({ kind: "credentials" });
  });

  it.each(["DescribeSecret", "ListSecretVersionIds", "GetSecretValue"])(
    "for a throttled %s is an error after 8 attempts",
    async (operation) => {
      const { id } = await create(inputs);
      fault(operation, { kind: "throttle", retryAfter: 0 });
      const attempts = await calls(async () => expect(await failure(read(id))).toMatchObject({ kind: "throttled" }));
      expect(attempts.filter((name) => name === operation)).toHaveLength(8);
    },
  );

  it.each([
    { kind: "throttle", retryAfter: 0 },
    { kind: "error", status: 500, retryAfter: 0 },
    { kind: "error", status: 503, retryAfter: 0 },
    { kind: "resetBefore" },
    { kind: "truncate" },
    { kind: "garbage" },
    { kind: "html" },
  ] as const)("for a passing $kind is repeated", async (passing) => {
    const { id } = await create(inputs);
    fault("*", { ...passing, times: 1 });
    expect(await read(id)).toMatchObject({ state: { secretData: canary } });
  });

  it("for a clock that is wrong is an error", async () => {
    const { id } = await create(inputs);
    fault("DescribeSecret", { kind: "clockSkew", ms: -3_600_000 });
    expect(await failure(read(id))).toMatchObject({ kind: "clock" });
  });
});
