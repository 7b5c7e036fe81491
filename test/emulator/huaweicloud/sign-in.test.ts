import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { describe, expect, it } from "vitest";
import { iam } from "../../../emulator/huaweicloud/iam";
import { type Content, caller, optionsAt, plain, send, signed, testClock, topError } from "./client";

const path = "/v3.0/OS-CREDENTIAL/securitytokens";
const tokenPath = "/v3.0/OS-AUTH/id-token/tokens";
const seconds = 1_000;

function testIam() {
  const clock = testClock();
  const service = iam(optionsAt(clock.now));
  const call = caller(service, clock.now);
  const post = (identity: object) => call(path, { method: "POST", body: { auth: { identity } } });
  const assume = (changes: object = {}) =>
    post({ methods: ["assume_role"], assume_role: { agency_name: "a", domain_name: "d", ...changes } });
  const identify = (id: string, headers: Record<string, string> = { "X-Idp-Id": "idp" }) =>
    send(service, plain(tokenPath, { method: "POST", body: { auth: { id_token: { id } } }, headers }));
  return { clock, service, post, assume, identify };
}

const jwt = (exp: unknown) => `e30.${Buffer.from(JSON.stringify({ exp })).toString("base64url")}.sig`;
const error = ({ status, content }: { status: number; content: Content }) => [status, content.error?.title];

describe("keys of an agency", () => {
  it("hold for as long as was asked, by default for 15 minutes, and sign calls of IAM until then", () => {
    const { clock, service, assume } = testIam();
    const reply = assume({ duration_seconds: 3_600 });
    expect(reply.status).toBe(201);
    const { access, secret, securitytoken, expires_at } = reply.content.credential;
    expect(Date.parse(expires_at)).toBe(clock.time + 3_600 * seconds);
    expect(Date.parse(assume().content.credential.expires_at)).toBe(clock.time + 900 * seconds);
    const credential = new BasicCredentials().withAk(access).withSk(secret);
    const list = () =>
      send(
        service,
        signed(clock.now(), "/v3/projects", { credential, headers: { "X-Security-Token": securitytoken } }),
      );
    clock.time += 3_599 * seconds;
    expect(list().status).toBe(200);
    clock.time += seconds;
    expect(topError(list())).toEqual([401, "APIGW.0301"]);
  });

  it("are other ones each time", () => {
    const { assume } = testIam();
    const issued = [assume(), assume()].map(({ content }) => content.credential);
    for (const part of ["access", "secret", "securitytoken"]) expect(issued[0][part]).not.toBe(issued[1][part]);
  });

  it.each([
    ["no account", { domain_name: undefined }, [400, "Bad Request"]],
    ["no agency", { agency_name: undefined }, [400, "Bad Request"]],
    ["too short a time", { duration_seconds: 899 }, [400, "Bad Request"]],
    ["too long a time", { duration_seconds: 86_401 }, [400, "Bad Request"]],
    ["an agency that is not there", { agency_name: "not-found" }, [404, "Not Found"]],
    ["an account that is not there", { domain_id: "not-found" }, [404, "Not Found"]],
  ])("are refused for %s", (_, changes, expected) => expect(error(testIam().assume(changes))).toEqual(expected));

  it("need a signature, and a method that there is", () => {
    const { service, post } = testIam();
    const body = {
      auth: { identity: { methods: ["assume_role"], assume_role: { agency_name: "a", domain_name: "d" } } },
    };
    expect(topError(send(service, plain(path, { method: "POST", body })))).toEqual([401, "APIGW.0301"]);
    expect(topError(post({ methods: ["password"] }))).toEqual([404, "APIG.0101"]);
  });
});

describe("a token of OpenID Connect", () => {
  it("gives a token, and that gives keys", () => {
    const { clock, service, identify } = testIam();
    const { status, headers } = identify(jwt(clock.time / seconds + 60));
    const token = headers?.["x-subject-token"] ?? "";
    expect([status, token.length > 20]).toEqual([201, true]);
    const body = { auth: { identity: { methods: ["token"], token: { duration_seconds: 900 } } } };
    const keysBy = (one: string) =>
      send(service, plain(path, { method: "POST", body, headers: { "X-Auth-Token": one } }));
    expect(keysBy(token)).toMatchObject({ status: 201, content: { credential: { access: expect.any(String) } } });
    expect(keysBy("other").status).toBe(401);
    // It has no project, so it opens nothing else.
    expect(send(service, plain("/v3/projects", { headers: { "X-Auth-Token": token } })).status).toBe(401);
  });

  it("is refused where it has ended, is none, or of no provider that is known", () => {
    const { clock, identify } = testIam();
    const good = jwt(clock.time / seconds + 60);
    for (const bad of [jwt(clock.time / seconds), jwt("x"), "c4n4ry", ""])
      expect(error(identify(bad))).toEqual([401, "Unauthorized"]);
    expect(error(identify(good, {}))).toEqual([400, "Bad Request"]);
    expect(error(identify(good, { "X-Idp-Id": "not-found" }))).toEqual([404, "Not Found"]);
  });
});

it("the operations that have one address are told apart by their method", () => {
  const { service } = testIam();
  const name = (method: string) =>
    service.operationOf(plain(path, { method: "POST", body: { auth: { identity: { methods: [method] } } } }));
  expect(["assume_role", "token", "password"].map(name)).toEqual([
    "iam.CreateTemporaryAccessKeyByAgency",
    "iam.CreateTemporaryAccessKeyByToken",
    "iam.Unknown",
  ]);
  expect(service.operationOf(plain(path, { method: "POST" }))).toBe("iam.Unknown");
  expect(service.operationOf(plain(tokenPath, { method: "POST" }))).toBe("iam.CreateUnscopedTokenWithIdToken");
});
