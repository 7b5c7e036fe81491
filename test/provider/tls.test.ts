import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rpcClient } from "../../provider/alicloud/client";
import { alicloudCredentials } from "../../provider/alicloud/credentials";
import { gpdbApi } from "../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { restClient } from "../../provider/huaweicloud/client";
import { csmsApi } from "../../provider/huaweicloud/csms-api";
import { epsApi } from "../../provider/huaweicloud/eps-api";
import { iamApi } from "../../provider/huaweicloud/iam-api";
import type { SettingsSource } from "../../provider/settings";
import { failureOf } from "./failures";
import { recorder } from "./recorder";
import { selfSigned } from "./self-signed";
import { sourceOf } from "./source";

const canary = "c4n4ry";
const region = "r-1";
const secret = { SecretName: "app", SecretData: canary, Password: canary };

/** One call of each client; the settings are read where it begins. */
const calls = {
  kms: async (source: SettingsSource) => rpcClient(kmsApi, source)("CreateSecret", region, secret),
  gpdb: async (source: SettingsSource) => rpcClient(gpdbApi, source)("CreateSecret", region, secret),
  csms: async (source: SettingsSource) =>
    restClient(csmsApi, source)("CreateSecret", { region, body: { name: "app", secret_string: canary } }),
  iam: async (source: SettingsSource) => restClient(iamApi, source)("ListProjects", { region }),
  eps: async (source: SettingsSource) => restClient(epsApi, source)("MigrateResource", { region }),
};
const places = {
  kms: ["alicloud:endpoints", "kms"],
  gpdb: ["alicloud:endpoints", "gpdb"],
  csms: ["huaweicloud:endpoints", "kms"],
  iam: ["huaweicloud:endpoints", "iam"],
  eps: ["huaweicloud:endpoints", "eps"],
} as const;
const services = Object.keys(calls) as (keyof typeof calls)[];
const keys = {
  "alicloud:accessKey": "ak",
  "alicloud:secretKey": canary,
  "huaweicloud:token": canary,
};

/** What becomes of a call that is sent to an address. */
function failureAt(service: keyof typeof calls, address: string | undefined, env: Record<string, string> = {}) {
  const [config, name] = places[service];
  const endpoints = address === undefined ? {} : { [config]: JSON.stringify({ [name]: address }) };
  return failureOf(calls[service](sourceOf({ ...keys, ...endpoints }, env)), canary);
}

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
  for (const config of [{}, { "alicloud:profile": "work" }])
    expect(() => alicloudCredentials(sourceOf(config, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }))).toThrow(
      "NODE_TLS_REJECT_UNAUTHORIZED=0",
    );
});
