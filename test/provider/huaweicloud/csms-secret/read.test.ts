import { describe, expect, it } from "vitest";
import type { Values } from "../../../../provider/fields";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { between, path, projectId, told } from "../wire";

const { client, connect, create, remove, read, refreshed, planned, calls, huawei, fault, secrets } = onEmulator(
  csmsSecret,
  "csms",
);

const minimal = { name: "db", projectId, secretString: canary };
const configured = "0123456789abcdef0123456789abcdef";
const full = {
  ...minimal,
  description: "for the shop",
  kmsKeyId: "0d0466b0-e727-4d9c-b35d-f84bb474a37f",
  secretType: "GaussDB-FG",
  autoRotation: true,
  rotationPeriod: "36h",
  rotationConfig: '{ "InstanceId": "g-1", "SecretSubType": "MultiUser" }',
  rotationFuncUrn: "urn:fss:one",
  eventSubscriptions: ["alarm"],
  enterpriseProjectId: "0",
  tags: { a: "1", b: "" },
};

describe("read", () => {
  it("finds everything by the id alone, asking IAM for the project", async () => {
    const { id, state } = await create(full);
    const { updateTime, lastUsedTime, ...known } = state;
    expect(await read(id)).toMatchObject({ id, state: { ...known, tags: full.tags } });
  });

  it("finds a secret by its id among more than a page of them", async () => {
    const names = Array.from({ length: 130 }, (_, n) => `s${String(n).padStart(3, "0")}`);
    for (const name of names) await huawei("POST", `/v1/${projectId}/secrets`, { name, secret_string: name });
    for (const at of [0, 99, 100, 129]) {
      const { id, name } = secrets()[at];
      expect(await read(id)).toMatchObject({ id, state: { name, secretString: name } });
    }
    expect(await read("00000000-0000-0000-0000-000000000000")).toBeUndefined();
  });

  it("finds a secret of another region by its id and the region", async () => {
    const { id } = await create({ name: "db", secretString: canary, region: "ap-southeast-1" });
    expect(await read(id)).toBeUndefined();
    expect(await read(id, { region: "ap-southeast-1" })).toMatchObject({ id });
  });

  it("finds a secret of the configured project by its id, with its name or without, and asks IAM nothing", async () => {
    const { id } = await create({ ...minimal, projectId: configured });
    connect({ "huaweicloud:projectId": configured });
    for (const known of [{}, { name: "db" }]) {
      const called = await calls(async () =>
        expect(await read(id, known)).toMatchObject({ id, state: { projectId: configured, secretString: canary } }),
      );
      expect(called.filter((operation) => operation.startsWith("iam."))).toEqual([]);
    }
  });

  it("by the id alone needs a region", async () => {
    connect({ "huaweicloud:region": "" });
    expect(await failure(read("id"))).toMatchObject({
      kind: "settings",
      message: expect.stringContaining(
        "huaweicloud:region in the configuration (the stack's, or the CloudSecretsProvider's)",
      ),
    });
  });

  it.each<[string, Values, string[]]>([
    ["in four calls", minimal, ["ListSecretTags", "ListSecretVersions", "ShowSecret", "ShowSecretVersion"]],
    ["without reading a value that the service rotates", full, ["ListSecretTags", "ListSecretVersions", "ShowSecret"]],
  ])("after a create finds no difference, %s", async (_, inputs, operations) => {
    const created = await create(inputs);
    expect(planned(await refreshed(created), inputs).changed).toEqual([]);
    const called = await calls(() => read(created.id, created.state));
    expect(called[0]).toBe("ShowSecret");
    expect(called.sort()).toEqual(operations);
  });

  it("tells the value of the version that it knew, wherever SYSCURRENT is, and which one has that", async () => {
    const { id, state } = await create(minimal);
    await huawei("POST", path("/versions"), { secret_string: "next", version_stages: ["blue"] });
    const known = { secretString: canary, versionId: "v1", versionStages: [] };
    expect(await read(id, state)).toMatchObject({ state: { ...known, currentVersionId: "v1" } });
    await huawei("PUT", path("/stages/SYSCURRENT"), { version_id: "v2" });
    const { state: moved } = (await read(id, state)) as Loose;
    expect(moved).toMatchObject({ ...known, currentVersionId: "v2" });
    expect(told(moved.versions)).toEqual([
      { id: "v1", stages: ["SYSPREVIOUS"] },
      { id: "v2", stages: ["SYSCURRENT", "blue"] },
    ]);
  });

  it("tells the current value where no version was known", async () => {
    const { id } = await create(minimal);
    await huawei("POST", path("/versions"), { secret_string: "next", version_stages: ["SYSCURRENT", "blue"] });
    await huawei("POST", path("/versions"), { secret_string: "later", version_stages: ["green"] });
    const { state } = (await read(id)) as Loose;
    expect(state).toMatchObject({ secretString: "next", versionId: "v2", versionStages: ["blue"] });
  });

  it("tells the current value where the version that was known is gone", async () => {
    const { id, state } = await create(minimal);
    for (let n = 2; n <= 22; n++) await huawei("POST", path("/versions"), { secret_string: `${n}` });
    expect(await read(id, state)).toMatchObject({ state: { secretString: "22", versionId: "v22" } });
  });

  it("lists more versions than a page holds", async () => {
    const { id, state } = await create(minimal);
    for (let n = 2; n <= 5; n++) await huawei("POST", path("/versions"), { secret_string: `${n}` });
    between(async ({ path: asked, query }, served) => {
      if (!asked.endsWith("/versions") || query.has("marker")) return undefined;
      const { version_metadatas: all } = (await (await served()).json()) as Loose;
      return Response.json({ version_metadatas: all.slice(0, 3), page_info: { next_marker: "v4" } });
    });
    const { state: found } = (await read(id, state)) as Loose;
    expect(found.versions.map((version: Loose) => version.id)).toEqual(["v1", "v2", "v3", "v4", "v5"]);
  });

  it("takes the one empty name of a cleared subscription for none", async () => {
    const created = await create({ ...minimal, eventSubscriptions: ["alarm"] });
    await huawei("PUT", path(""), { event_subscriptions: [] });
    expect((await huawei("GET", path(""))).secret.event_subscriptions).toEqual([""]);
    expect(await refreshed(created)).toMatchObject({ state: { eventSubscriptions: [] } });
    expect(planned(await refreshed(created), minimal).changed).toEqual([]);
  });

  it("finds nothing where the secret is gone, or waits for deletion", async () => {
    const created = await create(minimal);
    await remove(created);
    expect(await read(created.id, created.state)).toBeUndefined();
    expect(await read(created.id)).toBeUndefined();
    await remove({ ...created, state: { ...created.state, forceDeleteWithoutRecovery: true } });
    expect(secrets()).toEqual([]);
    expect(await read(created.id, created.state)).toBeUndefined();
  });

  it("takes another secret of the same name for none", async () => {
    const created = await create({ ...minimal, forceDeleteWithoutRecovery: true });
    await remove(created);
    await create(minimal);
    expect(await read(created.id, created.state)).toBeUndefined();
  });

  it.each(["DISABLED", "FROZEN"])("keeps the value that it knew of a secret that is %s", async (state) => {
    const created = await create(minimal);
    await huawei("PUT", path(""), { description: "drifted" });
    const { csms, ...rest } = client();
    const called: string[] = [];
    // No operation brings a secret into these states, so only the answer is changed.
    const inState = async (action: string, request: object) => {
      called.push(action);
      const reply = await csms(action, request);
      return action === "ShowSecret" ? { secret: { ...reply.secret, state } } : reply;
    };
    expect(await csmsSecret.read({ ...rest, csms: inState }, created.id, created.state)).toMatchObject({
      id: created.id,
      state: { state, secretString: canary, versionId: "v1", versionStages: [], description: "drifted" },
    });
    expect(called).toEqual(["ShowSecret", "ListSecretTags"]);
  });
});

describe("read that fails", () => {
  it.each(["ShowSecret", "ListSecretTags", "ListSecretVersions", "ShowSecretVersion"])(
    "for a throttled %s is an error after 8 attempts, not a secret that is gone",
    async (operation) => {
      const { id, state } = await create(minimal);
      fault(operation, { kind: "throttle", retryAfter: 0 });
      const attempts = await calls(async () =>
        expect(await failure(read(id, state))).toMatchObject({ kind: "throttled", status: 429 }),
      );
      expect(attempts.filter((name) => name === operation)).toHaveLength(8);
    },
  );

  it("with wrong credentials is an error", async () => {
    const { id, state } = await create(minimal);
    connect({ "huaweicloud:secretKey": "wrong" });
    expect(await failure(read(id, state))).toMatchObject({ kind: "credentials", status: 401 });
    expect(await failure(read(id))).toMatchObject({ kind: "credentials" });
  });

  it.each([
    { kind: "throttle", retryAfter: 0 },
    { kind: "error", status: 500, retryAfter: 0 },
    { kind: "error", status: 503, retryAfter: 0 },
    { kind: "resetBefore" },
    { kind: "truncate" },
    { kind: "garbage" },
    { kind: "html" },
  ] as const)("for a passing $kind is repeated", async (passing) => {
    const { id, state } = await create(minimal);
    fault("*", { ...passing, times: 1 });
    expect(await read(id, state)).toMatchObject({ id, state: { secretString: canary } });
  });
});
