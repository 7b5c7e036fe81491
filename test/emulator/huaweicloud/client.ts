import { stringify } from "node:querystring";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials";
import { csms } from "../../../emulator/huaweicloud/csms";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import type { Service, ServiceOptions, WireRequest } from "../../../emulator/service";

export const accessKey = "AKEXAMPLE";
export const secretKey = "SKEXAMPLE0123456789";
export const token = "token-of-the-emulator";
export const project = projectIdOf("cn-north-4");
const start = Date.UTC(2026, 5, 9, 8, 0, 0);
const host = "127.0.0.1:4566";

/** What a test reads of a reply. */
// biome-ignore lint/suspicious/noExplicitAny: the wire's edge
export type Content = any;

export interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly query?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly credential?: BasicCredentials;
  readonly signer?: typeof AKSKSigner;
}

/** A clock that tests set, in milliseconds. */
export function testClock() {
  const clock = { time: start, now: () => clock.time };
  return clock;
}

export function optionsAt(now: () => number): ServiceOptions {
  return { now, accessKey, secretKey, token };
}

/** A request signed by the vendor's own signer, at the clock's time. */
export function signed(now: number, path: string, sent: Sent = {}): WireRequest {
  const { method = "GET", body, query = {}, headers = {}, signer = AKSKSigner } = sent;
  const credential = sent.credential ?? new BasicCredentials().withAk(accessKey).withSk(secretKey);
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const own = { "content-type": "application/json", "X-Sdk-Date": date, ...headers };
  const request = { method, endpoint: `http://${host}${path}`, queryParams: query, headers: own, data: body };
  return wire(method, path, query, signer.sign(request, credential), body);
}

/** A request that is not signed. */
export function plain(path: string, { method = "GET", body, query = {}, headers = {} }: Sent = {}): WireRequest {
  return wire(method, path, query, headers, body);
}

/** A service of its own for one test, and a short way to call it with JSON. */
export function testCsms() {
  const clock = testClock();
  const service = csms(optionsAt(clock.now));
  const call = caller(service, clock.now);
  const api = (method: string, path: string, body?: unknown, query?: Sent["query"]) =>
    call(`/v1/${project}${path}`, { method, body, query });
  return { clock, service, call, api };
}

/** Calls a service with signed requests; the reply's status, headers and decoded content. */
export function caller(service: Service, now: () => number) {
  return (path: string, sent?: Sent) => send(service, signed(now(), path, sent));
}

export function send(service: Service, request: WireRequest) {
  const { status, headers, body } = service.answer(request);
  return { status, headers, content: (body === undefined ? undefined : JSON.parse(body)) as Content };
}

/** Code of an error body at the top, with its status. */
export function topError(reply: { status: number; content: Content }) {
  return [reply.status, reply.content?.error_code];
}

/** Code of an error body inside `error`, with its status. */
export function nestedError(reply: { status: number; content: Content }) {
  return [reply.status, reply.content?.error?.error_code];
}

function wire(method: string, rawPath: string, query: object, headers: object, body: unknown): WireRequest {
  const lower = Object.entries({ host, ...headers }).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    method,
    rawPath,
    rawQuery: stringify({ ...query }),
    headers: Object.fromEntries(lower),
    body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
  };
}
