import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { describe, expect, it } from "vitest";
import { accessKey, plain, project, secretKey, send, signed, testCsms, token, topError } from "./client";

const path = `/v1/${project}/secrets`;
const body = { name: "db", secret_string: "s3cr3t" };
const minute = 60_000;

function credential(ak = accessKey, sk = secretKey) {
  return new BasicCredentials().withAk(ak).withSk(sk);
}

/** Signs the words UNSIGNED-PAYLOAD for the body, but not the header that says so. */
function unsignedClaim(now: number) {
  const signer = class extends AKSKSigner {
    static override buildPayloadHash = () => "UNSIGNED-PAYLOAD";
  };
  const request = signed(now, path, { signer });
  return { ...request, headers: { ...request.headers, "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" } };
}

describe("signatures by the vendor's signer are accepted", () => {
  it.each([
    ["a POST with a body", path, { method: "POST", body }],
    ["non-ASCII text, hashed as bytes", path, { method: "POST", body: { ...body, description: "größe 密" } }],
    ["a GET with the body {}", path, { body: {} }],
    ["a query with escapes, out of order", path, { query: { marker: "5 b*(c)~", limit: 9 } }],
    ["a repeated query parameter", path, { query: { x: ["b", "a"] } }],
    ["the characters : = @ in a path", `/v1/${project}/csms/a:b=c@d/tags`, {}],
    ["a security token that is signed", path, { headers: { "X-Security-Token": "sts" } }],
    ["any other signed header", path, { headers: { "X-Project-Id": project, "X-Extra": "1, 2" } }],
    ["an unsigned payload", path, { method: "POST", body, headers: { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" } }],
  ])("%s", (_what, path, sent) => {
    const { service, clock } = testCsms();
    expect(send(service, signed(clock.now(), path, sent)).status).not.toBe(401);
  });

  it.each([-15, 15])("a date that is %i minutes off", (minutes) => {
    const { service, clock } = testCsms();
    expect(send(service, signed(clock.now() + minutes * minute, path)).status).toBe(200);
  });
});

describe("everything else is 401 APIGW.0301", () => {
  const { service, clock } = testCsms();
  const good = signed(clock.now(), path, { method: "POST", body });
  const header = (name: string, value: string) => ({ ...good, headers: { ...good.headers, [name]: value } });
  const authorization = good.headers.authorization ?? "";

  it.each([
    ["no credentials", plain(path)],
    ["another secret key", signed(clock.now(), path, { credential: credential(accessKey, "other") })],
    ["an unknown access key", signed(clock.now(), path, { credential: credential("other") })],
    ["a changed body", { ...good, body: Buffer.from("{}") }],
    ["a changed path", { ...good, rawPath: `${path}/db/rotate` }],
    ["a changed query", { ...good, rawQuery: "limit=1" }],
    ["a changed signed header", header("content-type", "text/plain")],
    [
      "a signed header that is missing",
      header("authorization", authorization.replace("=content-type", "=x-no;content-type")),
    ],
    ["another algorithm", header("authorization", authorization.replace("SDK-", "V4-"))],
    ["a malformed date", header("x-sdk-date", "2026-06-09T08:00:00Z")],
    ["an unsigned security token", header("x-security-token", "sts")],
    ["an unsigned claim of an unsigned payload", unsignedClaim(clock.now())],
    ["a date 16 minutes old", signed(clock.now() - 16 * minute, path)],
    ["a date 16 minutes ahead", signed(clock.now() + 16 * minute, path)],
  ])("%s", (_what, request) => {
    const reply = send(service, request);
    expect(topError(reply)).toEqual([401, "APIGW.0301"]);
    expect(reply.content.request_id).toBe(reply.headers?.["x-request-id"]);
    for (const secret of [accessKey, secretKey, body.secret_string])
      expect(JSON.stringify(reply)).not.toContain(secret);
  });

  it("a path that needs escapes, which the vendor's signer escapes twice", () => {
    expect(topError(send(service, signed(clock.now(), `/v1/${project}/csms/a%20b/tags`)))).toEqual([401, "APIGW.0301"]);
  });
});

describe("X-Auth-Token", () => {
  it("the right one is enough", () => {
    const { service } = testCsms();
    expect(send(service, plain(path, { headers: { "X-Auth-Token": token } })).status).toBe(200);
  });

  it("a wrong one is 401 CSMS.0301, even beside a right signature", () => {
    const { service, clock } = testCsms();
    const request = signed(clock.now(), path, { headers: { "X-Auth-Token": "wrong" } });
    expect(topError(send(service, request))).toEqual([401, "CSMS.0301"]);
  });
});
