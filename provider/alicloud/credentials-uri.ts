import { CloudError, describeFailure } from "../errors";
import type { TemporaryKeys } from "../renewal";
import { isPlain, refuseUnverified, type SettingsSource, settingError } from "../settings";
import { sendForText } from "../transport";
import type { SignIn } from "./sign-in";
import { issuedIn } from "./temporary-keys";

const answersWithinMs = 20_000;

/** Reads an address that answers keys; it may hold a secret, so no message repeats it. */
export function readCredentialsUri(uri: string, place: string, source: SettingsSource): SignIn {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw settingError(
      `${place} must be a URL such as https://credentials.example.com/keys, without a user or password`,
    );
  if (isPlain(uri))
    throw settingError(
      `${place} is an http: address, which would send keys unencrypted; use https: (http: is for loopback only)`,
    );
  if (url.protocol === "https:") refuseUnverified(source);
  return { by: "uri", uri, place };
}

/** Asks an address that answers keys, such as a sidecar's. */
export async function keysFromUri({ uri, place }: SignIn & { readonly by: "uri" }): Promise<TemporaryKeys> {
  const call = `the credentials service of ${place}`;
  const reply = await sendForText(call, { method: "GET", url: new URL(uri), headers: {} }, answersWithinMs);
  const { status } = reply;
  if (status < 400) return issuedIn(call, reply);
  const facts = { kind: status >= 500 ? "unavailable" : "other", status } as const;
  const said = "it refuses to answer; look at the service, and at the address";
  throw new CloudError({ ...facts, message: describeFailure(call, { ...facts, said }) });
}
