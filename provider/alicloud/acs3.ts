import { createHash, randomUUID } from "node:crypto";
import signer from "@alicloud/openapi-util";
import type { Keys } from "../settings";

export interface FormRequest {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly form: string;
  /** None for a call that anybody may make. */
  readonly keys: Keys | undefined;
}

/** Signs with the vendor's ACS3-HMAC-SHA256; its transport would put values into URLs and error messages. */
export function sign({ host, action, version, form, keys }: FormRequest): Record<string, string> {
  const digest = createHash("sha256").update(form).digest("hex");
  const headers: Record<string, string> = {
    host,
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
    "x-acs-action": action,
    "x-acs-version": version,
    "x-acs-date": new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-content-sha256": digest,
  };
  return keys ? signed(headers, digest, keys) : headers;
}

function signed(unsigned: Record<string, string>, digest: string, keys: Keys): Record<string, string> {
  const { accessKey, secretKey, securityToken } = keys;
  const headers = {
    ...unsigned,
    ...(securityToken ? { "x-acs-accesskey-id": accessKey, "x-acs-security-token": securityToken } : {}),
  };
  const request = { method: "POST", pathname: "/", query: {}, headers } as SignedRequest;
  const authorization = signer.getAuthorization(request, "ACS3-HMAC-SHA256", digest, accessKey, secretKey);
  return { ...headers, authorization };
}

/** The signer reads these four of the vendor's request class. */
type SignedRequest = Parameters<typeof signer.getAuthorization>[0];
