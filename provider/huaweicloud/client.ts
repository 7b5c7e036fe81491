import { z } from "zod";
import { type CloudError, type ErrorKind, isKind } from "../errors";
import { KnownCredentials } from "../known-credentials";
import { areOthers } from "../renewal";
import { type Doing, type Turn, withRetry } from "../retry";
import { type Keys, publicEndpoint, readEndpoint, type Setting, type SettingsSource } from "../settings";
import { type HttpReply, refused, send, unusable } from "../transport";
import { kindOfCode } from "./error-codes";
import type { Credentials, SignIn } from "./sign-in";

export interface RestOperation<Reply extends z.ZodType = z.ZodType> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `{name}` stands for a path parameter. */
  readonly path: string;
  /** What it is about, in errors; by default a secret. */
  readonly on?: string;
  readonly does: Doing;
  /** Headers of the answer that count as members of its body. */
  readonly replyHeaders?: readonly string[];
  readonly reply: Reply;
}

/** Members that may each be missing: an answer has one of them at least, or is empty. */
export const someOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject(shape).refine((reply) => {
    const names = Object.keys(reply);
    return names.length === 0 || names.some((name) => name in shape);
  });

/** One REST service as a table: what its operations answer, and whether they may be repeated. */
export interface RestService<Operations extends Record<string, RestOperation> = Record<string, RestOperation>> {
  readonly title: string;
  readonly endpoint: Setting & { readonly service: string };
  publicHost(region: string): string;
  /** Members of a request's body whose value must not come back in a message. */
  readonly secretMembers: readonly string[];
  readonly operations: Operations;
}

export interface RestRequest {
  /** Not for a service that belongs to none. */
  readonly region?: string;
  readonly projectId?: string | undefined;
  /** The account, for services that belong to no region. */
  readonly domainId?: string | undefined;
  /** The identity provider of a token that proves who asks. */
  readonly idpId?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What of the body must not come back in a message, beside the service's secret members. */
  readonly secrets?: readonly string[];
}

/** Calls one operation. What is undefined is not sent. */
export type RestCall<O extends Record<string, RestOperation>> = <A extends keyof O & string>(
  action: A,
  request: RestRequest,
) => Promise<z.infer<O[A]["reply"]>>;

export const cloud = "Huawei Cloud";

/** A client of one service: it signs, sends, decodes and repeats, and every failure is a CloudError. */
export function restClient<O extends Record<string, RestOperation>>(
  service: RestService<O>,
  source: SettingsSource,
  signIn: SignIn,
): RestCall<O> {
  const prepared = preparing(service, source);
  const known = source.knownCredentials ?? new KnownCredentials();
  return async (action, request) => {
    const call = prepared(action, request);
    const inTurn = (turn: Turn) => async (credentials: Credentials) =>
      known.keys(cloud, ...identityOf(credentials, call)).through(call.name, async () => {
        await turn(call.url.origin, signIn.account);
        return attempt(call, credentials);
      });
    const reply = await known
      .signIn(cloud, signIn.way)
      .during(call.name, (asking) =>
        withRetry(call.operation.does, (turn) =>
          signed({ ...signIn, credentials: () => asking(() => signIn.credentials()) }, inTurn(turn)),
        ),
      );
    return reply as z.infer<O[typeof action]["reply"]>;
  };
}

/** Makes each call once, for who signs in by it: a failure becomes one of the call that needs the keys, which repeats and tells it. */
export function signInClient<O extends Record<string, RestOperation>>(
  service: RestService<O>,
  source: SettingsSource,
  signIn: SignIn,
): RestCall<O> {
  const prepared = preparing(service, source);
  return async (action, request) => {
    const call = prepared(action, request);
    const reply = await signed(signIn, (credentials) => attempt(call, credentials));
    return reply as z.infer<O[typeof action]["reply"]>;
  };
}

function addressOf({ publicHost }: RestService, { region }: RestRequest): URL {
  return region === undefined ? new URL(`https://${publicHost("")}`) : publicEndpoint(publicHost, region);
}

/** Keys may have ended earlier than they were said to: what is refused for them was not done, and goes once more with new ones. */
async function signed<T>(signIn: SignIn, attemptAs: (credentials: Credentials) => Promise<T>): Promise<T> {
  const credentials = await signIn.credentials();
  try {
    return await attemptAs(credentials);
  } catch (error) {
    if (!isKind(error, "credentials") || !signIn.renew(credentials)) throw error;
    const renewed = await signIn.credentials();
    if (areSame(renewed, credentials)) throw error;
    return attemptAs(renewed);
  }
}

const areSame = (renewed: Credentials, refused: Credentials) =>
  isSigned(renewed) && isSigned(refused) && !areOthers(renewed, refused);

/** A token is good for one project, keys for all of their account: both may be refused for the project alone, and without one by one service. */
function identityOf(
  credentials: Credentials,
  { service, request: { region, projectId } }: Prepared,
): readonly (string | undefined)[] {
  const where = projectId ?? service.title;
  if (credentials === "none") return [credentials, where];
  if ("token" in credentials) return [credentials.token, region, where];
  return [credentials.accessKey, credentials.secretKey, credentials.securityToken, where];
}

interface Prepared {
  readonly service: RestService;
  readonly operation: RestOperation;
  /** What errors call it. */
  readonly name: string;
  readonly url: URL;
  readonly request: RestRequest;
}

function preparing(service: RestService, source: SettingsSource): (action: string, request: RestRequest) => Prepared {
  const endpoint = readEndpoint(service.endpoint, source);
  return (action, request) => {
    const operation = service.operations[action];
    if (!operation) throw new TypeError(`${service.title} has no operation ${action} in its table`);
    return prepare(service, action, operation, endpoint ?? addressOf(service, request), request);
  };
}

function prepare(
  service: RestService,
  action: string,
  operation: RestOperation,
  endpoint: URL,
  request: RestRequest,
): Prepared {
  const values: Record<string, string> = { ...request.path, project_id: request.projectId ?? "" };
  const url = new URL(
    operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "")),
    endpoint,
  );
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, value);
  const subject = request.path?.event_name ?? request.path?.secret_name ?? request.body?.name;
  return {
    service,
    operation,
    url,
    request,
    name: `${service.title} ${action}${subject ? ` of ${operation.on ?? "secret"} "${String(subject)}"` : ""}`,
  };
}

async function attempt(prepared: Prepared, credentials: Credentials): Promise<unknown> {
  const { operation, name: call, url, request } = prepared;
  const body = request.body && JSON.stringify(request.body);
  const headers = await authorize(operation.method, url, request, credentials);
  const reply = await send(call, { method: operation.method, url, headers, body });
  if (reply.status >= 400) throw serviceError(prepared, credentials, reply);
  const parsed = operation.reply.safeParse(withHeaders(operation, reply));
  if (!parsed.success) throw unusable(call, reply, "the reply is not what the service documents");
  return parsed.data;
}

function withHeaders({ replyHeaders }: RestOperation, { headers, body }: HttpReply): unknown {
  if (!replyHeaders) return body;
  const named = replyHeaders.map((name) => [name, headers.get(name) ?? undefined]);
  return { ...Object(body), ...Object.fromEntries(named) };
}

/** Signs with the vendor's SDK-HMAC-SHA256; its transport would print failed requests with their bodies. */
async function authorize(
  method: string,
  url: URL,
  request: RestRequest,
  credentials: Credentials,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {
    ...(request.projectId ? { "X-Project-Id": request.projectId } : {}),
    ...(request.domainId ? { "X-Domain-Id": request.domainId } : {}),
    ...(request.idpId ? { "X-Idp-Id": request.idpId } : {}),
    ...(request.body ? { "content-type": "application/json" } : {}),
  };
  if (credentials === "none") return headers;
  if ("token" in credentials) return { ...headers, "X-Auth-Token": credentials.token };
  const { accessKey, secretKey, securityToken } = credentials;
  if (securityToken) headers["X-Security-Token"] = securityToken;
  const { AKSKSigner } = await import("@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js");
  const queryParams = Object.fromEntries(url.searchParams);
  const signed = {
    method,
    endpoint: `${url.origin}${url.pathname}`,
    url: url.pathname,
    headers,
    queryParams,
    data: request.body,
  } as SignedRequest;
  return AKSKSigner.sign(signed, { getAk: () => accessKey, getSk: () => secretKey } as SigningKeys);
}

/** The signer reads these of the vendor's request and credential classes. */
type SignerArguments = Parameters<
  typeof import("@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js")["AKSKSigner"]["sign"]
>;
type SignedRequest = SignerArguments[0];
type SigningKeys = SignerArguments[1];

/** What is no text says nothing, and does not hide what is one. */
const text = z.string().optional().catch(undefined);
const detail = z.object({
  error_code: text,
  error_msg: text,
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  title: text,
  message: text,
});
/** Secrets and the gateway answer at the top level, tags, events and IAM below `error`. */
const failure = detail.extend({ error: detail.optional().catch(undefined), request_id: text });

/** In an answer of IAM the title is the code, and `code` the HTTP status. */
const codeOf = ({ error_code, code, title }: z.infer<typeof detail>) =>
  error_code ?? (typeof code === "number" ? (title ?? String(code)) : code);

const valuesOf = ({ secretMembers }: RestService, { body, secrets = [] }: RestRequest) => [
  ...secretMembers.map((name) => String(body?.[name] ?? "")),
  ...secrets,
];

function secretsOf(credentials: Credentials): string[] {
  if (credentials === "none") return [];
  return "token" in credentials ? [credentials.token] : [credentials.secretKey, credentials.securityToken ?? ""];
}

/** Only a signature has a time. */
const isSigned = (credentials: Credentials): credentials is Keys => credentials !== "none" && !("token" in credentials);

function serviceError(
  { service, name: call, request }: Prepared,
  credentials: Credentials,
  reply: HttpReply,
): CloudError {
  const { status, headers, body } = reply;
  const outer = failure.safeParse(body).data ?? {};
  const inner = outer.error ?? outer;
  const code = codeOf(inner);
  if (!code) return unusable(call, reply, "the reply is no answer of the service");
  const listed = kindOfCode(code) ?? kindOfStatus(status);
  // No code tells that a signature was refused for its time alone.
  const kind = listed === "credentials" && isSigned(credentials) && clocksDiffer(headers) ? "clock" : listed;
  const requestId = headers.get("x-request-id") ?? outer.request_id;
  const secrets = [...valuesOf(service, request), ...secretsOf(credentials)];
  return refused(call, reply, { kind, code, requestId, said: inner.error_msg ?? inner.message }, secrets);
}

function kindOfStatus(status: number): ErrorKind {
  if (status === 429) return "throttled";
  return status >= 500 ? "unavailable" : "other";
}

/** The gateway bears 15 minutes; a minute of it goes to whole seconds and the way. */
const mostDifferenceMs = 14 * 60_000;

/** Whether the service dates its answer far from this machine's time. */
function clocksDiffer(headers: Headers): boolean {
  return Math.abs(Date.parse(headers.get("date") ?? "") - Date.now()) > mostDifferenceMs;
}
