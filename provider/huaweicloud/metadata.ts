import { CloudError } from "../errors";
import { jsonIn } from "../json";
import type { TemporaryKeys } from "../renewal";
import { readEndpoint, type SettingsSource } from "../settings";
import { sendForText, unusable } from "../transport";
import { issuedKeys } from "./issued-keys";
import { endpoints } from "./settings";

/** On an instance it answers at once; elsewhere nothing may be there. */
const timeoutMs = 1_000;
const tokenLifeSeconds = 300;
const call = "the metadata service of this instance";

/** Plain HTTP, since it never leaves the instance. */
export function metadataAddress(source: SettingsSource): URL {
  return readEndpoint(endpoints.metadata, source) ?? new URL("http://169.254.169.254");
}

/** The temporary keys of the agency that an ECS instance has. */
export async function askMetadata(address: URL): Promise<TemporaryKeys> {
  const token = await metadataToken(address);
  const url = new URL("/openstack/latest/securitykey", address);
  const headers: Record<string, string> = token ? { "X-Metadata-Token": token } : {};
  const reply = await sendForText(call, { method: "GET", url, headers }, timeoutMs);
  const { status, text } = reply;
  if (status !== 200) {
    const message = `${call} gives no keys (HTTP ${status}): give the instance an agency, or other credentials`;
    throw new CloudError({ kind: "credentials", status, message });
  }
  const parsed = issuedKeys.safeParse(jsonIn(text));
  if (!parsed.success) throw unusable(call, reply, "the reply is not what the service documents");
  return parsed.data;
}

/** An instance may ask for a token; one that knows of none answers without. */
async function metadataToken(address: URL): Promise<string | undefined> {
  const url = new URL("/meta-data/latest/api/token", address);
  const headers = { "X-Metadata-Token-Ttl-Seconds": String(tokenLifeSeconds) };
  const { status, text } = await sendForText(call, { method: "PUT", url, headers }, timeoutMs);
  return status === 200 ? text.trim() : undefined;
}
