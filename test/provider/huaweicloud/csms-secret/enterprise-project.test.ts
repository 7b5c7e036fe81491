import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../../provider/definition";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { canary, failure, type Loose, onEmulator } from "../../support";
import { between, hasten, path, projectId } from "../wire";

const { create, update, refreshed, planned, calls, emulated, huawei, healed, secrets } = onEmulator(csmsSecret, "csms");

const home = { name: "db", projectId, secretString: canary };
const one = "0f8d1b6e-1a11-4a5b-9d3a-000000000001";
const there = { ...home, enterpriseProjectId: one };
const moving = ["eps.MigrateResource", "ShowSecret"];

const faultOfEps = (operation: string, fault: object) =>
  huawei("POST", "/_emulator/faults", { faults: [{ operation: `eps.${operation}`, ...fault }] });

/** CSMS goes on showing the secret where it was. */
function lagging() {
  between(async ({ method, path: asked }, served) => {
    if (method !== "GET" || asked !== path()) return undefined;
    const { secret } = (await (await served()).json()) as Loose;
    return Response.json({ secret: { ...secret, enterprise_project_id: "0" } });
  });
}

describe("enterpriseProjectId", () => {
  it("is where the secret is made, without a move", async () => {
    expect(await calls(() => create(there))).toEqual(["CreateSecret"]);
    expect(secrets()).toMatchObject([{ enterpriseProjectId: one }]);
  });

  it("changes by a move, which is over when the update is", async () => {
    const created = await create(home);
    const updated = await update(created, there);
    expect(secrets()).toMatchObject([{ id: created.id, enterpriseProjectId: one, versions: [{ id: "v1" }] }]);
    expect(emulated().eps.moves).toEqual([]);
    expect(updated.state).toMatchObject({ enterpriseProjectId: one, updateTime: undefined });
  });

  it("changes there and back, each by one move, after which there is nothing to do", async () => {
    hasten();
    let updated = await create(home);
    for (const wanted of [there, { ...home, enterpriseProjectId: "0" }]) {
      expect(
        await calls(async () => {
          updated = await update(updated, wanted);
        }),
      ).toEqual(moving);
      expect(secrets()).toMatchObject([{ enterpriseProjectId: wanted.enterpriseProjectId }]);
      expect(await calls(() => update(updated, wanted))).toEqual([]);
      expect(planned(await refreshed(updated), wanted)).toMatchObject({ changed: [], replaces: [] });
    }
  });

  it("sends what EPS needs to know of a secret", async () => {
    const { id } = await create(home);
    hasten();
    const asked: Loose[] = [];
    between((request) => asked.push(request));
    await update({ id, state: { ...home, ...(await refreshed({ id, state: home })).state } }, there);
    expect(asked.find(({ method }) => method === "POST")).toMatchObject({
      path: `/v1.0/enterprise-projects/${one}/resources-migrate`,
      body: { resource_id: id, resource_type: "csms", project_id: projectId, region_id: "cn-north-4" },
    });
  });

  it.each([undefined, one])("left out changes nothing, and 0 is the default project", async (before) => {
    const created = await create({ ...home, enterpriseProjectId: before });
    expect(await calls(() => update(created, home))).toEqual([]);
    expect(planned(await refreshed(created), home).changed).toEqual([]);
    expect(planned(created, { ...home, enterpriseProjectId: "0" }).changed).toEqual(
      before ? ["enterpriseProjectId"] : [],
    );
  });

  it("that somebody changed is seen, and the next update moves it back", async () => {
    hasten();
    const created = await create(there);
    await huawei("POST", "/v1.0/enterprise-projects/0/resources-migrate", {
      resource_id: created.id,
      resource_type: "csms",
      project_id: projectId,
    });
    const drifted = await refreshed(await refreshed(created));
    expect(planned(drifted, there).changed).toEqual(["enterpriseProjectId"]);
    await update(drifted, there);
    expect(secrets()).toMatchObject([{ enterpriseProjectId: one }]);
  });

  it("is moved after all that CSMS itself changes", async () => {
    hasten();
    const created = await create(home);
    const wanted = { ...there, secretString: `${canary} 2`, tags: { a: "1" } };
    const operations = ["CreateSecretVersion", "BatchCreateOrDeleteTags", ...moving];
    expect(await calls(() => update(created, wanted))).toEqual(operations);
  });
});

describe("a move whose answer is lost", () => {
  it.each(["loseAnswer", "resetBefore", "truncate"])("by %s is repeated", async (kind) => {
    const created = await create(home);
    hasten();
    await faultOfEps("MigrateResource", { kind, times: 1 });
    await update(created, there);
    expect(secrets()).toMatchObject([{ enterpriseProjectId: one }]);
  });
});

describe("a move that CSMS does not show for long", () => {
  it("is looked up at EPS, and is done where that lists the secret", async () => {
    const created = await create(home);
    hasten(100_000);
    lagging();
    const updated = await update(created, there);
    expect(updated.state).toMatchObject({ enterpriseProjectId: one });
    expect(await calls(() => update(created, there))).toEqual([...moving, "eps.FilterResources"]);
  });

  it.each([
    ["lists another of that name", () => Response.json({ resources: [{ resource_id: "other" }] })],
    ["lists none", () => Response.json({ resources: null })],
    ["knows no such project", () => Response.json({ error: { error_code: "EPS.0005" } }, { status: 404 })],
  ])("is an error where EPS %s", async (_, answer) => {
    const created = await create(home);
    hasten(100_000);
    lagging();
    between(({ path: asked }) => (asked.endsWith("/resources/filter") ? answer() : undefined));
    const error = await failure(update(created, there));
    expect(error.message).toBe(
      `EPS MigrateResource of secret "db" failed: it was accepted, but within 90 s the secret has not come to the enterprise project ${one}. The next \`pulumi up\` looks again.`,
    );
    expect(error).not.toBeInstanceOf(PartialFailure);
  });
});

describe("a move that EPS refuses", () => {
  it.each([
    ["for a project that is not there", "is-not-found", undefined, "notFound", /EPS\.0005/],
    ["for lack of a permission", one, { kind: "quota" }, "denied", /EPS\.0004.*Allow the operation/],
    ["for too many calls", one, { kind: "throttle", retryAfter: 0 }, "throttled", /EPS\.0006/],
  ])("%s keeps the rest, and says so", async (_, enterpriseProjectId, refusal, kind, message) => {
    const created = await create(home);
    hasten();
    if (refusal) await faultOfEps("MigrateResource", refusal);
    const wanted = { ...home, enterpriseProjectId, description: "two", secretString: `${canary} 2` };
    const error = await failure(update(created, wanted));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error.cause).toMatchObject({ kind });
    expect(error.message).toMatch(/^EPS MigrateResource of secret "db" failed: /);
    expect(error.message).toMatch(message);
    expect(error.observed.state).toMatchObject({ description: "two", versionId: "v2", enterpriseProjectId: "0" });
    expect(planned(error.observed, wanted).changed).toEqual(["enterpriseProjectId"]);
    healed();
    expect(await calls(() => update(error.observed, { ...wanted, enterpriseProjectId: one }))).toEqual(moving);
  });

  it("with nothing else to change is an ordinary error", async () => {
    const created = await create(home);
    const error = await failure(update(created, { ...home, enterpriseProjectId: "is-not-found" }));
    expect(error).toMatchObject({ kind: "notFound", code: "EPS.0005", status: 404 });
    expect(secrets()).toMatchObject([{ enterpriseProjectId: "0" }]);
  });
});
