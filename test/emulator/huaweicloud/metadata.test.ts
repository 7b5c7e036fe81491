import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { expect, it } from "vitest";
import { csms } from "../../../emulator/huaweicloud/csms";
import { metadata } from "../../../emulator/huaweicloud/metadata";
import type { WireRequest } from "../../../emulator/service";
import { optionsAt, plain, project, send, signed, testClock, topError } from "./client";

const minute = 60_000;
const keyPath = "/openstack/latest/securitykey";
const tokenPath = "/meta-data/latest/api/token";

function testMetadata() {
  const clock = testClock();
  const options = optionsAt(clock.now);
  const service = metadata(options);
  const keys = (headers = {}) => send(service, plain(keyPath, { headers })).content.credential;
  const token = (life: string) =>
    service.answer(plain(tokenPath, { method: "PUT", headers: { "X-Metadata-Token-Ttl-Seconds": life } }));
  return { clock, service, keys, token, secrets: csms(options) };
}

const answerOf = (service: { answer(request: WireRequest): { status: number } }, request: WireRequest) =>
  service.answer(request).status;

it("gives the agency's keys, by which the other services let pass", () => {
  const { keys, clock, secrets } = testMetadata();
  const { access, secret, securitytoken, expires_at } = keys();
  expect([access, Date.parse(expires_at)]).toEqual([
    expect.stringMatching(/^HST[0-9A-F]{17}$/),
    clock.time + 60 * minute,
  ]);
  const credential = new BasicCredentials().withAk(access).withSk(secret);
  const list = (securityToken?: string) => {
    const headers: Record<string, string> = securityToken ? { "X-Security-Token": securityToken } : {};
    return send(secrets, signed(clock.now(), `/v1/${project}/secrets`, { credential, headers }));
  };
  expect(list(securitytoken).status).toBe(200);
  for (const wrong of [undefined, "other", keys().securitytoken.replace(/\..*/, ".other")])
    expect(topError(list(wrong))).toEqual([401, "APIGW.0301"]);
  clock.time += 60 * minute;
  const ended = list(securitytoken);
  expect(topError(ended)).toEqual([401, "APIGW.0301"]);
  expect(ended.content.error_msg).toBe("Incorrect IAM authentication information: the security token has expired");
  expect(JSON.stringify(ended)).not.toContain(securitytoken);
});

it("gives the same keys until ten minutes before they end", () => {
  const { keys, clock } = testMetadata();
  const first = keys();
  clock.time += 49 * minute;
  expect(keys()).toEqual(first);
  clock.time += minute;
  expect(keys().access).not.toBe(first.access);
});

it("needs no token, but takes none that is wrong, or has ended", () => {
  const { keys, clock, service, token } = testMetadata();
  const { body = "" } = token("60");
  const by = (one: string) => answerOf(service, plain(keyPath, { headers: { "X-Metadata-Token": one } }));
  expect(keys({ "X-Metadata-Token": body })).toBeDefined();
  expect([by(body), by("other"), by(keys().securitytoken)]).toEqual([200, 401, 401]);
  clock.time += minute;
  expect(by(body)).toBe(401);
  expect(["", "0", "21601", "x"].map((life) => token(life).status)).toEqual([400, 400, 400, 400]);
});

it("knows its operations by name, and no others", () => {
  const { service } = testMetadata();
  expect(service.operationOf(plain(keyPath))).toBe("metadata.ShowSecurityKey");
  expect(service.operationOf(plain(tokenPath, { method: "PUT" }))).toBe("metadata.CreateToken");
  expect(service.operationOf(plain(tokenPath))).toBe("metadata.Unknown");
  expect(answerOf(service, plain("/openstack/latest/meta_data.json"))).toBe(404);
  expect(
    ["/openstack/latest/x", "/meta-data/x", "/v3/projects", "/v1/x"].map((path) => service.accepts(plain(path))),
  ).toEqual([true, true, false, false]);
  const faults = ["throttle", "quota", "unavailable", "internal"] as const;
  expect(faults.map((kind) => service.refuse(kind).status)).toEqual([429, 403, 503, 500]);
});

it("tells what it gave out, and forgets when it is reset", () => {
  const { service, keys, token } = testMetadata();
  const { secret, securitytoken, expires_at } = keys();
  const { body } = token("60");
  const givenOut = [{ secretKey: secret, securityToken: securitytoken }, { token: body }];
  expect(service.state()).toEqual({ keysUntil: expires_at, givenOut });
  service.reset();
  expect(service.state()).toEqual({ keysUntil: null, givenOut: [] });
});
