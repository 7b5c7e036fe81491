import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import { refused, send } from "../../provider/transport";
import { failureOf } from "./failures";
import { type Answer, recorder } from "./recorder";

const canary = "canary-2d81";
const request = { method: "POST", headers: { "x-secret": canary }, body: `SecretData=${canary}` };
const sendTo = (url: string, timeoutMs?: number) =>
  send("KMS CreateSecret", { ...request, url: new URL(url) }, timeoutMs);

/** The error of a call; none of what it was sent with may stand in it. */
const failureAt = (url: string, timeoutMs?: number) => failureOf(sendTo(url, timeoutMs), "canary");

describe("an answer", () => {
  it("comes back with its status, headers and body, also cut within a character", async () => {
    await using server = await recorder((response) => {
      const [start, end] = [Buffer.from('{"a":"é"}').subarray(0, 7), Buffer.from('{"a":"é"}').subarray(7)];
      response.writeHead(404, { "x-request-id": "r1" }).write(start);
      setTimeout(() => response.end(end), 20);
    });
    const reply = await sendTo(`${server.url}/p`);
    expect([reply.status, reply.headers.get("x-request-id"), reply.body]).toEqual([404, "r1", { a: "é" }]);
    expect(server.requests).toMatchObject([
      { method: "POST", url: "/p", headers: { "x-secret": canary }, body: request.body },
    ]);
  });

  it("may be empty where there is nothing to say, or it is a failure: what to make of it is the client's", async () => {
    for (const status of [204, 404, 502]) {
      await using none = await recorder({ status });
      expect(await sendTo(none.url)).toMatchObject({ status, body: {} });
    }
  });
});

it("a port that nothing is ever sent to is an endpoint that is wrong, and no call that may have been carried out", async () => {
  const error = await failureOf(sendTo("http://127.0.0.1:6000"));
  expect(error).toMatchObject({ kind: "settings", mayHaveActed: false });
  expect(error.message).toContain("nothing is ever sent to the port of 127.0.0.1:6000");
});

describe("an answer that is none", () => {
  const mayHaveActed = { kind: "unavailable", mayHaveActed: true };

  it("is a redirect, which is not followed", async () => {
    await using elsewhere = await recorder({ body: "{}" });
    for (const status of [301, 302, 303, 307, 308, 304]) {
      await using server = await recorder({ status, headers: { location: elsewhere.url } });
      const error = await failureAt(server.url);
      expect(error).toMatchObject({ ...mayHaveActed, status });
      expect(error.message).toContain("the service answered with a redirect, which is not followed");
    }
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([200, 404, 502])("is no JSON, with HTTP %d", async (status) => {
    for (const body of ["<html></html>", '{"SecretData":"canary', "canary", "\0\ufffd"]) {
      await using server = await recorder({ status, body });
      const error = await failureAt(server.url);
      expect(error).toMatchObject({ ...mayHaveActed, status });
      expect(error.message).toContain("the reply is no JSON; something on the way to the service may have answered (");
    }
  });

  it("is larger than any of the services gives, which ends the reading", async () => {
    let sent = 0;
    await using server = await recorder(async (response) => {
      for (; sent < 64 && !response.destroyed; sent++) {
        response.write(Buffer.alloc(1024 * 1024));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const error = await failureAt(server.url);
    expect(error).toMatchObject({ ...mayHaveActed, status: 200 });
    expect(error.message).toContain("the reply is larger than 4194304 bytes");
    expect(sent).toBeLessThan(64);
  });

  it.each<[string, Answer["headers"], number]>([
    ["headers", undefined, 0],
    ["half a body", { "content-length": "100" }, 200],
  ])("does not come in time after %s", async (_, headers, status) => {
    await using server = await recorder((response) => status && response.writeHead(status, headers).write("{"));
    const started = performance.now();
    const error = await failureAt(server.url, 150);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(error).toMatchObject(mayHaveActed);
    expect(error.message).toBe(
      `KMS CreateSecret failed: no answer from ${new URL(server.url).host} within 0.15 s. Try again.`,
    );
  });

  it("breaks off in the middle, or before it starts", async () => {
    await using truncated = await recorder((response) => {
      response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
    });
    expect(await failureAt(truncated.url)).toMatchObject(mayHaveActed);
    await using reset = await recorder((response) => response.destroy());
    const error = await failureAt(reset.url);
    expect(error).toMatchObject(mayHaveActed);
    expect(error.message).toContain(`no answer from ${new URL(reset.url).host}`);
  });

  it("is not HTTP", async () => {
    const server = createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await failureAt(`http://127.0.0.1:${port}`)).toMatchObject(mayHaveActed);
    server.close();
  });
});

describe("a service that cannot have heard of the request", () => {
  const unheard = { kind: "unavailable", mayHaveActed: false };

  it("refuses the connection", async () => {
    const server = await recorder({});
    await server[Symbol.asyncDispose]();
    expect(await failureAt(server.url)).toMatchObject({ ...unheard, code: "ECONNREFUSED" });
  });
});

describe("a service that cannot be trusted", () => {
  const untrusted = { kind: "settings", mayHaveActed: false };

  it("speaks no TLS", async () => {
    await using server = await recorder({});
    expect(await failureAt(server.url.replace("http:", "https:"))).toMatchObject({
      ...untrusted,
      code: "ERR_SSL_WRONG_VERSION_NUMBER",
    });
  });
});

it.each(["canary\n2", "canary\u20ac"])("a credential that no header can hold is said to be one: %j", async (token) => {
  await using server = await recorder({});
  const error = await failureOf(
    send("KMS CreateSecret", { method: "GET", url: new URL(server.url), headers: { token } }),
    "canary",
  );
  expect(error).toMatchObject({ kind: "credentials", mayHaveActed: false });
  expect(error.message).toMatch(
    /^KMS CreateSecret failed: a key or a token holds a character that cannot be sent, such as a line break\. Check /,
  );
  expect(server.requests).toEqual([]);
});

it.each([
  ["0", 0],
  ["7", 7_000],
  ["0.5", 500],
  ["-1", undefined],
  ["Wed, 21 Oct 2026 07:28:00 GMT", 60_000],
  ["Wed, 21 Oct 2026 07:26:59 GMT", undefined],
  ["soon", undefined],
  [undefined, undefined],
])("Retry-After %s is %s ms", (value, expected) => {
  // By whichever clock.
  const headers = new Headers({ date: "Wed, 21 Oct 2026 07:27:00 GMT", ...(value && { "retry-after": value }) });
  const reply = { status: 429, headers, body: {} };
  const by = { kind: "throttled", code: "T", requestId: "r", said: "slower" } as const;
  expect(refused("KMS CreateSecret", reply, by, [])).toMatchObject({ retryAfterMs: expected, mayHaveActed: false });
});
