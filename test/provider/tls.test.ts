import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { alicloudCredentials } from "../../provider/alicloud/credentials";
import { recorder } from "./recorder";
import { selfSigned } from "./self-signed";
import { failureAt, places, services } from "./services";
import { sourceOf } from "./source";

let asked = 0;
const server = createServer(selfSigned(), (_, response) => {
  asked++;
  response.end("{}");
});
const impostor = () => `https://localhost:${(server.address() as AddressInfo).port}`;
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => void server.close());

describe.each(services)("the client of %s", (service) => {
  it("tells nothing to a server whose certificate nobody vouches for", async () => {
    const untrusted = { kind: "settings", mayHaveActed: false, code: "DEPTH_ZERO_SELF_SIGNED_CERT" };
    expect(await failureAt(service, impostor())).toMatchObject(untrusted);
    expect(asked).toBe(0);
  });

  it("refuses NODE_TLS_REJECT_UNAUTHORIZED=0, under which it would", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    for (const address of [impostor(), undefined]) {
      const error = await failureAt(service, address, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
      expect(error).toMatchObject({
        kind: "settings",
        message: expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED=0/),
      });
    }
    expect(asked).toBe(0);
  });

  it("has no use for certificates on loopback without TLS", async () => {
    const denial = { Code: "Forbidden.RAM", error_code: "APIGW.0302" };
    await using loopback = await recorder({ status: 403, body: denial });
    const error = await failureAt(service, loopback.url, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect([error.kind, loopback.requests.length]).toEqual(["denied", 1]);
  });

  it("refuses http: elsewhere", async () => {
    expect(await failureAt(service, "http://10.0.0.1")).toMatchObject({
      kind: "settings",
      message: expect.stringContaining(`${places[service].join(" (")}) is an http: address`),
    });
  });
});

it("keys are asked of nobody under NODE_TLS_REJECT_UNAUTHORIZED=0", () => {
  const roleArn = "acs:ram::1234567890123456:role/deploy";
  const oidc = { roleArn, oidcProviderArn: "acs:ram::1234567890123456:oidc-provider/ci", oidcToken: "c4n4ry" };
  for (const config of [
    {},
    { "alicloud:profile": "work" },
    { "alicloud:accessKey": "ak", "alicloud:secretKey": "c4n4ry", "alicloud:assumeRole": JSON.stringify({ roleArn }) },
    { "alicloud:assumeRoleWithOidc": JSON.stringify(oidc) },
    { "alicloud:credentialsUri": "https://credentials.example.com" },
  ])
    expect(() => alicloudCredentials(sourceOf(config, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }))).toThrow(
      "NODE_TLS_REJECT_UNAUTHORIZED=0",
    );
});
