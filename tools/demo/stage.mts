import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import type { rpcClient as makeRpcClient } from "../../provider/alicloud/client.ts";
import type { kmsApi as KmsApi } from "../../provider/alicloud/kms-api.ts";
import { ALICLOUD_REGION, type Setting } from "../engine/settings.mts";
import type { Screen } from "./screen.mts";
import type { Hands } from "./steps.mts";

const require = createRequire(import.meta.url);
const { rpcClient } = require("../../dist/provider/alicloud/client.js") as { rpcClient: typeof makeRpcClient };
const { kmsApi } = require("../../dist/provider/alicloud/kms-api.js") as { kmsApi: typeof KmsApi };
const QUICKSTART = new URL("../../examples/quickstart/index.ts", import.meta.url);

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
      await kms("DeleteSecret", ALICLOUD_REGION, { SecretName: "quickstart-application", RecoveryWindowInDays: "7" });
    },
  };
}
