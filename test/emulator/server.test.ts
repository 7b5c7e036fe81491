import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CREDENTIALS, type Emulator, startEmulator } from "../../emulator/server";
import { acs3 } from "./alicloud/acs3";
import { control, exchange } from "./http";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const create = (SecretName: string) =>
  acs3(emulator.port, "CreateSecret", { SecretName, SecretData: "hunter2", VersionId: "v1" });

describe("the address", () => {
  it("is on 127.0.0.1 only", async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal }) => !internal);
    // a machine without a network has no other address to try
    if (!outside) return;
    const refused = new Promise((resolve) => {
      connect(emulator.port, outside.address)
        .once("error", resolve)
        .once("connect", () => resolve("connected"));
    });
    expect(await refused).toMatchObject({ code: "ECONNREFUSED" });
  });

  it.each(["localhost", "127.0.0.1", "[::1]", "kms.cn-beijing.localhost"])("goes by the host %s", async (name) => {
    for (const host of [name, `${name}:${emulator.port}`]) {
      expect((await exchange(emulator.port, { path: "/_emulator/state", headers: { host } })).status).toBe(200);
    }
  });

  it.each([
    "example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "127.0.0.1.nip.io",
    "notlocalhost",
    "localhost.",
    "10.0.0.1",
    "0.0.0.0",
    "127.0.0.1@x",
  ])("does not go by the host %s, a name that a web page elsewhere could use", async (host) => {
    for (const path of ["/_emulator/state", "/", "/v1/p/secrets"]) {
      const { status } = await exchange(emulator.port, { path, headers: { host } });
      // a host that is no URL at all is refused as such
      expect([400, 403]).toContain(status);
    }
  });

  it("refuses what a web page elsewhere has a browser send, and takes that of one here", async () => {
    const reset = (origin: string) =>
      exchange(emulator.port, { method: "POST", path: "/_emulator/reset", headers: { host: "localhost", origin } });
    for (const origin of ["https://example.org", "null", "http://localhost.example.org"])
      expect((await reset(origin)).status).toBe(403);
    expect((await reset("http://localhost:3000")).status).toBeLessThan(300);
  });

  it.each([
    ["no host", "/_emulator/state HTTP/1.0"],
    ["an empty host", "/_emulator/state HTTP/1.1", "Host: "],
    ["two hosts", "/_emulator/state HTTP/1.1", "Host: localhost", "Host: example.org"],
    ["the same host twice", "/_emulator/state HTTP/1.1", "Host: localhost", "Host: localhost"],
    ["a target elsewhere", "http://example.org/_emulator/state HTTP/1.1", "Host: localhost"],
    ["a target here and a host elsewhere", "http://localhost/_emulator/state HTTP/1.1", "Host: example.org"],
  ])("refuses a request with %s", async (_, target, ...headers) => {
    const socket = connect(emulator.port, "127.0.0.1");
    socket.write([`GET ${target}`, ...headers, "Connection: close", "", ""].join("\r\n"));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(answer).not.toContain("secrets");
  });

  it("answers JSON 404 where there is nothing", async () => {
    for (const path of ["/", "/elsewhere", "/?Version=2014-05-26&Action=DescribeInstances", "/_emulator/none"]) {
      const answer = await exchange(emulator.port, { path });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([404, { error: expect.any(String) }]);
    }
  });

  it("rejects when its port is taken", async () => {
    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("/_emulator", () => {
  it("shows the state of all services", async () => {
    await create("db");
    const { json } = await control(emulator.url, "state");
    const names = ["kms", "gpdb", "sts", "ecsMetadata", "csms", "iam", "eps", "metadata"];
    expect(Object.keys(json as object)).toEqual(names);
    expect(JSON.stringify(json)).toContain("hunter2");
    expect(json).toEqual(JSON.parse(JSON.stringify(emulator.state())));
  });

  it("shows the calls in order, without values, from any one on", async () => {
    emulator.reset();
    await create("db");
    await create("db");
    await acs3(emulator.port, "GetSecretValue", { SecretName: "db" }, { secretKey: "other" });
    await acs3(emulator.port, "DropSecret", { SecretName: "hunter2" });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const expected = [
      { service: "kms", operation: "kms.CreateSecret", time, status: 200 },
      { service: "kms", operation: "kms.CreateSecret", time, status: 409 },
      { service: "kms", operation: "kms.GetSecretValue", time, status: 400 },
      { service: "kms", operation: "kms.Unknown", time, status: 404 },
    ];
    const { json } = await control(emulator.url, "calls");
    expect(json).toEqual(expected);
    expect(JSON.stringify(json)).not.toContain("hunter2");
    expect(emulator.calls(2)).toEqual(expected.slice(2));
    expect((await control(emulator.url, "calls?since=3")).json).toEqual(expected.slice(3));
    expect((await control(emulator.url, "calls?since=x")).json).toEqual(expected);
  });

  it("shows and forgets what EPS does to the secrets of CSMS", async () => {
    const headers = { "x-auth-token": DEFAULT_CREDENTIALS.token };
    const post = async (path: string, body: object) => {
      const answer = await exchange(emulator.port, { method: "POST", path, headers, body: JSON.stringify(body) });
      return answer.text === "" ? undefined : JSON.parse(answer.text);
    };
    emulator.reset();
    const project_id = "0".repeat(32);
    const { secret } = await post(`/v1/${project_id}/secrets`, { name: "db", secret_string: "1" });
    const resource = { resource_id: secret.id, resource_type: "csms", project_id };
    await post("/v1.0/enterprise-projects/ep/resources-migrate", resource);
    const filter = { resource_types: ["csms"], projects: [project_id] };
    const { resources } = await post("/v1.0/enterprise-projects/0/resources/filter", filter);
    expect(resources).toMatchObject([{ resource_id: secret.id }]);
    const { json } = await control(emulator.url, "state");
    expect(json).toMatchObject({ csms: { secrets: [{ name: "db" }] }, eps: { moves: [{ to: "ep" }] } });
    const operations = emulator.calls().map(({ operation }) => operation);
    expect(operations).toEqual(["csms.CreateSecret", "eps.MigrateResource", "eps.FilterResources"]);
    emulator.reset();
    expect((await control(emulator.url, "state")).json).toMatchObject({ csms: { secrets: [] }, eps: { moves: [] } });
  });

  it("forgets everything on reset, spent nonces too", async () => {
    const headers = { "x-acs-signature-nonce": "once" };
    const list = () => acs3(emulator.port, "ListSecrets", {}, { headers });
    await create("db");
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(400);
    emulator.addFaults({ faults: [{ operation: "*", kind: "quota" }] });
    expect(await control(emulator.url, "reset", { method: "POST" })).toEqual({ status: 200, json: {} });
    expect((await control(emulator.url, "state")).json).toMatchObject({ kms: { secrets: [] } });
    expect((await control(emulator.url, "calls")).json).toEqual([]);
    expect((await control(emulator.url, "faults")).json).toEqual({ faults: [] });
    expect((await list()).status).toBe(200);
  });
});

describe("options", () => {
  it("tell of each request to a service as it came, before it is answered", async () => {
    const told: [string, string, number][] = [];
    const watched = await startEmulator({
      onRequest: ({ rawPath, body }) => told.push([rawPath, body.toString(), watched.calls().length]),
    });
    await acs3(watched.port, "DescribeSecret", { SecretName: "db" });
    await control(watched.url, "calls");
    await exchange(watched.port, { path: "/elsewhere" });
    expect(told).toEqual([
      ["/", "SecretName=db", 0],
      ["/elsewhere", "", 1],
    ]);
    await watched.close();
  });

  it("take other credentials in place of the usual ones", async () => {
    const other = await startEmulator({ accessKey: "AK", secretKey: "SK", token: "T" });
    const status = async (accessKey: string, secretKey: string) =>
      (await acs3(other.port, "ListSecrets", {}, { accessKey, secretKey })).status;
    expect(await status("AK", "SK")).toBe(200);
    expect(await status(DEFAULT_CREDENTIALS.accessKey, DEFAULT_CREDENTIALS.secretKey)).toBe(404);
    const csms = (token: string) =>
      exchange(other.port, { path: `/v1/${"0".repeat(32)}/secrets`, headers: { "x-auth-token": token } });
    expect((await csms("T")).status).toBe(200);
    expect((await csms(DEFAULT_CREDENTIALS.token)).status).not.toBe(200);
    await other.close();
  });

  it("hold answers back, those of the services only", async () => {
    const slow = await startEmulator({ latencyMs: 300 });
    const before = performance.now();
    await acs3(slow.port, "ListSecrets", {});
    const afterCall = performance.now();
    await control(slow.url, "state");
    expect(afterCall - before).toBeGreaterThanOrEqual(299);
    expect(performance.now() - afterCall).toBeLessThan(299);
    await slow.close();
  });
});

describe("close", () => {
  it("ends idle, stalled and held connections at once", async () => {
    const closing = await startEmulator({ latencyMs: 60_000 });
    const idle = connect(closing.port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    const idleEnded = new Promise((resolve) => idle.once("close", resolve));
    const held = acs3(closing.port, "ListSecrets", {}).catch((error: Error) => error);
    while (closing.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = performance.now();
    await closing.close();
    await idleEnded;
    expect(await held).toBeInstanceOf(Error);
    expect(performance.now() - before).toBeLessThan(1000);
    await expect(fetch(closing.url)).rejects.toThrow();
  });
});
