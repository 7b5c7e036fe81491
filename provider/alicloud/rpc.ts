import { z } from "zod";
import type { CloudError, ErrorKind } from "../errors";
import type { Doing } from "../retry";
import type { EndpointSetting, Keys } from "../settings";
import { type HttpReply, refused, send, unusable } from "../transport";
import { kindOfCode } from "./error-codes";

export interface RpcOperation<Reply extends z.ZodType = z.ZodType> {
  readonly does: Doing;
  readonly reply: Reply;
}

/** One RPC service as a table: what its operations answer, and whether they may be repeated. */
export interface RpcService<Operations extends Record<string, RpcOperation> = Record<string, RpcOperation>> {
  readonly title: string;
  readonly version: string;
  readonly endpoint: EndpointSetting;
  publicHost(region: string): string;
  /** Parameters whose value must not come back in a message. */
  readonly secretParameters: readonly string[];
  readonly operations: Operations;
}

export type RpcParameters = Readonly<Record<string, string | undefined>>;

export interface RpcRequest {
  readonly service: RpcService;
  readonly action: string;
  readonly url: URL;
  /** What is undefined is not sent. */
  readonly parameters: RpcParameters;
}

/** Makes one call once; without keys it is not signed. Every failure is a CloudError. */
export async function attempt<Reply extends z.ZodType>(
  request: RpcRequest,
  shape: Reply,
  keys: Keys | undefined,
): Promise<z.infer<Reply>> {
  const call = nameOf(request);
  // The form is the body, so that no value stands in a URL.
  const form = new URLSearchParams(Object.entries(request.parameters).filter(isGiven)).toString();
  const { service, action, url } = request;
  const { sign } = await import("./acs3.js");
  const headers = sign({ host: url.host, action, version: service.version, form, keys });
  const reply = await send(call, { method: "POST", url, headers, body: form });
  if (reply.status >= 400 || isFailure(reply.body)) throw serviceError(request, keys, reply);
  const parsed = shape.safeParse(reply.body);
  if (!parsed.success) throw unusable(call, reply, "the reply is not what the service documents");
  return parsed.data;
}

const isGiven = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;

/** What errors call it. */
export function nameOf({ service, action, parameters }: RpcRequest): string {
  const secret = parameters.SecretName ?? parameters.SecretArn;
  const subject = secret ? ` of secret "${secret}"` : parameters.RoleArn ? ` of role "${parameters.RoleArn}"` : "";
  return `${service.title} ${action}${subject}`;
}

/** What is no text says nothing, and does not hide what is one. */
const text = z.string().optional().catch(undefined);
const failure = z.object({ Code: text, Message: text, RequestId: text, Status: text });

/** AnalyticDB may refuse with HTTP 200 and the status in the body. */
function isFailure(body: unknown): boolean {
  const status = failure.safeParse(body).data?.Status;
  return status !== undefined && status.toLowerCase() !== "success";
}

function serviceError(request: RpcRequest, keys: Keys | undefined, reply: HttpReply): CloudError {
  const { Code: code, Message: said, RequestId: requestId } = failure.safeParse(reply.body).data ?? {};
  if (!code && !said) return unusable(nameOf(request), reply, "the reply is no answer of the service");
  const kind = kindOf(code, reply.status);
  const values = request.service.secretParameters.map((name) => request.parameters[name] ?? "");
  const secrets = [...values, keys?.secretKey ?? "", keys?.securityToken ?? ""];
  return refused(nameOf(request), reply, { kind, code, requestId, said }, secrets);
}

function kindOf(code: string | undefined, status: number): ErrorKind {
  const listed = code && kindOfCode(code);
  return listed || (status >= 500 ? "unavailable" : "other");
}
