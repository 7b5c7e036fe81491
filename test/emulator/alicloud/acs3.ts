import { createHash, randomUUID } from "node:crypto";
import OpenApiUtil from "@alicloud/openapi-util";
import * as tea from "@alicloud/tea-typescript";
import { exchange, type Received } from "../http";

export interface Options {
  readonly version?: string;
  /** Where the parameters travel. */
  readonly via?: "query" | "body";
  readonly method?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  /** Milliseconds since 1970 that x-acs-date shows. */
  readonly at?: number;
  /** Signed with the rest; undefined leaves a header out. */
  readonly headers?: Record<string, string | undefined>;
  /** Added after signing. */
  readonly unsigned?: Record<string, string>;
  /** Sent in place of the body that was signed. */
  readonly forgedBody?: string;
}

export type Parameters = Record<string, string>;

const enc = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

const pairs = (parameters: Parameters) =>
  Object.entries(parameters)
    .map(([name, value]) => `${enc(name)}=${enc(value)}`)
    .join("&");

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export const isoSecond = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A call signed by the vendor's own signer and sent as it signed it. */
export async function acs3(
  port: number,
  action: string,
  parameters: Parameters,
  options: Options = {},
): Promise<Received> {
  const via = options.via ?? "body";
  const body = via === "body" ? pairs(parameters) : "";
  const headers = Object.fromEntries(
    Object.entries({
      host: `127.0.0.1:${port}`,
      "x-acs-action": action,
      "x-acs-version": options.version ?? "2016-01-20",
      "x-acs-date": isoSecond(options.at ?? Date.now()),
      "x-acs-signature-nonce": randomUUID(),
      "x-acs-content-sha256": sha256(body),
      accept: "application/json",
      ...(via === "body" && { "content-type": "application/x-www-form-urlencoded" }),
      ...options.headers,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const method = options.method ?? "POST";
  const signed = new tea.Request();
  Object.assign(signed, { method, pathname: "/", query: via === "query" ? parameters : {}, headers });
  const authorization = OpenApiUtil.getAuthorization(
    signed,
    "ACS3-HMAC-SHA256",
    sha256(body),
    options.accessKey ?? "emulator",
    options.secretKey ?? "emulator-secret-key",
  );
  return exchange(port, {
    method,
    path: via === "query" ? `/?${pairs(parameters)}` : "/",
    headers: { authorization, ...headers, ...options.unsigned },
    body: options.forgedBody ?? (body || undefined),
  });
}
