import { rpcClient } from "../../provider/alicloud/client";
import { gpdbApi } from "../../provider/alicloud/gpdb-api";
import { kmsApi } from "../../provider/alicloud/kms-api";
import { restClient } from "../../provider/huaweicloud/client";
import { huaweicloudSignIn } from "../../provider/huaweicloud/credentials";
import { csmsApi } from "../../provider/huaweicloud/csms-api";
import { epsApi } from "../../provider/huaweicloud/eps-api";
import { iamApi } from "../../provider/huaweicloud/iam-api";
import type { SettingsSource } from "../../provider/settings";
import { failureOf } from "./failures";
import { sourceOf } from "./source";

const canary = "c4n4ry";
const region = "r-1";
const secret = { SecretName: "app", SecretData: canary, Password: canary };

/** One call of each client; the settings are read where it begins. */
const calls = {
  kms: async (source: SettingsSource) => rpcClient(kmsApi, source)("CreateSecret", region, secret),
  gpdb: async (source: SettingsSource) => rpcClient(gpdbApi, source)("CreateSecret", region, secret),
  csms: async (source: SettingsSource) =>
    restClient(
      csmsApi,
      source,
      huaweicloudSignIn(source),
    )("CreateSecret", { region, body: { name: "app", secret_string: canary } }),
  iam: async (source: SettingsSource) =>
    restClient(iamApi, source, huaweicloudSignIn(source))("ListProjects", { region }),
  eps: async (source: SettingsSource) =>
    restClient(epsApi, source, huaweicloudSignIn(source))("MigrateResource", { region }),
};
export const places = {
  kms: ["alicloud:endpoints", "kms"],
  gpdb: ["alicloud:endpoints", "gpdb"],
  csms: ["huaweicloud:endpoints", "kms"],
  iam: ["huaweicloud:endpoints", "iam"],
  eps: ["huaweicloud:endpoints", "eps"],
} as const;
export const services = Object.keys(calls) as (keyof typeof calls)[];
const keys = {
  "alicloud:accessKey": "ak",
  "alicloud:secretKey": canary,
  "huaweicloud:token": canary,
};

/** What becomes of a call that is sent to an address. */
export function failureAt(service: keyof typeof calls, address: string | undefined, env: Record<string, string> = {}) {
  const [config, name] = places[service];
  const endpoints = address === undefined ? {} : { [config]: JSON.stringify({ [name]: address }) };
  return failureOf(calls[service](sourceOf({ ...keys, ...endpoints }, env)), canary);
}
