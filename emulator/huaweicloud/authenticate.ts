import { createHash, timingSafeEqual } from "node:crypto";
import type { ServiceOptions, WireRequest } from "../service";
import { Refusal } from "./failures";
import { signatureOf } from "./signature";
import { secretOfIssued } from "./temporary-keys";

const maxSkew = 15 * 60 * 1000;

/** Lets a request pass that has the one token or a right signature, by the permanent key or by one that the emulator has issued. Throws `Refusal` (401) else; the reason names no credential. */
export function authenticate(request: WireRequest, options: ServiceOptions): void {
  const token = request.headers["x-auth-token"];
  if (token !== undefined) {
    if (!sameText(token, options.token)) throw new Refusal("token");
    return;
  }
  const fault = signatureFault(request, options);
  if (fault) throw new Refusal("signature", fault);
}

function signatureFault(request: WireRequest, options: ServiceOptions): string | undefined {
  const claim = readClaim(request.headers.authorization);
  if (!claim) return "no token and no signature";
  const date = readDate(request.headers["x-sdk-date"]);
  if (date === undefined) return "X-Sdk-Date is missing or malformed";
  if (Math.abs(options.now() - date) > maxSkew) return "X-Sdk-Date is more than 15 minutes off";
  if (request.headers["x-security-token"] !== undefined && !claim.signedHeaders.includes("x-security-token"))
    return "X-Security-Token is not signed";
  const owner = ownerOf(claim.accessKey, request.headers["x-security-token"], options);
  const secretKey = typeof owner === "string" ? options.secretKey : owner.secret;
  const signed = sameText(claim.signature, signatureOf(request, claim.signedHeaders, secretKey) ?? "");
  if (typeof owner === "string") return owner;
  return signed ? undefined : "verify aksk signature fail";
}

/** What the holder of an access key signs with, or why nobody does. */
function ownerOf(
  accessKey: string,
  securityToken: string | undefined,
  options: ServiceOptions,
): { secret: string } | string {
  if (sameText(accessKey, options.accessKey)) return { secret: options.secretKey };
  if (securityToken === undefined) return "the access key does not exist";
  return secretOfIssued(options, accessKey, securityToken);
}

function readClaim(authorization = "") {
  const [, accessKey, headers, signature] =
    /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
  if (!accessKey || !headers || !signature) return undefined;
  return { accessKey, signedHeaders: headers.toLowerCase().split(";"), signature };
}

/** Milliseconds of `YYYYMMDDTHHmmssZ`. */
function readDate(text = ""): number | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = iso === text ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
