import { CloudError } from "../errors";
import { ofSignIn } from "../known-credentials";
import type { Keys } from "../settings";

/** What a call is signed with; nothing for one that carries its proof in itself. */
export type Credentials = Keys | { readonly token: string } | "none";

/** How this process signs in, by keys that stay or by such as have to be renewed. */
export interface SignIn {
  /** How it signs in, also with which secrets: told to nobody. */
  readonly way: string;
  /** Whose calls these are: the same before and after keys are renewed, and told to nobody. */
  readonly account: string;
  /** What to sign the next call with. Throws a CloudError of the kind `credentials` where there is nothing. */
  credentials(): Promise<Credentials>;
  /** Whether a call that was refused for these may be made again with other ones. */
  renew(refused: Credentials): boolean;
}

/** Credentials that nobody renews. */
export function fixed(credentials: Exclude<Credentials, "none">): SignIn {
  return {
    way: JSON.stringify(credentials),
    account: "token" in credentials ? credentials.token : credentials.accessKey,
    credentials: async () => credentials,
    renew: () => false,
  };
}

/** For calls that need no credentials. */
export const anonymous: SignIn = { way: "", account: "", credentials: async () => "none", renew: () => false };

/** Why nothing can be signed. */
export function cannotSignIn(how: string, failure: unknown): CloudError {
  if (!(failure instanceof CloudError)) throw failure;
  return ofSignIn(failure, `cannot sign in to Huawei Cloud by ${how}: ${failure.message}`);
}
