import { projectIdOf } from "../../emulator/huaweicloud/identity";
import { DEFAULT_CREDENTIALS, type Emulator } from "../../emulator/server";
import { acs3, type Parameters } from "../emulator/alicloud/acs3";

/** Somebody who works on the clouds behind the stack's back; every call has to succeed. */
export const byHand = ({ port, url }: Emulator) => ({
  csmsTags: (id: string, tags: readonly object[]) =>
    huawei(url, "POST", `csms/${id}/tags/action`, { action: "create", tags }),
  async kms(action: string, parameters: Parameters) {
    const { status, text } = await acs3(port, action, parameters);
    if (status !== 200) throw new Error(`${action}: ${status} ${text}`);
  },
  async gpdb(action: string, parameters: Parameters) {
    const { status, text } = await acs3(port, action, parameters, { version: "2016-05-03" });
    if (status !== 200) throw new Error(`${action}: ${status} ${text}`);
  },
  csms: (method: string, path: string, body?: object) => huawei(url, method, `secrets/${path}`, body),
});

async function huawei(url: string, method: string, path: string, body?: object): Promise<void> {
  const reply = await fetch(`${url}/v1/${projectIdOf("cn-north-4")}/${path}`, {
    method,
    headers: { "X-Auth-Token": DEFAULT_CREDENTIALS.token, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
}

// biome-ignore lint/suspicious/noExplicitAny: what the emulator holds is read at the wire's edge
type Held = Record<string, any>;

/** What a service holds, by the secrets' names. */
export function held({ state }: Emulator, service: "kms" | "gpdb" | "csms"): Record<string, Held> {
  const { secrets } = state()[service] as { secrets: Held[] };
  return Object.fromEntries(secrets.map((secret) => [secret.SecretName ?? secret.name, secret]));
}
