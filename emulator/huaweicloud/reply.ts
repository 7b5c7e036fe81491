import { randomUUID } from "node:crypto";
import type { WireReply } from "../service";
import { type Failure, failures } from "./failures";

/** Where `error_code` and `error_msg` stand: at the top (secrets, versions, stages), or inside `error` (tags, events). */
export type ErrorShape = "top" | "nested";

/** A JSON reply with its `x-request-id`; without content, 204. */
export function reply(content: object | undefined, status = 200): WireReply {
  return withRequestId(content && (() => content), content ? status : 204);
}

/** The reply for a failure. Those of the gateway (APIG, APIGW) are never nested and repeat the request id. */
export function failureReply(failure: Failure, detail = "", shape: ErrorShape = "top"): WireReply {
  const [status, code, message] = failures[failure];
  const error = { error_code: code, error_msg: detail ? `${message.replace(/\.$/, "")}: ${detail}` : message };
  if (code.startsWith("APIG")) return withRequestId((id) => ({ ...error, request_id: id }), status);
  return withRequestId(() => (shape === "nested" ? { error } : error), status);
}

function withRequestId(content: ((requestId: string) => object) | undefined, status: number): WireReply {
  const requestId = randomUUID().replaceAll("-", "");
  const headers = { "x-request-id": requestId };
  if (!content) return { status, headers };
  return {
    status,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(content(requestId)),
  };
}
