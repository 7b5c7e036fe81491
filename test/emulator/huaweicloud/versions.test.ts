import { describe, expect, it } from "vitest";
import { type Content, testCsms, topError } from "./client";

const versions = "/secrets/db/versions";
const stage = "/secrets/db/stages";

function withSecret() {
  const test = testCsms();
  test.api("POST", "/secrets", { name: "db", secret_string: "1" });
  const put = (secret_string: string, more = {}) => test.api("POST", versions, { secret_string, ...more });
  const stages = () =>
    Object.fromEntries(
      test.api("GET", versions).content.version_metadatas.map((v: Content) => [v.id, v.version_stages.join()]),
    );
  return { ...test, put, stages };
}

describe("CreateSecretVersion", () => {
  it("numbers versions and moves SYSCURRENT", () => {
    const { put, stages, clock, api } = withSecret();
    clock.time += 5;
    const { status, content } = put("2");
    const { kms_key_id } = api("GET", "/secrets/db").content.secret;
    expect(status).toBe(200);
    expect(content).toEqual({
      version_metadata: {
        id: "v2",
        create_time: clock.time,
        expire_time: null,
        kms_key_id,
        secret_name: "db",
        version_stages: ["SYSCURRENT"],
      },
    });
    expect(stages()).toEqual({ v1: "SYSPREVIOUS", v2: "SYSCURRENT" });
    put("3");
    expect(stages()).toEqual({ v1: "", v2: "SYSPREVIOUS", v3: "SYSCURRENT" });
    expect(api("GET", "/secrets/db").content.secret.update_time).toBe(clock.time);
  });

  it("is not idempotent: the same value is another version", () => {
    const { put } = withSecret();
    expect([put("2"), put("2")].map(({ content }) => content.version_metadata.id)).toEqual(["v2", "v3"]);
  });

  it("puts the stages that are named, and leaves SYSCURRENT unless it is one of them", () => {
    const { put, stages } = withSecret();
    put("2", { version_stages: ["blue"] });
    expect(stages()).toEqual({ v1: "SYSCURRENT", v2: "blue" });
    put("3", { version_stages: ["blue", "SYSCURRENT"] });
    expect(stages()).toEqual({ v1: "SYSPREVIOUS", v2: "", v3: "SYSCURRENT,blue" });
  });

  it("may switch between text and binary, and end", () => {
    const { api } = withSecret();
    const expire_time = 1900000000000;
    expect(api("POST", versions, { secret_binary: "AAEC", expire_time }).content.version_metadata).toMatchObject({
      expire_time,
    });
    expect(api("GET", `${versions}/v2`).content.version).toMatchObject({ secret_string: null, secret_binary: "AAEC" });
  });

  it("removes the oldest version without stages for a 21st", () => {
    const { put, stages } = withSecret();
    for (let i = 2; i <= 20; i++) put(String(i), i === 5 ? { version_stages: ["kept"] } : {});
    put("21");
    expect(Object.keys(stages())).toHaveLength(20);
    expect(stages()).not.toHaveProperty("v1");
    for (let i = 22; i <= 26; i++) put(String(i));
    expect(Object.keys(stages()).slice(0, 2)).toEqual(["v5", "v8"]);
  });

  it("still has room for a 21st with every stage in use", () => {
    const { put, api, stages } = withSecret();
    for (let i = 1; i <= 12; i++) put("x", { version_stages: [`s${i}`] });
    for (let i = 14; i <= 21; i++) expect(put("x").status).toBe(200);
    expect(api("GET", versions).content.page_info.current_count).toBe(20);
    expect(Object.values(stages()).filter(Boolean)).toHaveLength(14);
  });

  it.each([
    ["secret_string", {}],
    ["secret_string", { secret_string: "a", secret_binary: "AAEC" }],
    ["secret_binary", { secret_binary: "?" }],
    ["version_stages", { secret_string: "a", version_stages: [] }],
    ["version_stages", { secret_string: "a", version_stages: ["x".repeat(65)] }],
    ["version_stages", { secret_string: "a", version_stages: ["a.b"] }],
    ["version_stages", { secret_string: "a", version_stages: ["SYSCURRENT", "SYSPREVIOUS"] }],
    ["version_stages", { secret_string: "a", version_stages: Array.from({ length: 13 }, (_, i) => `s${i}`) }],
    ["expire_time", { secret_string: "a", expire_time: 1900000000 }],
    ["expire_time", { secret_string: "a", expire_time: 1900000000001 }],
    ["expire_time", { secret_string: "a", expire_time: testCsms().clock.time }],
  ])("refuses a wrong %s (%#)", (field, body) => {
    const { api } = withSecret();
    const reply = api("POST", versions, body);
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toContain(`: ${field}`);
  });

  it("refuses a secret that is not there or not ENABLED", () => {
    const { api, put } = withSecret();
    expect(topError(api("POST", "/secrets/none/versions", { secret_string: "1" }))).toEqual([404, "CSMS.0106"]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(put("2"))).toEqual([403, "CSMS.0109"]);
  });
});

describe("ShowSecretVersion", () => {
  it("answers with the value, and notes when", () => {
    const { api, clock } = withSecret();
    clock.time += 1000;
    const { version } = api("GET", `${versions}/v1`).content;
    expect(version).toEqual({
      version_metadata: expect.objectContaining({ id: "v1", version_stages: ["SYSCURRENT"] }),
      secret_string: "1",
      secret_binary: null,
    });
    const { secret } = api("GET", "/secrets/db").content;
    expect(secret).toMatchObject({ last_used_time: clock.time, update_time: clock.time - 1000 });
  });

  it("has the newest as latest, not the current one", () => {
    const { api, put } = withSecret();
    put("2", { version_stages: ["green"] });
    expect(api("GET", `${versions}/latest`).content.version.secret_string).toBe("2");
  });

  it("refuses a version that is not there, and what is no version", () => {
    const { api } = withSecret();
    expect(topError(api("GET", `${versions}/v2`))).toEqual([404, "CSMS.0005"]);
    expect(topError(api("GET", `${versions}/newest`))).toEqual([400, "CSMS.0002"]);
    expect(topError(api("GET", "/secrets/none/versions/v1"))).toEqual([404, "CSMS.0106"]);
  });
});

describe("ListSecretVersions", () => {
  it("pages by number, without values", () => {
    const { api, put } = withSecret();
    for (let i = 2; i <= 11; i++) put("hidden");
    const page = api("GET", versions, undefined, { limit: 5, marker: "v6" }).content;
    expect(page.version_metadatas.map((v: Content) => v.id)).toEqual(["v6", "v7", "v8", "v9", "v10"]);
    expect(page.page_info).toEqual({ next_marker: "v11", previous_marker: "v1", current_count: 5 });
    expect(JSON.stringify(page)).not.toContain("hidden");
  });

  it("refuses a marker that is no version, and a secret that is not there", () => {
    const { api } = withSecret();
    expect(topError(api("GET", versions, undefined, { marker: "1" }))).toEqual([400, "CSMS.0002"]);
    expect(topError(api("GET", "/secrets/none/versions"))).toEqual([404, "CSMS.0106"]);
  });
});

describe("UpdateVersion", () => {
  it("takes an end that is still to come, and no other", () => {
    const { api, clock, put } = withSecret();
    const set = (expire_time: number) => api("PUT", `${versions}/v1`, { expire_time });
    expect(topError(set(clock.time))).toEqual([400, "CSMS.0002"]);
    expect(set(clock.time).content.error_msg).toContain(": expire_time");
    expect(set(clock.time + 1000).status).toBe(200);
    expect(put("2", { expire_time: clock.time + 1000 }).status).toBe(200);
    clock.time += 1000;
    expect(topError(set(clock.time))).toEqual([400, "CSMS.0002"]);
    expect(topError(put("3", { expire_time: clock.time }))).toEqual([400, "CSMS.0002"]);
  });

  it("sets the end", () => {
    const { api } = withSecret();
    const { content } = api("PUT", `${versions}/v1`, { expire_time: 1900000000000 });
    expect(content.version_metadata).toMatchObject({ id: "v1", expire_time: 1900000000000 });
    expect(api("GET", versions).content.version_metadatas).toEqual([content.version_metadata]);
  });

  it("refuses a wrong time, a version that is not there, and a secret that is not ENABLED", () => {
    const { api } = withSecret();
    const body = { expire_time: 1900000000000 };
    expect(topError(api("PUT", `${versions}/v1`, {}))).toEqual([400, "CSMS.0002"]);
    expect(topError(api("PUT", `${versions}/v1`, { expire_time: "1900000000000" }))).toEqual([400, "CSMS.0002"]);
    expect(topError(api("PUT", `${versions}/v9`, body))).toEqual([404, "CSMS.0005"]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api("PUT", `${versions}/v1`, body))).toEqual([403, "CSMS.0109"]);
  });
});

describe("stages", () => {
  it("ShowSecretStage tells where a stage is and since when", () => {
    const { api, clock } = withSecret();
    const expected = { name: "SYSCURRENT", update_time: clock.time, secret_name: "db", version_id: "v1" };
    clock.time += 1000;
    expect(api("GET", `${stage}/SYSCURRENT`).content).toEqual({ stage: expected });
    expect(topError(api("GET", `${stage}/SYSPREVIOUS`))).toEqual([404, "CSMS.0005"]);
    expect(topError(api("GET", "/secrets/none/stages/SYSCURRENT"))).toEqual([404, "CSMS.0106"]);
  });

  it("UpdateSecretStage makes and moves a stage", () => {
    const { api, put, stages, clock } = withSecret();
    put("2");
    clock.time += 1000;
    const { status, content } = api("PUT", `${stage}/blue`, { version_id: "v1" });
    expect(status).toBe(200);
    expect(content).toEqual({
      stage: { name: "blue", update_time: clock.time, secret_name: "db", version_id: "v1" },
    });
    api("PUT", `${stage}/blue`, { version_id: "v2" });
    expect(stages()).toEqual({ v1: "SYSPREVIOUS", v2: "SYSCURRENT,blue" });
  });

  it("rolling SYSCURRENT back takes SYSPREVIOUS along", () => {
    const { api, put, stages } = withSecret();
    put("2");
    put("3");
    api("PUT", `${stage}/SYSCURRENT`, { version_id: "v1" });
    expect(stages()).toEqual({ v1: "SYSCURRENT", v2: "", v3: "SYSPREVIOUS" });
    api("PUT", `${stage}/SYSCURRENT`, { version_id: "v1" });
    expect(stages()).toEqual({ v1: "SYSCURRENT", v2: "", v3: "SYSPREVIOUS" });
  });

  it("CreateSecretStage puts a stage on a version", () => {
    const { api, stages } = withSecret();
    expect(api("POST", stage, { name: "blue", version_id: "v1" }).content.stage).toMatchObject({ name: "blue" });
    expect(stages()).toEqual({ v1: "SYSCURRENT,blue" });
  });

  it("DeleteSecretStage removes a custom stage only", () => {
    const { api, stages } = withSecret();
    api("PUT", `${stage}/blue`, { version_id: "v1" });
    expect(api("DELETE", `${stage}/blue`).status).toBe(204);
    expect(stages()).toEqual({ v1: "SYSCURRENT" });
    expect(topError(api("DELETE", `${stage}/blue`))).toEqual([404, "CSMS.0005"]);
    expect(topError(api("DELETE", `${stage}/SYSCURRENT`))).toEqual([400, "CSMS.0105"]);
    expect(topError(api("DELETE", `${stage}/SYSPREVIOUS`))).toEqual([400, "CSMS.0105"]);
  });

  it("refuses a 13th custom stage, by each of the three ways", () => {
    const { api, put } = withSecret();
    for (let i = 1; i <= 12; i++) api("PUT", `${stage}/s${i}`, { version_id: "v1" });
    expect(topError(api("PUT", `${stage}/s13`, { version_id: "v1" }))).toEqual([400, "CSMS.0204"]);
    expect(topError(api("POST", stage, { name: "s13", version_id: "v1" }))).toEqual([400, "CSMS.0204"]);
    expect(topError(put("2", { version_stages: ["s13"] }))).toEqual([400, "CSMS.0204"]);
    expect(put("2").content.version_metadata.id).toBe("v2");
    expect(api("PUT", `${stage}/s12`, { version_id: "v2" }).status).toBe(200);
  });

  it.each([
    ["PUT", `${stage}/blue`, {}],
    ["PUT", `${stage}/blue`, { version_id: "1" }],
    ["PUT", `${stage}/${"x".repeat(65)}`, { version_id: "v1" }],
    ["PUT", `${stage}/a.b`, { version_id: "v1" }],
    ["GET", `${stage}/a.b`, undefined],
    ["DELETE", `${stage}/a.b`, undefined],
    ["POST", stage, { name: "a:b", version_id: "v1" }],
    ["POST", stage, { version_id: "v1" }],
    ["POST", stage, { name: "", version_id: "v1" }],
  ])("refuses %s %s with %o", (method, path, body) => {
    const { api } = withSecret();
    expect(topError(api(method, path, body))).toEqual([400, "CSMS.0002"]);
  });

  it.each([
    ["PUT", `${stage}/blue`],
    ["POST", stage],
    ["DELETE", `${stage}/blue`],
  ])("refuses %s %s on a secret that waits for deletion, or a version that is not there", (method, path) => {
    const { api } = withSecret();
    const body = { name: "blue", version_id: "v9" };
    expect(topError(api(method, path, body))).toEqual([404, "CSMS.0005"]);
    api("POST", "/secrets/db/scheduled-deleted-tasks/create", { recovery_window_in_days: 7 });
    expect(topError(api(method, path, body))).toEqual([400, "CSMS.0103"]);
  });
});
