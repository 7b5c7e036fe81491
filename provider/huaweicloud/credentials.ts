import { describeKeyPlace, type Keys, readKeys, type SettingsSource, settingError } from "../settings";
import { configuredKeys, configuredToken, environmentKeys, environmentToken } from "./settings";

export type Credentials = Keys | { readonly token: string };

/** Keys in the configuration, then a token there, then keys and a token in the environment, which is all that the vendor's SDK for Node looks at. */
export function huaweicloudCredentials(source: SettingsSource): Credentials {
  const configured = readKeys([configuredKeys], source);
  if (configured) return configured;
  const token = source.config(configuredToken.config);
  if (token) return { token };
  const environment = readKeys(environmentKeys, source);
  if (environment) return environment;
  const fromEnvironment = source.env[environmentToken];
  if (fromEnvironment) return { token: fromEnvironment };
  const places = [
    describeKeyPlace(configuredKeys),
    `${configuredToken.config} in the stack's configuration`,
    ...environmentKeys.map(describeKeyPlace),
    `${environmentToken} in the environment`,
  ];
  throw settingError(`no credentials for Huawei Cloud; looked at ${places.join(", then ")}`);
}
