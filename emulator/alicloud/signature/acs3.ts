import { createHash, createHmac } from "node:crypto";
import type { WireRequest } from "../../service";
import { decodePairs } from "../rpc";
import { gatewayRefusal, notSupplied } from "../rpc-error";
import { type Claim, canonicalPairs } from "./claim";

const ALGORITHM = "ACS3-HMAC-SHA256";
const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const REQUIRED = ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"];

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

const incomplete = (why: string) =>
  gatewayRefusal(400, "IncompleteSignature", `The request signature does not conform to the standard: ${why}.`);

const header = (request: WireRequest, name: string): string => request.headers[name] ?? "";

/** Headers that must be covered by the signature, or else anyone on the way could change them. */
function requireSigned(request: WireRequest, signed: readonly string[]): void {
  const bare = Object.keys(request.headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
  const forgotten = bare.find((name) => !signed.includes(name));
  if (forgotten !== undefined) throw incomplete(`the header ${forgotten} is not signed`);
}

function stringToSign(request: WireRequest, signed: readonly string[]): string {
  const canonical = [
    request.method,
    request.rawPath,
    canonicalPairs(decodePairs(request.rawQuery)),
    ...signed.map((name) => `${name}:${header(request, name).trim()}`),
    "",
    signed.join(";"),
    sha256(request.body),
  ].join("\n");
  return `${ALGORITHM}\n${sha256(canonical)}`;
}

/** Reads an ACS3-HMAC-SHA256 `Authorization` header and all that it covers. */
export function acs3Claim(request: WireRequest): Claim {
  const [, accessKey = "", names = "", signature] = AUTHORIZATION.exec(header(request, "authorization")) ?? [];
  if (!signature) throw incomplete(`Authorization is not ${ALGORITHM} with Credential, SignedHeaders and Signature`);
  const absent = REQUIRED.find((name) => !header(request, name));
  if (absent !== undefined) throw notSupplied(absent);
  const signed = names.split(";");
  requireSigned(request, signed);
  return {
    accessKey,
    securityToken: header(request, "x-acs-security-token"),
    nonce: header(request, "x-acs-signature-nonce"),
    date: header(request, "x-acs-date"),
    dateName: "x-acs-date",
    signedWith: (secretKey) =>
      header(request, "x-acs-content-sha256") === sha256(request.body) &&
      createHmac("sha256", secretKey).update(stringToSign(request, signed)).digest("hex") === signature,
  };
}
