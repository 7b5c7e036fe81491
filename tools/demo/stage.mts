import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import type { rpcClient as makeRpcClient } from "../../provider/alicloud/client.ts";
import type { kmsApi as KmsApi } from "../../provider/alicloud/kms-api.ts";
import type { Screen } from "./screen.mts";
import type { Hands } from "./steps.mts";

const require = createRequire(import.meta.url);
const { rpcClient } = require("../../dist/provider/alicloud/client.js") as { rpcClient: typeof makeRpcClient };
const { kmsApi } = require("../../dist/provider/alicloud/kms-api.js") as { kmsApi: typeof KmsApi };
const QUICKSTART = new URL("../../examples/quickstart/index.ts", import.meta.url);
const REGION = "cn-hangzhou";

/** Random, with signs that JSON, URLs and shells write differently. */
export const newPassword = (): string => `${randomBytes(9).toString("base64")}"<&>\\%= /+`;

/** The quickstart as a program that runs from the start each time. */
export function quickstart(): PulumiFn {
  let runs = 0;
  return async () => {
    runs += 1;
    return { ...(await import(`${QUICKSTART.href}?run=${runs}`)) };
  };
}

export interface Setting {
  readonly value: string;
  readonly secret: boolean;
}

/** What a user sets for the two clouds, here with an emulator's address. */
export function settings(url: string, accessKey: string, secretKey: string): Record<string, Setting> {
  const plain = (value: string): Setting => ({ value, secret: false });
  const both = (cloud: string, region: string, services: string[]) => ({
    [`${cloud}:region`]: plain(region),
    [`${cloud}:accessKey`]: plain(accessKey),
    [`${cloud}:secretKey`]: { value: secretKey, secret: true },
    [`${cloud}:endpoints`]: plain(JSON.stringify(Object.fromEntries(services.map((name) => [name, url])))),
  });
  return { ...both("alicloud", REGION, ["kms", "gpdb"]), ...both("huaweicloud", "cn-north-4", ["kms", "iam"]) };
}

/** Runs the engine with its progress on the screen until `signal` stops it. */
export function handsOn(
  stack: Stack,
  screen: Screen,
  signal: AbortSignal,
  config: Readonly<Record<string, Setting>>,
  password: string,
): Hands {
  const color = process.stdout.isTTY && !process.env.NO_COLOR ? "always" : "never";
  const options = { color, signal, onOutput: screen.write, onError: screen.write } as const;
  const kms = rpcClient(kmsApi, { config: (key) => config[key]?.value, env: {} });
  const brief = { ...options, suppressOutputs: true };
  return {
    preview: async () => void (await stack.preview(brief)),
    up: async () => void (await stack.up(options)),
    upBriefly: async () => void (await stack.up(brief)),
    refresh: async () => void (await stack.refresh(brief)),
    destroy: async () => void (await stack.destroy(brief)),
    changePassword: () => stack.setConfig("password", { value: password, secret: true }),
    async deleteBehindItsBack() {
      await kms("DeleteSecret", REGION, { SecretName: "quickstart-application", RecoveryWindowInDays: "7" });
    },
  };
}
