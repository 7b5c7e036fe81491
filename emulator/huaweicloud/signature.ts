import { createHash, createHmac } from "node:crypto";
import type { WireRequest } from "../service";

const algorithm = "SDK-HMAC-SHA256";
const unsignedPayload = "UNSIGNED-PAYLOAD";

/** The hex signature that this request must carry; undefined where a header that it says is signed is not there. */
export function signatureOf(
  request: WireRequest,
  signedHeaders: readonly string[],
  secretKey: string,
): string | undefined {
  if (signedHeaders.some((name) => request.headers[name] === undefined)) return undefined;
  const canonical = [
    request.method,
    canonicalPath(request.rawPath),
    canonicalQuery(request.rawQuery),
    signedHeaders.map((name) => `${name}:${request.headers[name]}\n`).join(""),
    signedHeaders.join(";"),
    payloadHash(request, signedHeaders),
  ].join("\n");
  const toSign = [algorithm, request.headers["x-sdk-date"], sha256(canonical)].join("\n");
  return createHmac("sha256", secretKey).update(toSign).digest("hex");
}

/** Undoes percent-escapes; text that holds a broken one stays as it is. */
export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function canonicalPath(rawPath: string): string {
  const path = rawPath
    .split("/")
    .map((segment) => encode(decodeSegment(segment)))
    .join("/");
  return path.endsWith("/") ? path : `${path}/`;
}

function canonicalQuery(rawQuery: string): string {
  return [...new URLSearchParams(rawQuery)]
    .sort(([key, value], [otherKey, otherValue]) => compare(key, otherKey) || compare(value, otherValue))
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .join("&");
}

function payloadHash(request: WireRequest, signedHeaders: readonly string[]): string {
  const header = "x-sdk-content-sha256";
  if (signedHeaders.includes(header) && request.headers[header] === unsignedPayload) return unsignedPayload;
  return sha256(request.body);
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
