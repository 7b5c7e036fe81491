import type { Values } from "../../../../provider/fields";
import type { Loose } from "../../support";

/** Which stages are on which version, as the emulator has a secret. */
export const stagesOf = ({ Versions }: Loose): Record<string, string[]> =>
  Object.fromEntries(Versions.map((version: Loose) => [version.VersionId, version.VersionStages.toSorted()]));

/** The versions of a state, each as its id and its stages in one order. */
export const versionsOf = ({ versions }: Values): unknown[] =>
  (versions as Loose[]).map(({ id, stages }) => [id, stages.toSorted()]);
