import { describe, expect, it } from "vitest";
import { defaultKeyIdOf, domainIdOf } from "../../../emulator/huaweicloud/identity";
import { accessKey, project, testCsms, topError } from "./client";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const key = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
const day = 24 * 3600 * 1000;
const plainSecret = { name: "db", secret_string: "s3cr3t" };

describe("CreateSecret", () => {
  it("answers with every field, and with the defaults", () => {
    const { api, clock } = testCsms();
    const { status, headers, content } = api("POST", "/secrets", plainSecret);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-request-id": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(content).toEqual({
      secret: {
        id: expect.stringMatching(uuid),
        name: "db",
        state: "ENABLED",
        kms_key_id: defaultKeyIdOf(project),
        description: null,
        create_time: clock.time,
        update_time: clock.time,
        scheduled_delete_time: null,
        secret_type: "COMMON",
        auto_rotation: false,
        rotation_period: null,
        rotation_config: null,
        rotation_time: null,
        next_rotation_time: null,
        last_used_time: null,
        event_subscriptions: [],
        enterprise_project_id: "0",
        rotation_func_urn: null,
        domain_id: domainIdOf(accessKey),
        replica_type: "STANDALONE",
        replicas: [],
      },
    });
    expect(content.secret.kms_key_id).toMatch(uuid);
  });

  it("keeps what is given", () => {
    const { api } = testCsms();
    const given = { kms_key_id: key, description: "main", event_subscriptions: ["ops"], enterprise_project_id: "ep-1" };
    expect(api("POST", "/secrets", { ...plainSecret, ...given }).content.secret).toMatchObject(given);
  });

  it("takes null for absent, and an empty subscription for none", () => {
    const { api } = testCsms();
    const { content } = api("POST", "/secrets", {
      ...plainSecret,
      secret_binary: null,
      kms_key_id: null,
      event_subscriptions: [""],
    });
    expect(content.secret).toMatchObject({ kms_key_id: defaultKeyIdOf(project), event_subscriptions: [] });
  });

  it("takes a value of 64 KB and a description of 2,048 bytes", () => {
    const { api } = testCsms();
    const { status } = api("POST", "/secrets", {
      name: "a",
      secret_string: "é".repeat(32768),
      description: "é".repeat(1024),
    });
    expect(status).toBe(200);
    expect(api("POST", "/secrets", { name: "b", secret_binary: Buffer.alloc(65536).toString("base64") }).status).toBe(
      200,
    );
  });

  it.each([
    ["name", { name: "a.b" }],
    ["name", { name: "a".repeat(65) }],
    ["name", { name: undefined }],
    ["name", { name: 1 }],
    ["secret_string", { secret_string: undefined }],
    ["secret_string", { secret_string: "" }],
    ["secret_string", { secret_binary: "AAEC" }],
    ["secret_string", { secret_string: `${"é".repeat(32768)}s` }],
    ["secret_binary", { secret_string: undefined, secret_binary: "no base64!" }],
    ["secret_binary", { secret_string: undefined, secret_binary: Buffer.alloc(65537).toString("base64") }],
    ["kms_key_id", { kms_key_id: "csms/default" }],
    ["description", { description: `${"é".repeat(1024)}x` }],
    ["secret_type", { secret_type: "RDS" }],
    ["auto_rotation", { auto_rotation: "true" }],
    ["rotation_period", { rotation_period: "3h" }],
    ["rotation_config", { rotation_config: " ".repeat(1025) }],
    ["event_subscriptions", { event_subscriptions: ["a", "b"] }],
    ["event_subscriptions", { event_subscriptions: ["a b"] }],
    ["enterprise_project_id", { enterprise_project_id: "" }],
  ])("refuses a wrong %s (%#)", (field, change) => {
    const { api } = testCsms();
    const reply = api("POST", "/secrets", { ...plainSecret, ...change });
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toMatch(new RegExp(`^The value of parameter is invalid: ${field}\\b`));
    expect(reply.content.error_msg).not.toContain("s3cr3t");
  });

  it("names all that is wrong at once", () => {
    const { api } = testCsms();
    const { content } = api("POST", "/secrets", { ...plainSecret, name: "", kms_key_id: "" });
    expect(content.error_msg).toMatch(/name: .*; kms_key_id: /);
  });

  it("refuses a name that lives, and one that waits for deletion", () => {
    const { api } = testCsms();
    api("POST", "/secrets", plainSecret);
    expect(topError(api("POST", "/secrets", plainSecret))).toEqual([400, "CSMS.0101"]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api("POST", "/secrets", plainSecret))).toEqual([400, "CSMS.0103"]);
  });

  it("keeps projects apart", () => {
    const { call, api } = testCsms();
    api("POST", "/secrets", plainSecret);
    const other = `/v1/${"0".repeat(32)}/secrets`;
    const { status, content } = call(other, { method: "POST", body: plainSecret });
    expect(status).toBe(200);
    expect(content.secret.kms_key_id).not.toBe(defaultKeyIdOf(project));
    expect(call(other).content.secrets).toHaveLength(1);
  });
});

describe("ShowSecret", () => {
  it("answers with the metadata, never the value", () => {
    const { api } = testCsms();
    const created = api("POST", "/secrets", plainSecret);
    const shown = api("GET", "/secrets/db");
    expect(shown.content).toEqual(created.content);
    expect(JSON.stringify(shown)).not.toContain("s3cr3t");
  });

  it("answers 404 for a name that is not there, 400 for one that cannot be", () => {
    const { api } = testCsms();
    expect(topError(api("GET", "/secrets/none"))).toEqual([404, "CSMS.0106"]);
    expect(topError(api("GET", "/secrets/a.b"))).toEqual([400, "CSMS.0002"]);
  });
});

describe("UpdateSecret", () => {
  it("changes what is sent and leaves the rest", () => {
    const { api, clock } = testCsms();
    const { secret } = api("POST", "/secrets", {
      ...plainSecret,
      description: "old",
      event_subscriptions: ["a"],
    }).content;
    clock.time += 1000;
    const changed = api("PUT", "/secrets/db", { kms_key_id: key, event_subscriptions: ["b"] }).content.secret;
    expect(changed).toEqual({ ...secret, kms_key_id: key, event_subscriptions: ["b"], update_time: clock.time });
    expect(api("PUT", "/secrets/db", {}).content.secret).toEqual(changed);
  });

  it("encrypts only new versions with a new key", () => {
    const { api } = testCsms();
    api("POST", "/secrets", plainSecret);
    api("PUT", "/secrets/db", { kms_key_id: key });
    api("POST", "/secrets/db/versions", { secret_string: "2" });
    const keys = api("GET", "/secrets/db/versions").content.version_metadatas.map(
      (v: { kms_key_id: string }) => v.kms_key_id,
    );
    expect(keys).toEqual([defaultKeyIdOf(project), key]);
  });

  it("clears a description, and subscriptions, which then read as one empty name", () => {
    const { api, service } = testCsms();
    api("POST", "/secrets", { ...plainSecret, description: "old", event_subscriptions: ["a"] });
    const { secret } = api("PUT", "/secrets/db", { description: "", event_subscriptions: [] }).content;
    expect(secret).toMatchObject({ description: "", event_subscriptions: [""] });
    expect(service.state()).toMatchObject({ secrets: [{ eventSubscriptions: [] }] });
  });

  it.each([
    ["kms_key_id", { kms_key_id: "x" }],
    ["description", { description: "x".repeat(2049) }],
    ["auto_rotation", { auto_rotation: true }],
    ["rotation_period", { rotation_period: "1" }],
    ["event_subscriptions", { event_subscriptions: "a" }],
  ])("refuses a wrong %s", (field, change) => {
    const { api } = testCsms();
    api("POST", "/secrets", plainSecret);
    const reply = api("PUT", "/secrets/db", change);
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toContain(field);
  });

  it("refuses a secret that is not there, and one that waits for deletion", () => {
    const { api } = testCsms();
    expect(topError(api("PUT", "/secrets/db", {}))).toEqual([404, "CSMS.0106"]);
    api("POST", "/secrets", plainSecret);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api("PUT", "/secrets/db", {}))).toEqual([400, "CSMS.0103"]);
  });
});

describe("DeleteSecret", () => {
  it("removes at once and frees the name, for another id", () => {
    const { api } = testCsms();
    const { id } = api("POST", "/secrets", plainSecret).content.secret;
    const reply = api("DELETE", "/secrets/db");
    expect([reply.status, reply.content]).toEqual([204, undefined]);
    expect(reply.headers).toHaveProperty("x-request-id");
    expect(topError(api("DELETE", "/secrets/db"))).toEqual([404, "CSMS.0106"]);
    expect(api("POST", "/secrets", plainSecret).content.secret.id).not.toBe(id);
  });

  it("refuses a secret that waits for deletion", () => {
    const { api } = testCsms();
    api("POST", "/secrets", plainSecret);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api("DELETE", "/secrets/db"))).toEqual([400, "CSMS.0103"]);
    expect(api("GET", "/secrets/db").status).toBe(200);
  });
});

describe("DeleteSecretForSchedule and RestoreSecret", () => {
  const schedule = "/secrets/db/scheduled-deleted-tasks/create";
  const restore = "/secrets/db/scheduled-deleted-tasks/cancel";

  it("hides the value until restored", () => {
    const { api, clock } = testCsms();
    const { secret } = api("POST", "/secrets", plainSecret).content;
    const waiting = { ...secret, state: "PENDING_DELETE", scheduled_delete_time: clock.time + 7 * day };
    expect(api("POST", schedule, { recovery_window_in_days: 7 }).content.secret).toEqual(waiting);
    expect(api("GET", "/secrets/db").content.secret).toEqual(waiting);
    expect(topError(api("GET", "/secrets/db/versions/latest"))).toEqual([403, "CSMS.0109"]);
    expect(api("POST", restore).content.secret).toEqual(secret);
    expect(api("GET", "/secrets/db/versions/latest").content.version.secret_string).toBe("s3cr3t");
  });

  it("is final when the window is over, and the name is free", () => {
    const { api, clock, service } = testCsms();
    api("POST", "/secrets", plainSecret);
    api("POST", schedule, { recovery_window_in_days: 30 });
    clock.time += 30 * day - 1;
    expect(service.state()).toMatchObject({ secrets: [{ state: "PENDING_DELETE" }] });
    clock.time += 1;
    expect(service.state()).toMatchObject({ secrets: [] });
    expect(topError(api("POST", restore))).toEqual([404, "CSMS.0106"]);
    expect(api("POST", "/secrets", plainSecret).status).toBe(200);
  });

  it.each([6, 31, 7.5, "7", undefined])("refuses a window of %s days", (recovery_window_in_days) => {
    const { api } = testCsms();
    api("POST", "/secrets", plainSecret);
    expect(topError(api("POST", schedule, { recovery_window_in_days }))).toEqual([400, "CSMS.0002"]);
  });

  it("refuses twice the same, and a secret that is not there", () => {
    const { api } = testCsms();
    expect(topError(api("POST", schedule, { recovery_window_in_days: 7 }))).toEqual([404, "CSMS.0106"]);
    expect(topError(api("POST", restore))).toEqual([404, "CSMS.0106"]);
    api("POST", "/secrets", plainSecret);
    expect(topError(api("POST", restore))).toEqual([400, "CSMS.0108"]);
    api("POST", schedule, { recovery_window_in_days: 7 });
    expect(topError(api("POST", schedule, { recovery_window_in_days: 7 }))).toEqual([400, "CSMS.0107"]);
  });
});
