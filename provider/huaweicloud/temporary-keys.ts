import { renewalOf, type TemporaryKeys } from "../renewal";
import { readEndpoint, type SettingsSource } from "../settings";
import type { Agency } from "./agency";
import { signInClient } from "./client";
import { iamApi } from "./iam-api";
import { readIdToken } from "./id-token";
import { askMetadata, metadataAddress } from "./metadata";
import { idTokenVariables } from "./settings";
import { anonymous, cannotSignIn, fixed, type SignIn } from "./sign-in";

/** What IAM gives where nothing else is said; in an hour, an agency that is taken away is noticed. */
const lifeSeconds = 3_600;

interface Source {
  readonly address: URL | string;
  readonly account: string;
  /** Whoever asks. */
  readonly base?: SignIn;
  ask(): Promise<TemporaryKeys>;
  /** What a failure to ask comes to. */
  failed(failure: unknown): Error;
}

function renewing({ address, account, base, ask, failed }: Source): SignIn {
  const renewal = renewalOf(String(address), account);
  return {
    way: JSON.stringify([address, account, base?.way]),
    account,
    async credentials() {
      try {
        return await renewal.keys(ask);
      } catch (error) {
        throw failed(error);
      }
    },
    renew: (refused) => refused !== "none" && !("token" in refused) && renewal.forget(refused),
  };
}

/** The agency of the ECS instance that this runs on. */
export function ofInstance(source: SettingsSource, failed: Source["failed"]): SignIn {
  const address = metadataAddress(source);
  return renewing({ address, account: "the agency of this instance", ask: () => askMetadata(address), failed });
}

const iamAddress = (source: SettingsSource) => readEndpoint(iamApi.endpoint, source) ?? iamApi.publicHost();

/** An agency of another account that `base` may take; `ownDomainId` is the account of `base`, which else IAM is asked for. */
export function ofAgency(
  source: SettingsSource,
  base: SignIn,
  agency: Agency & { readonly from: string },
  ownDomainId: string | undefined,
): SignIn {
  const iam = signInClient(iamApi, source, base);
  const { agencyName, domainId, domainName, duration = lifeSeconds, from } = agency;
  const account = domainId ? { domain_id: domainId } : { domain_name: domainName };
  const assume_role = { agency_name: agencyName, ...account, duration_seconds: duration };
  return renewing({
    address: iamAddress(source),
    account: JSON.stringify([agencyName, account, base.account]),
    base,
    async ask() {
      const own = ownDomainId ?? (await iam("ListAuthDomains", {})).domains[0]?.id;
      const body = { auth: { identity: { methods: ["assume_role"], assume_role } } };
      return iam("CreateTemporaryAccessKeyByAgency", { domainId: own, body });
    },
    failed: (failure) => cannotSignIn(`the agency "${agencyName}" (${from})`, failure),
  });
}

/** An OpenID Connect token in a file, as what runs in a cluster or a pipeline is given it. */
export function ofIdToken(source: SettingsSource, provider: string, file: string): SignIn {
  readIdToken(file);
  const identify = signInClient(iamApi, source, anonymous);
  return renewing({
    address: iamAddress(source),
    account: JSON.stringify([provider, file]),
    async ask() {
      const id = readIdToken(file);
      const request = { idpId: provider, body: { auth: { id_token: { id } } }, secrets: [id] };
      const token = (await identify("CreateUnscopedTokenWithIdToken", request))["X-Subject-Token"];
      const identity = { methods: ["token"], token: { duration_seconds: lifeSeconds } };
      const iam = signInClient(iamApi, source, fixed({ token }));
      return iam("CreateTemporaryAccessKeyByToken", { body: { auth: { identity } } });
    },
    failed: (failure) => cannotSignIn(`the token in ${file} (${idTokenVariables.file})`, failure),
  });
}
