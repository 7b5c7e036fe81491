import { unescape as lenientDecode } from "node:querystring";
import type { WireRequest } from "../service";

export type Fields = ReadonlyMap<string, string>;

/** An RPC request with its parameters decoded, wherever they travelled: query, form body or x-acs-* headers. */
export interface RpcCall {
  readonly action: string;
  readonly version: string;
  /** Query and form parameters in one; the query wins. */
  readonly fields: Fields;
  readonly signedBy: "ACS3" | "V1";
  readonly format: "JSON" | "XML";
  readonly host: string;
  /** Something in it is no valid percent-encoded UTF-8. */
  readonly malformed: boolean;
}

const FORM = /^application\/x-www-form-urlencoded\b/i;

const decode = (text: string): string => lenientDecode(text.replaceAll("+", " "));

/** The pairs of a query or form, in the order in which they were sent. */
export function decodePairs(encoded: string): [string, string][] {
  return encoded
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [decode(pair), ""] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

function isMalformed(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return false;
  } catch {
    return true;
  }
}

function formatOf(request: WireRequest, fields: Fields, signedBy: RpcCall["signedBy"]): RpcCall["format"] {
  const asked = fields.get("Format")?.toUpperCase();
  if (asked === "JSON" || asked === "XML") return asked;
  const accept = request.headers.accept ?? "";
  if (/\b(application|text)\/xml\b/.test(accept)) return "XML";
  // V1 clients that ask for nothing get XML from the real gateway
  return signedBy === "V1" && !accept.includes("application/json") ? "XML" : "JSON";
}

function parse(request: WireRequest): RpcCall {
  const { headers } = request;
  const form = FORM.test(headers["content-type"] ?? "") ? request.body.toString("utf8") : "";
  const fields = new Map([...decodePairs(form), ...decodePairs(request.rawQuery)]);
  const signedBy = headers.authorization === undefined ? "V1" : "ACS3";
  return {
    action: headers["x-acs-action"] ?? fields.get("Action") ?? "",
    version: headers["x-acs-version"] ?? fields.get("Version") ?? "",
    fields,
    signedBy,
    format: formatOf(request, fields, signedBy),
    host: headers.host ?? "",
    malformed: isMalformed(form) || isMalformed(request.rawQuery),
  };
}

const parsed = new WeakMap<WireRequest, RpcCall>();

/** Decodes a request, once however often it is asked for. Never throws: see `malformed`. */
export function rpcCallOf(request: WireRequest): RpcCall {
  const known = parsed.get(request);
  if (known) return known;
  const call = parse(request);
  parsed.set(request, call);
  return call;
}
