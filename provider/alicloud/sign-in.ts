import type { TemporaryKeys } from "../renewal";

/** A role to take on, by the names of STS. */
export interface Role {
  readonly roleArn: string;
  readonly sessionName: string;
  /** In seconds. */
  readonly duration?: number | undefined;
  readonly policy?: string | undefined;
  /** Of STS, such as `https://sts.aliyuncs.com`. */
  readonly origin: string;
}

/** A token of an OIDC provider, or the file in which the newest one always is; `place` names the setting. */
export type OidcToken = { readonly place: string } & ({ readonly token: string } | { readonly file: string });

/** One way to come to keys, as plain data: who signs in the same way shares what comes of it. */
export type SignIn =
  | { readonly by: "keys"; readonly keys: TemporaryKeys }
  | { readonly by: "role"; readonly base: SignIn; readonly role: Role; readonly externalId?: string | undefined }
  | { readonly by: "oidc"; readonly role: Role; readonly providerArn: string; readonly token: OidcToken }
  | {
      readonly by: "ecs";
      readonly roleName: string | undefined;
      readonly origin: string;
      /** Whether the metadata service may be asked without a token of its own. */
      readonly mayLackToken: boolean;
      /** What to say first where it was only tried, as nothing else was set. */
      readonly otherwise?: string | undefined;
    }
  | { readonly by: "uri"; readonly uri: string; readonly place: string }
  | {
      readonly by: "vendor";
      readonly from: "profile" | "ini";
      readonly name: string | undefined;
      readonly file: string;
      /** What errors call it. */
      readonly place: string;
    };

/** Whose calls they are, as far as that is known without asking: temporary keys change under one account. */
export function accountOf(signIn: SignIn): string {
  switch (signIn.by) {
    case "keys":
      return signIn.keys.accessKey;
    case "role":
    case "oidc":
      return /^acs:ram::(\d+):/.exec(signIn.role.roleArn)?.[1] ?? signIn.role.roleArn;
    case "ecs":
      return `ecs ${signIn.origin}`;
    case "uri":
      return `uri ${signIn.uri}`;
    case "vendor":
      return `${signIn.from} ${signIn.name}`;
  }
}
