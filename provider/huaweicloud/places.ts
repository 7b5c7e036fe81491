import { isKind } from "../errors";
import {
  describeKeyPlace,
  type Keys,
  placeInConfiguration,
  readKeys,
  refuseUnsendable,
  type Setting,
  type SettingsSource,
  settingError,
} from "../settings";
import { configuredAgency } from "./agency";
import { currentProfile, namedProfile, type Profile } from "./profile";
import {
  configuredKeys,
  configuredToken,
  environmentKeys,
  environmentToken,
  idTokenVariables,
  profileFile,
  profileName,
  projectId as projectIdNames,
  projectName,
  region as regionNames,
} from "./settings";

/** Where credentials stand, or who gives them. */
export type Place =
  | { readonly kind: "fixed"; readonly credentials: Keys | { readonly token: string } }
  | { readonly kind: "profile"; readonly profile: Profile }
  | { readonly kind: "idToken"; readonly provider: string; readonly file: string }
  | { readonly kind: "metadata" };

/**
 * The first place that has credentials: the configuration (keys, a token, a profile), then the environment (keys, a token,
 * an OpenID Connect token, a profile), then the CLI's current profile. What is left is the metadata of an ECS instance.
 */
export function credentialPlace(source: SettingsSource): Place {
  return inConfiguration(source) ?? inEnvironment(source) ?? ofProfile(currentProfile(source)) ?? { kind: "metadata" };
}

/** In words, for who finds nothing. */
export const credentialPlaces: readonly string[] = [
  describeKeyPlace(configuredKeys),
  placeInConfiguration(configuredToken.config),
  `${profileName.config} or ${profileFile.config} there`,
  ...environmentKeys.map(describeKeyPlace),
  `${environmentToken} in the environment`,
  `${idTokenVariables.provider} and ${idTokenVariables.file} there`,
  `${[...profileName.env, ...profileFile.env].join(" or ")} there`,
  "the current profile of ~/.hcloud/config.json",
  "the agency of this ECS instance",
];

function inConfiguration(source: SettingsSource): Place | undefined {
  const keys = readKeys([configuredKeys], source);
  if (keys) return { kind: "fixed", credentials: keys };
  const token = source.config(configuredToken.config);
  refuseUnsendable(configuredToken.config, token);
  if (token) return { kind: "fixed", credentials: { token } };
  return ofProfile(namedProfile(source, "config"));
}

function inEnvironment(source: SettingsSource): Place | undefined {
  const keys = readKeys(environmentKeys, source);
  if (keys) return { kind: "fixed", credentials: keys };
  const token = source.env[environmentToken];
  refuseUnsendable(environmentToken, token);
  if (token) return { kind: "fixed", credentials: { token } };
  return ofIdToken(source) ?? ofProfile(namedProfile(source, "env"));
}

const ofProfile = (profile: Profile | undefined): Place | undefined => profile && { kind: "profile", profile };

function ofIdToken({ env }: SettingsSource): Place | undefined {
  const { provider: providerName, file: fileName } = idTokenVariables;
  const [provider, file] = [env[providerName], env[fileName]];
  if (provider && file) return { kind: "idToken", provider, file };
  if (!provider && !file) return undefined;
  const [has, lacks] = provider ? [providerName, fileName] : [fileName, providerName];
  throw settingError(`${has} is set but ${lacks} is not; set both, or neither`);
}

/** A setting of the profile that signs in. One that cannot be used is told where it is to sign in. */
function ofSigningProfile(read: (profile: Profile, source: SettingsSource) => string | undefined): Setting["further"] {
  return {
    place: "the profile that signs in",
    read(source) {
      try {
        const place = credentialPlace(source);
        return place.kind === "profile" ? read(place.profile, source) : undefined;
      } catch (error) {
        if (isKind(error, "settings")) return undefined;
        throw error;
      }
    },
  };
}

export const region: Setting = { ...regionNames, further: ofSigningProfile((profile) => profile.region) };
/** The project of a profile is none of an agency's that takes its place. */
export const projectId: Setting = {
  ...projectIdNames,
  otherwise: projectName,
  further: ofSigningProfile(({ projectId }, source) => (configuredAgency(source) ? undefined : projectId)),
};
