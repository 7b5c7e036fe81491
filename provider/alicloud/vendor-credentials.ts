import { createRequire } from "node:module";
import type { TemporaryKeys } from "../renewal";
import { settingError } from "../settings";
import type { SignIn } from "./sign-in";

interface VendorProvider {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string }>;
}

/**
 * What only the vendor's library can do: profiles of which a browser, a program or Cloud SSO gives the keys, and
 * `~/.alibabacloud/credentials`. It renews by itself; after a failure it is made anew, as it keeps to what it did last.
 * Its messages are dropped, as some carry the content of a credentials file.
 */
export function vendorKeys(signIn: SignIn & { readonly by: "vendor" }): (anew: boolean) => Promise<TemporaryKeys> {
  let provider: Promise<VendorProvider> | undefined;
  return async (anew) => {
    try {
      if (anew) provider = undefined;
      provider ??= vendorProvider(signIn);
      const { accessKeyId, accessKeySecret, securityToken } = await (await provider).getCredentials();
      return { accessKey: accessKeyId, secretKey: accessKeySecret, securityToken: securityToken || undefined };
    } catch {
      provider = undefined;
      throw settingError(
        `${signIn.place} gives no keys; sign in with Alibaba Cloud's CLI (\`aliyun configure\`), or correct what it holds`,
      );
    }
  };
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
