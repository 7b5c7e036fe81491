import { KMS_ASSUMED } from "../assumptions";
import type { Secret, Version } from "./secret";

export const CURRENT = "ACSCurrent";
export const PREVIOUS = "ACSPrevious";

const MAX_STAGES = 8;
const MAX_VERSIONS = 10;

export const holderOf = (secret: Secret, stage: string): Version | undefined =>
  secret.versions.find((version) => version.stages.includes(stage));

/** Throws when the secret would carry more than 8 different stages with these added. */
export function requireStageQuota(secret: Secret, added: readonly string[]): void {
  const all = new Set([...secret.versions.flatMap((version) => version.stages), ...added]);
  if (all.size > MAX_STAGES) throw KMS_ASSUMED.stageQuota();
}

export function removeStage(version: Version, stage: string): void {
  version.stages = version.stages.filter((other) => other !== stage);
}

/** Puts a stage on one version and takes it off any other; where ACSCurrent was, ACSPrevious goes. */
export function moveStage(secret: Secret, stage: string, to: Version): void {
  const holder = holderOf(secret, stage);
  if (holder === to) return;
  if (holder) removeStage(holder, stage);
  // a version that becomes current is no longer the previous one
  if (stage === CURRENT) removeStage(to, PREVIOUS);
  to.stages.push(stage);
  if (holder && stage === CURRENT) moveStage(secret, PREVIOUS, holder);
}

/** Stores a version under its stages; beyond 10 versions the earliest that is not current makes room. */
export function addVersion(secret: Secret, version: Version, stages: readonly string[]): void {
  secret.versions.push(version);
  for (const stage of stages) moveStage(secret, stage, version);
  while (secret.versions.length > MAX_VERSIONS) {
    const earliest = secret.versions.findIndex((old) => !old.stages.includes(CURRENT));
    secret.versions.splice(earliest, 1);
  }
}
