import { describe, expect, it } from "vitest";
import { assumptions } from "../../../emulator/huaweicloud/assumptions";
import { defaultKeyIdOf, projectIdOf } from "../../../emulator/huaweicloud/identity";
import { regions } from "../../../emulator/huaweicloud/regions";
import { type Content, nestedError, project, testCsms, topError } from "./client";

const { replicationMs, rotationMs } = assumptions;
const key = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const there = "cn-east-3";
const replicas = "/secrets/db/replicas";
const schedule = "/secrets/db/scheduled-deleted-tasks/create";
const rotation = {
  secret_type: "RDS-FG",
  rotation_config: JSON.stringify({ InstanceId: "bin01", SecretSubType: "SingleUser" }),
  rotation_func_urn: "urn",
};

/** A secret, and calls to other regions. */
function withSecret(more = {}) {
  const test = testCsms();
  const { api, call } = test;
  const declared = { name: "db", secret_string: "s3cr3t", description: "d", ...more };
  const secret: Content = api("POST", "/secrets", declared).content.secret;
  const at = (region: string, method: string, path: string, body?: unknown) =>
    call(`/v1/${projectIdOf(region)}${path}`, { method, body });
  const replicate = (region = there, options = {}) => api("POST", replicas, { region, ...options });
  const shown = (region?: string): Content =>
    (region ? at(region, "GET", "/secrets/db") : api("GET", "/secrets/db")).content.secret;
  return { ...test, secret, at, replicate, shown };
}

describe("CreateSecretReplica", () => {
  it("answers with the primary, and is in sync in its time", () => {
    const { replicate, shown, clock, secret } = withSecret();
    const { status, content } = replicate();
    const replica = {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kms_key_id: defaultKeyIdOf(projectIdOf(there)),
      project_id: projectIdOf(there),
      region: there,
      replica_type: "REPLICA",
      status: "IN_PROGRESS",
      created_at: clock.time,
      updated_at: clock.time,
    };
    expect(status).toBe(200);
    expect(content).toEqual({ secret: { ...secret, replica_type: "PRIMARY", replicas: [replica] } });
    clock.time += replicationMs - 1;
    expect(shown().replicas).toEqual([replica]);
    clock.time += 1;
    const inSync = { ...replica, status: "IN_SYNC", updated_at: clock.time };
    expect(shown().replicas).toEqual([inSync]);
    clock.time += 1000;
    expect(shown().replicas).toEqual([inSync]);
  });

  it("makes a secret of its own there, with the value and the rest of the primary", () => {
    const { replicate, shown, at, api, secret, clock } = withSecret({ event_subscriptions: ["ops"] });
    api("POST", `/csms/${secret.id}/tags`, { tag: { key: "env", value: "dev" } });
    clock.time += 1000;
    const { id } = replicate(there, { kms_key_id: key }).content.secret.replicas[0];
    const own = { id, kms_key_id: key, create_time: clock.time, event_subscriptions: [], replica_type: "REPLICA" };
    expect(shown(there)).toEqual({ ...secret, ...own });
    expect(id).not.toBe(secret.id);
    const { version } = at(there, "GET", "/secrets/db/versions/latest").content;
    expect(version).toMatchObject({ secret_string: "s3cr3t", version_metadata: { id: "v1", kms_key_id: key } });
    expect(at(there, "GET", `/csms/${id}/tags`).content.tags).toEqual([{ key: "env", value: "dev" }]);
    expect(at(there, "GET", "/secrets").content.secrets).toHaveLength(1);
  });

  it("notes the use of each secret at that one alone", () => {
    const { replicate, shown, at, clock } = withSecret();
    replicate();
    at(there, "GET", "/secrets/db/versions/v1");
    clock.time += 1000;
    expect([shown(there).last_used_time, shown().last_used_time]).toEqual([clock.time - 1000, null]);
  });

  it.each([
    ["a region that is none", "cn-none-1"],
    ["no region", undefined],
    ["the secret's own region", "cn-north-4"],
  ])("refuses %s", (_, region) => {
    const { api, shown } = withSecret();
    const reply = api("POST", replicas, { region });
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toContain(": region");
    expect(shown().replica_type).toBe("STANDALONE");
  });

  it("refuses a wrong key", () => {
    expect(topError(withSecret().replicate(there, { kms_key_id: "csms/default" }))).toEqual([400, "CSMS.0002"]);
  });

  it("refuses a region that has one, and one where the name is taken", () => {
    const { replicate, at, api, shown } = withSecret();
    replicate();
    expect(topError(replicate())).toEqual([400, "CSMS.0101"]);
    at("cn-south-1", "POST", "/secrets", { name: "db", secret_string: "theirs" });
    expect(topError(replicate("cn-south-1"))).toEqual([400, "CSMS.0101"]);
    at("cn-south-1", "POST", schedule, { recovery_window_in_days: 7 });
    expect(topError(replicate("cn-south-1"))).toEqual([400, "CSMS.0103"]);
    expect(shown().replicas).toHaveLength(1);
    expect(topError(at(there, "POST", "/secrets", { name: "db", secret_string: "1" }))).toEqual([400, "CSMS.0101"]);
    expect(topError(api("POST", "/secrets/none/replicas", { region: there }))).toEqual([404, "CSMS.0106"]);
  });

  it("refuses a secret that waits for deletion, and a replica", () => {
    const { replicate, at, api } = withSecret();
    replicate();
    expect(topError(at(there, "POST", replicas, { region: "cn-south-1" }))).toEqual([400, "CSMS.0003"]);
    api("DELETE", `${replicas}/${there}`);
    api("POST", schedule, { recovery_window_in_days: 7 });
    expect(topError(replicate())).toEqual([400, "CSMS.0103"]);
  });

  it("is for a project of no known region, too", () => {
    const { call } = testCsms();
    const unknown = `/v1/${"0".repeat(32)}/secrets`;
    call(unknown, { method: "POST", body: { name: "db", secret_string: "1" } });
    for (const region of [there, "cn-north-4"])
      expect(call(`${unknown}/db/replicas`, { method: "POST", body: { region } }).status).toBe(200);
  });
});

describe("a replica", () => {
  it("follows the value, the description, the tags and the stages of its primary", () => {
    const { replicate, shown, at, api, secret } = withSecret();
    const { id } = replicate().content.secret.replicas[0];
    api("PUT", "/secrets/db", { description: "new" });
    api("POST", "/secrets/db/versions", { secret_string: "2" });
    api("PUT", "/secrets/db/stages/blue", { version_id: "v1" });
    api("POST", `/csms/${secret.id}/tags`, { tag: { key: "env", value: "dev" } });
    expect(shown(there).description).toBe("new");
    const stages = at(there, "GET", "/secrets/db/versions").content.version_metadatas.map(
      (version: Content) => version.version_stages,
    );
    expect(stages).toEqual([["SYSPREVIOUS", "blue"], ["SYSCURRENT"]]);
    expect(at(there, "GET", "/secrets/db/versions/latest").content.version.secret_string).toBe("2");
    expect(at(there, "GET", `/csms/${id}/tags`).content.tags).toEqual([{ key: "env", value: "dev" }]);
    api("DELETE", `/csms/${secret.id}/tags/env`);
    expect(at(there, "GET", `/csms/${id}/tags`).content.tags).toEqual([]);
  });

  it("follows a rotation, and has none of its own", () => {
    const { replicate, shown, at, api, clock, service } = withSecret({
      ...rotation,
      auto_rotation: true,
      rotation_period: "4h",
    });
    replicate();
    expect(nestedError(at(there, "POST", "/secrets/db/rotate"))).toEqual([400, "CSMS.0003"]);
    api("POST", "/secrets/db/rotate");
    clock.time += rotationMs;
    expect(shown(there)).toMatchObject({ auto_rotation: true, rotation_time: clock.time });
    clock.time += 4 * 3_600_000;
    const versions = [{}, {}, { id: "v3" }];
    expect(service.state()).toMatchObject({ secrets: [{ versions }, { versions }], tasks: [{}, {}] });
  });

  it("refuses changes of its own", () => {
    const { replicate, at, shown } = withSecret();
    const { id } = replicate().content.secret.replicas[0];
    const before = shown(there);
    const refused = [400, "CSMS.0003"];
    const change = (method: string, path: string, body?: unknown) => at(there, method, `/secrets/db${path}`, body);
    expect(topError(change("PUT", "", { description: "x" }))).toEqual(refused);
    expect(topError(change("POST", "/versions", { secret_string: "x" }))).toEqual(refused);
    expect(topError(change("PUT", "/versions/v1", { expire_time: 1900000000000 }))).toEqual(refused);
    expect(topError(change("PUT", "/stages/blue", { version_id: "v1" }))).toEqual(refused);
    expect(topError(change("POST", "/stages", { name: "blue", version_id: "v1" }))).toEqual(refused);
    expect(topError(change("DELETE", "/stages/blue"))).toEqual(refused);
    const tags = `/csms/${id}/tags`;
    expect(nestedError(at(there, "POST", tags, { tag: { key: "a" } }))).toEqual(refused);
    expect(nestedError(at(there, "DELETE", `${tags}/a`))).toEqual(refused);
    const batch = { action: "create", tags: [{ key: "a" }] };
    expect(nestedError(at(there, "POST", `${tags}/action`, batch))).toEqual(refused);
    expect(shown(there)).toEqual(before);
  });

  it("is not deleted in its own region, now or later", () => {
    const { replicate, at, shown } = withSecret();
    replicate();
    expect(topError(at(there, "DELETE", "/secrets/db"))).toEqual([400, "CSMS.0003"]);
    expect(topError(at(there, "POST", schedule, { recovery_window_in_days: 7 }))).toEqual([400, "CSMS.0003"]);
    expect(topError(at(there, "DELETE", `${replicas}/${there}`))).toEqual([400, "CSMS.0003"]);
    expect(shown(there).state).toBe("ENABLED");
  });

  it("has a blob, whose secret stands alone", () => {
    const { replicate, at, api, shown } = withSecret();
    replicate();
    const blobs = [api("POST", "/secrets/db/backup"), at(there, "POST", "/secrets/db/backup")];
    api("DELETE", `${replicas}/${there}`);
    api("DELETE", "/secrets/db");
    const [secret_blob, blobThere] = blobs.map(({ content }) => content.secret_blob);
    api("POST", "/secrets/restore", { secret_blob });
    at(there, "POST", "/secrets/restore", { secret_blob: blobThere });
    const alone = { replica_type: "STANDALONE", replicas: [] };
    expect([shown(), shown(there)]).toMatchObject([alone, alone]);
    expect(at(there, "PUT", "/secrets/db", { description: "own" }).status).toBe(200);
  });
});

describe("DeleteSecretReplica", () => {
  it("removes the secret there, and leaves the primary to itself after the last", () => {
    const { replicate, shown, at, api, secret } = withSecret();
    replicate();
    replicate("cn-south-1");
    const reply = api("DELETE", `${replicas}/${there}`);
    expect([reply.status, reply.content]).toEqual([204, undefined]);
    expect(topError(at(there, "GET", "/secrets/db"))).toEqual([404, "CSMS.0106"]);
    expect(shown()).toMatchObject({ replica_type: "PRIMARY", replicas: [{ region: "cn-south-1" }] });
    api("DELETE", `${replicas}/cn-south-1`);
    expect(shown()).toEqual(secret);
    expect(at(there, "POST", "/secrets", { name: "db", secret_string: "theirs" }).status).toBe(200);
  });

  it("refuses a region that has none, and a secret that is not there", () => {
    const { api, at } = withSecret();
    at(there, "POST", "/secrets", { name: "db", secret_string: "theirs" });
    for (const region of [there, "cn-none-1"])
      expect(topError(api("DELETE", `${replicas}/${region}`))).toEqual([404, "CSMS.0005"]);
    expect(topError(api("DELETE", `/secrets/none/replicas/${there}`))).toEqual([404, "CSMS.0106"]);
    expect(at(there, "GET", "/secrets/db").status).toBe(200);
  });
});

describe("a primary", () => {
  it("is not deleted, now or later, while it has replicas", () => {
    const { replicate, api } = withSecret();
    replicate();
    expect(topError(api("DELETE", "/secrets/db"))).toEqual([400, "CSMS.0003"]);
    expect(topError(api("POST", schedule, { recovery_window_in_days: 7 }))).toEqual([400, "CSMS.0003"]);
    api("DELETE", `${replicas}/${there}`);
    expect(api("DELETE", "/secrets/db").status).toBe(204);
  });
});

it("ListSupportRegions names every region", () => {
  const { content } = testCsms().api("GET", "/csms/replica-regions");
  expect(content).toEqual({ regions, total: 30 });
  expect(new Set(regions).size).toBe(30);
});

it("the state shows each of them as what it is", () => {
  const { replicate, service, clock } = withSecret();
  const [{ id }] = replicate().content.secret.replicas;
  const replica = { id, projectId: projectIdOf(there), region: there, status: "IN_PROGRESS", createdAt: clock.time };
  expect(service.state()).toMatchObject({
    secrets: [
      { projectId: project, replicaType: "PRIMARY", replicas: [replica] },
      {
        id,
        projectId: projectIdOf(there),
        replicaType: "REPLICA",
        replicas: [],
        versions: [{ secretString: "s3cr3t" }],
      },
    ],
  });
});
