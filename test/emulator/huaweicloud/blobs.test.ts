import { describe, expect, it, vi } from "vitest";
import { type Content, project, testCsms, topError } from "./client";

const backup = "/secrets/db/backup";
const restore = "/secrets/restore";
const schedule = "/secrets/db/scheduled-deleted-tasks/create";
const hour = 3_600_000;

/** A secret that has some of everything, and its blob. */
function withBlob(more = {}) {
  const test = testCsms();
  const { api } = test;
  const { secret } = api("POST", "/secrets", {
    name: "db",
    secret_string: "s3cr3t",
    description: "d",
    ...more,
  }).content;
  api("POST", "/secrets/db/versions", { secret_binary: "AAEC", expire_time: 1900000000000 });
  api("PUT", "/secrets/db/stages/blue", { version_id: "v1" });
  api("POST", `/csms/${secret.id}/tags`, { tag: { key: "env", value: "dev" } });
  const { status, content } = api("POST", backup);
  return { ...test, id: secret.id as string, status, content, secret_blob: content.secret_blob as string };
}

function held(service: ReturnType<typeof testCsms>["service"]): Content {
  return (service.state() as Content).secrets;
}

describe("DownloadSecretBlob", () => {
  it("answers with base64 that shows nothing of the secret, and is another each time", () => {
    const { api, status, content, secret_blob } = withBlob();
    expect([status, Object.keys(content)]).toEqual([200, ["secret_blob"]]);
    const bytes = Buffer.from(secret_blob, "base64");
    expect(bytes.toString("base64")).toBe(secret_blob);
    for (const known of ["s3cr3t", "AAEC", "blue", "env"]) expect(bytes.includes(known)).toBe(false);
    expect(api("POST", backup).content.secret_blob).not.toBe(secret_blob);
  });

  it("changes nothing", () => {
    const { api, service } = withBlob();
    const before = held(service);
    api("POST", backup);
    expect(held(service)).toEqual(before);
  });

  it("refuses a secret that is not there or not ENABLED", () => {
    const { api } = withBlob();
    expect(topError(api("POST", "/secrets/none/backup"))).toEqual([404, "CSMS.0106"]);
    api("POST", schedule, { recovery_window_in_days: 7 });
    expect(topError(api("POST", backup))).toEqual([403, "CSMS.0109"]);
  });

  it("refuses a wrong name", () => {
    expect(topError(testCsms().api("POST", "/secrets/d.b/backup"))).toEqual([400, "CSMS.0002"]);
  });
});

describe("UploadSecretBlob", () => {
  it("makes the secret anew, with its versions, stages and tags", () => {
    const { api, service, clock, id, secret_blob } = withBlob();
    const [before] = held(service);
    api("DELETE", "/secrets/db");
    clock.time += hour;
    const { status, content } = api("POST", restore, { secret_blob });
    expect(status).toBe(200);
    expect(content).toEqual({ secret: api("GET", "/secrets/db").content.secret });
    expect(content.secret.id).not.toBe(id);
    const anew = { id: content.secret.id, createTime: clock.time, updateTime: clock.time };
    expect(held(service)).toEqual([{ ...before, ...anew }]);
  });

  it("holds what was there at the download, and nothing of later", () => {
    const { api, secret_blob } = withBlob();
    api("POST", "/secrets/db/versions", { secret_string: "later" });
    api("DELETE", "/secrets/db");
    api("POST", restore, { secret_blob });
    const { version } = api("GET", "/secrets/db/versions/latest").content;
    expect(version).toMatchObject({ secret_binary: "AAEC", version_metadata: { id: "v2" } });
  });

  it("goes on with the numbers of the versions", () => {
    const { api, secret_blob } = withBlob();
    api("DELETE", "/secrets/db");
    api("POST", restore, { secret_blob });
    const put = api("POST", "/secrets/db/versions", { secret_string: "3" });
    expect(put.content.version_metadata).toMatchObject({ id: "v3", version_stages: ["SYSCURRENT"] });
  });

  it("shares nothing between two secrets of one blob", () => {
    const { api, service, secret_blob } = withBlob();
    const once = () => {
      api("DELETE", "/secrets/db");
      return api("POST", restore, { secret_blob }).content.secret.id;
    };
    const first = once();
    api("POST", `/csms/${first}/tags`, { tag: { key: "more" } });
    api("POST", "/secrets/db/versions", { secret_string: "3" });
    expect(once()).not.toBe(first);
    expect(held(service)).toMatchObject([{ tags: { env: "dev" }, versions: [{ id: "v1" }, { id: "v2" }] }]);
    expect(held(service)[0].tags).not.toHaveProperty("more");
  });

  it("counts a period of rotation from now", () => {
    const rotation_config = JSON.stringify({ InstanceId: "bin01", SecretSubType: "SingleUser" });
    const rotation = { auto_rotation: true, rotation_period: "4h", rotation_func_urn: "urn", rotation_config };
    const { api, clock, secret_blob } = withBlob({ secret_type: "RDS-FG", ...rotation });
    api("DELETE", "/secrets/db");
    clock.time += 9 * hour;
    const { secret } = api("POST", restore, { secret_blob }).content;
    expect(secret).toMatchObject({ ...rotation, next_rotation_time: clock.time + 4 * hour });
    expect(api("GET", "/secrets/db/versions").content.version_metadatas).toHaveLength(2);
  });

  it("still reads a blob after a reset", () => {
    const { api, service, secret_blob } = withBlob();
    service.reset();
    expect(api("POST", restore, { secret_blob }).status).toBe(200);
  });

  it("takes back the blob of the largest secret", () => {
    const { api } = testCsms();
    const secret_string = `€${"x".repeat(64 * 1024 - 3)}`;
    api("POST", "/secrets", { name: "db", secret_string });
    for (let i = 2; i <= 20; i++) api("POST", "/secrets/db/versions", { secret_string });
    const { secret_blob } = api("POST", backup).content;
    api("DELETE", "/secrets/db");
    expect(api("POST", restore, { secret_blob }).status).toBe(200);
    expect(api("GET", "/secrets/db/versions/v20").content.version.secret_string).toBe(secret_string);
  });

  it("refuses a name that is taken, or waits for deletion", () => {
    const { api, id, secret_blob } = withBlob();
    expect(topError(api("POST", restore, { secret_blob }))).toEqual([400, "CSMS.0101"]);
    api("POST", schedule, { recovery_window_in_days: 7 });
    expect(topError(api("POST", restore, { secret_blob }))).toEqual([400, "CSMS.0103"]);
    expect(api("GET", "/secrets/db").content.secret).toMatchObject({ id, state: "PENDING_DELETE" });
  });
});

describe("a blob that is not whole", () => {
  const changed = (blob: string, change: (bytes: Buffer) => Uint8Array) =>
    Buffer.from(change(Buffer.from(blob, "base64"))).toString("base64");
  const flipped = (at: number) => (blob: string) => changed(blob, (bytes) => bytes.with(at, (bytes.at(at) ?? 0) ^ 1));

  it.each<[string, (blob: string) => unknown]>([
    ["nothing", () => undefined],
    ["null", () => null],
    ["a number", () => 1],
    ["an empty one", () => ""],
    ["no base64", (blob) => `${blob}\n`],
    ["one that is too long", () => "A".repeat(5 * 1024 * 1024 + 4)],
    ["one that is too short", (blob) => changed(blob, (bytes) => bytes.subarray(0, 27))],
    ["one without content", (blob) => changed(blob, (bytes) => bytes.subarray(0, 28))],
    ["one that ends early", (blob) => changed(blob, (bytes) => bytes.subarray(0, -1))],
    ["one that goes on", (blob) => changed(blob, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
    ["another start", flipped(0)],
    ["another tag", flipped(12)],
    ["another end", flipped(-1)],
  ])("refuses %s", (_what, change) => {
    const { api, secret_blob } = withBlob();
    api("DELETE", "/secrets/db");
    const sent = change(secret_blob);
    expect(sent).not.toBe(secret_blob);
    const reply = api("POST", restore, { secret_blob: sent });
    expect(topError(reply)).toEqual([400, "CSMS.0002"]);
    expect(reply.content.error_msg).toContain(": secret_blob");
    expect(api("GET", "/secrets").content.secrets).toEqual([]);
  });

  it("refuses one of another project", () => {
    const { call, secret_blob } = withBlob();
    const path = `/v1/${[...project].reverse().join("")}${restore}`;
    expect(topError(call(path, { method: "POST", body: { secret_blob } }))).toEqual([400, "CSMS.0002"]);
  });

  it("refuses one of another run", async () => {
    const { secret_blob } = withBlob();
    vi.resetModules();
    const again = await import("./client.js");
    expect(topError(again.testCsms().api("POST", restore, { secret_blob }))).toEqual([400, "CSMS.0002"]);
  });
});

it("a secret may be named restore", () => {
  const { api } = testCsms();
  api("POST", "/secrets", { name: "restore", secret_string: "1" });
  expect(api("GET", restore).content.secret).toMatchObject({ name: "restore" });
  expect(api("PUT", restore, { description: "d" }).status).toBe(200);
  const { secret_blob } = api("POST", `${restore}/backup`).content;
  expect(api("DELETE", restore).status).toBe(204);
  expect(api("POST", restore, { secret_blob }).content.secret).toMatchObject({ name: "restore", description: "d" });
});
