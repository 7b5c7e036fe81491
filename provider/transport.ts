import { CloudError, describeFailure, type ErrorKind, systemCode, withoutSecrets } from "./errors";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  /** JSON; an empty reply is an empty object. */
  readonly body: unknown;
}

const attemptTimeoutMs = 20_000;
/** Far above the largest documented reply: 64 KB of secret in base64 and escapes. */
const largestReplyBytes = 4 * 1024 * 1024;

/** Failures that come before the service can have heard of the request. */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
/** Failures of TLS, before it carries anything: they do not pass by themselves. */
const notTrusted = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_)/;

/** As it came. */
export interface TextReply extends Omit<HttpReply, "body"> {
  readonly text: string;
}

/** Sends one request once, as `sendForText` does, for an answer in JSON. */
export async function send(call: string, request: HttpRequest, timeoutMs = attemptTimeoutMs): Promise<HttpReply> {
  const { status, headers, text } = await sendForText(call, request, timeoutMs);
  return { status, headers, body: parseJson(call, { status, headers }, text) };
}

/** Sends one request once: bounded in time and size, following no redirect. `call` names it in errors. */
export async function sendForText(call: string, request: HttpRequest, timeoutMs: number): Promise<TextReply> {
  const { method, url, body } = request;
  const headers = headersOf(call, request);
  try {
    const reply = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(call, reply);
    if (reply.status >= 300 && reply.status < 400)
      throw unusable(call, reply, "the service answered with a redirect, which is not followed");
    return { status: reply.status, headers: reply.headers, text };
  } catch (error) {
    throw error instanceof CloudError ? error : transportError(call, url, error, timeoutMs);
  }
}

/** What is sent in headers comes from the settings; the platform's own error would repeat it. */
function headersOf(call: string, { headers }: HttpRequest): Headers {
  try {
    return new Headers(headers);
  } catch {
    const said = "a key or a token holds a character that cannot be sent, such as a line break";
    throw new CloudError({ kind: "credentials", message: describeFailure(call, { kind: "credentials", said }) });
  }
}

async function readText(call: string, reply: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply.body ?? []) {
    size += chunk.length;
    if (size > largestReplyBytes) throw unusable(call, reply, `the reply is larger than ${largestReplyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Where a service has nothing to say it answers 204. */
function parseJson(call: string, reply: Answered, text: string): unknown {
  if (text === "" && reply.status < 400 && reply.status !== 204) throw unusable(call, reply, "the reply is empty");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw unusable(call, reply, "the reply is no JSON; something on the way to the service may have answered");
  }
}

/** What a service says of a call that it refused. */
export interface Refused {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly said: string | undefined;
}

/** The error for a call that a service refused; a message that repeats a secret is left out. */
export function refused(
  call: string,
  { status, headers }: HttpReply,
  by: Refused,
  secrets: readonly string[],
): CloudError {
  const { kind, code, requestId } = by;
  const facts = {
    kind,
    code,
    status,
    requestId,
    mayHaveActed: kind === "unavailable",
    retryAfterMs: retryAfterMs(headers),
  };
  const said = withoutSecrets(by.said ?? "no message", secrets);
  return new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
}

type Answered = Pick<HttpReply, "status" | "headers">;

/** A reply that no service of ours gives: something between here and there answered, or the service is broken. */
export function unusable(call: string, { status, headers }: Answered, said: string): CloudError {
  // What is in front of a service throttles before that hears of anything.
  const kind = status === 429 ? "throttled" : "unavailable";
  const facts = { kind, status, mayHaveActed: kind === "unavailable", retryAfterMs: retryAfterMs(headers) } as const;
  return new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
}

function transportError(call: string, url: URL, error: unknown, timeoutMs: number): CloudError {
  const code = systemCode(error);
  if (notTrusted.test(code ?? "")) {
    const facts = { kind: "settings", code } as const;
    const said = `no trusted connection to ${url.host}; check the endpoint, and the certificates that this machine trusts`;
    return new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
  }
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === "bad port") {
    const said = `nothing is ever sent to the port of ${url.host}, which another protocol has; check the endpoint`;
    return new CloudError({ kind: "settings", message: describeFailure(call, { kind: "settings", said }) });
  }
  const timedOut = error instanceof Error && error.name === "TimeoutError";
  const isUnsent = neverSent.test(code ?? "");
  const why = timedOut
    ? ` within ${timeoutMs / 1000} s`
    : isUnsent
      ? ": check the region, the endpoint and the network"
      : "";
  const said = `no answer from ${url.host}${why}`;
  const facts = { kind: "unavailable", code, mayHaveActed: timedOut || !isUnsent } as const;
  return new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
}

/** `Retry-After` in seconds, or as a time by the clock of who answers, as clocks differ. */
function retryAfterMs(headers: Headers): number | undefined {
  const after = headers.get("retry-after");
  if (!after) return undefined;
  const seconds = Number(after);
  const ms = Number.isNaN(seconds) ? Date.parse(after) - Date.parse(headers.get("date") ?? "") : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
