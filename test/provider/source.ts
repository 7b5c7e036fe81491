import type { SettingsSource } from "../../provider/settings";

type Texts = Readonly<Record<string, string | undefined>>;

/** Settings that hold just this. */
export const sourceOf = (config: Texts = {}, env: Texts = {}): SettingsSource => ({
  config: (key) => config[key],
  env,
});
