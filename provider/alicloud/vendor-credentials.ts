import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { CloudError, systemCode } from "../errors";
import type { TemporaryKeys } from "../renewal";
import { noCredentials } from "../settings";
import type { SignIn } from "./sign-in";

interface VendorProvider {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string }>;
}

/**
 * What only the vendor's library can do: profiles of which a browser, a program or Cloud SSO gives the keys, and
 * `~/.alibabacloud/credentials`. It renews by itself; after a failure, and where the file has changed, it is made anew, as it keeps to what it did last.
 * Its messages are dropped, as some carry the content of a credentials file.
 */
export function vendorKeys(signIn: SignIn & { readonly by: "vendor" }): (anew: boolean) => Promise<TemporaryKeys> {
  let provider: Promise<VendorProvider> | undefined;
  let writtenAt: number | undefined;
  return async (anew) => {
    const { mtimeMs } = statSync(signIn.file, { throwIfNoEntry: false }) ?? {};
    if (anew || mtimeMs !== writtenAt) provider = undefined;
    writtenAt = mtimeMs;
    try {
      provider ??= vendorProvider(signIn);
      const { accessKeyId, accessKeySecret, securityToken } = await (await provider).getCredentials();
      return { accessKey: accessKeyId, secretKey: accessKeySecret, securityToken: securityToken || undefined };
    } catch (error) {
      provider = undefined;
      throw withoutKeys(signIn.place, error);
    }
  };
}

/** The codes of a network that fails, and the name that the vendor gives to waiting in vain. */
const noAnswer = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|RequestTimeoutError)/;

function withoutKeys(place: string, error: unknown): CloudError {
  const code = systemCode(error);
  if (noAnswer.test(code ?? (error instanceof Error ? error.name : ""))) {
    const message = `${place} gives no keys, since there is no answer from where they come from; try again`;
    return new CloudError({ kind: "unavailable", code, message });
  }
  return noCredentials(
    `${place} gives no keys; sign in with Alibaba Cloud's CLI (\`aliyun configure\`), or correct what it holds`,
  );
}

async function vendorProvider({ from, name }: SignIn & { readonly by: "vendor" }): Promise<VendorProvider> {
  silenceVendor();
  const { CLIProfileCredentialsProvider, ProfileCredentialsProvider } = await import("@alicloud/credentials");
  const builder = from === "profile" ? CLIProfileCredentialsProvider.builder() : ProfileCredentialsProvider.builder();
  return (name === undefined ? builder : builder.withProfileName(name)).build();
}

/** With `DEBUG=*` the library would print the answers that temporary keys come in, and what it signs with their token. */
function silenceVendor(): void {
  try {
    const requireOfVendor = createRequire(require.resolve("@alicloud/credentials"));
    const debug: Debug = createRequire(requireOfVendor.resolve("httpx"))("debug");
    if (["httpx:body", "httpx:header", "sign"].some((name) => debug.enabled(name)))
      debug.enable(`${debug.disable()},-httpx:*,-sign`);
  } catch {
    // What a later version of the library does without prints nothing.
  }
}

interface Debug {
  enabled(name: string): boolean;
  enable(names: string): void;
  /** Returns what was enabled. */
  disable(): string;
}
