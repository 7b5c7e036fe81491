import { randomUUID } from "node:crypto";
import type { WireReply } from "../service";
import type { RpcCall } from "./rpc";
import type { RpcError } from "./rpc-error";
import { type Json, toXml } from "./xml";

export type Answer = { readonly [key: string]: Json };

/** The answers of one product: where an error's fields differ between products, `errorShape` says which. */
export interface ReplyStyle {
  readonly product: string;
  /** `status`: HttpStatus, Code, Message, RequestId. `host`: the gateway's own shape for all errors. */
  readonly errorShape: "status" | "host";
}

function reply(call: RpcCall, status: number, root: string, requestId: string, answer: Answer): WireReply {
  const xml = call.format === "XML";
  return {
    status,
    headers: {
      "content-type": `${xml ? "text/xml" : "application/json"};charset=utf-8`,
      "x-acs-request-id": requestId,
    },
    body: xml ? toXml(root, answer) : JSON.stringify(answer),
  };
}

/** A success, with its RequestId added. */
export function success(call: RpcCall, answer: Answer): WireReply {
  const RequestId = randomUUID().toUpperCase();
  return reply(call, 200, `${call.action}Response`, RequestId, { ...answer, RequestId });
}

/** An error body in the words of the product, or of the gateway in front of it. */
export function failure(style: ReplyStyle, call: RpcCall, error: RpcError): WireReply {
  const RequestId = randomUUID().toUpperCase();
  const { status, code: Code, message: Message } = error;
  const body: Answer =
    style.errorShape === "status" && !error.gateway
      ? { HttpStatus: status, Code, Message, RequestId }
      : {
          RequestId,
          HostId: call.host,
          Code,
          Message,
          Recommend: `https://api.alibabacloud.com/troubleshoot?q=${Code}&product=${style.product}&requestId=${RequestId}`,
        };
  return reply(call, status, "Error", RequestId, body);
}
