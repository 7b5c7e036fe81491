import { createHmac } from "node:crypto";
import type { WireRequest } from "../../service";
import type { Fields } from "../rpc";
import { gatewayRefusal, notSupplied } from "../rpc-error";
import { type Claim, canonicalPairs, rfc3986 } from "./claim";

const REQUIRED = ["AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp"];
const FIXED = { SignatureMethod: "HMAC-SHA1", SignatureVersion: "1.0" };

const incomplete = (name: string) =>
  gatewayRefusal(400, "IncompleteSignature", `The request signature does not conform to the standard: ${name}.`);

function stringToSign(request: WireRequest, fields: Fields): string {
  const signed = [...fields].filter(([name]) => name !== "Signature");
  return `${request.method}&${rfc3986("/")}&${rfc3986(canonicalPairs(signed))}`;
}

/** Reads the older signature: HMAC-SHA1 over all parameters, of the query and of the form. */
export function v1Claim(request: WireRequest, fields: Fields): Claim {
  const absent = REQUIRED.find((name) => !fields.get(name));
  if (absent !== undefined) throw notSupplied(absent);
  const wrong = Object.entries(FIXED).find(([name, value]) => fields.get(name) !== value);
  if (wrong) throw incomplete(`${wrong[0]} is not ${wrong[1]}`);
  if (!fields.get("Signature")) throw incomplete("Signature is absent");
  return {
    accessKey: fields.get("AccessKeyId") ?? "",
    securityToken: fields.get("SecurityToken") ?? "",
    nonce: fields.get("SignatureNonce") ?? "",
    date: fields.get("Timestamp") ?? "",
    dateName: "Timestamp",
    signedWith: (secretKey) =>
      createHmac("sha1", `${secretKey}&`).update(stringToSign(request, fields)).digest("base64") ===
      fields.get("Signature"),
  };
}
