import { type CloudError, isKind } from "../errors";
import { noCredentials, readKeys, readSetting, type SettingsSource } from "../settings";
import { configuredAgency } from "./agency";
import { credentialPlace, credentialPlaces } from "./places";
import type { Profile } from "./profile";
import { configuredKeys, domainId as domainIdSetting } from "./settings";
import { cannotSignIn, fixed, type SignIn } from "./sign-in";
import { ofAgency, ofIdToken, ofInstance } from "./temporary-keys";

/**
 * How to sign in by these settings: by the credentials of the first place that has any, and by the agency that is to be
 * assumed with them. Files are read, nothing is sent. Throws a settings error for what cannot be used.
 */
export function huaweicloudSignIn(source: SettingsSource): SignIn {
  const agency = configuredAgency(source);
  const base = firstSignIn(source);
  return agency ? ofAgency(source, base, agency, ownDomain(source)) : base;
}

/** The environment's account is none of keys that stand in the configuration. */
function ownDomain(source: SettingsSource): string | undefined {
  const isConfigured = readKeys([configuredKeys], source) !== undefined;
  return isConfigured ? source.config(domainIdSetting.config) || undefined : readSetting(domainIdSetting, source);
}

function firstSignIn(source: SettingsSource): SignIn {
  const place = credentialPlace(source);
  if (place.kind === "fixed") return fixed(place.credentials);
  if (place.kind === "profile") return ofProfile(source, place.profile);
  if (place.kind === "idToken") return ofIdToken(source, place.provider, place.file);
  return ofInstance(source, (failure) => {
    if (!isKind(failure, "credentials", "unavailable")) throw failure;
    const places = credentialPlaces.join(", then ");
    return noCredentials(`no credentials for Huawei Cloud; looked at ${places}: ${failure.message}`, failure.status);
  });
}

/** Where nothing answers at all, this is no instance. */
const withoutInstance = ({ message, status }: CloudError) => noCredentials(message, status);

function ofProfile(source: SettingsSource, { what, keys, agency, domainId }: Profile): SignIn {
  const base =
    keys === "ecsAgency"
      ? ofInstance(source, (failure) => withoutInstance(cannotSignIn(`the agency of this instance (${what})`, failure)))
      : fixed(keys);
  return agency ? ofAgency(source, base, { ...agency, from: what }, domainId ?? ownDomain(source)) : base;
}
