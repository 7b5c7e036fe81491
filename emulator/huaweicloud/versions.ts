import { Refusal } from "./failures";
import type { Secret, Stage, Version } from "./model";

const currentStage = "SYSCURRENT";
export const previousStage = "SYSPREVIOUS";
const maxVersions = 20;
const maxCustomStages = 12;

/** A new version's value, and optionally its stages (default SYSCURRENT) and end. */
interface NewVersion extends Pick<Version, "secretString" | "secretBinary"> {
  readonly stages?: readonly string[];
  readonly expireTime?: number;
}

export function isBuiltIn(stage: string): boolean {
  return stage === currentStage || stage === previousStage;
}

/** The names of the stages on a version. */
export function stagesOf(secret: Secret, versionId: string): string[] {
  return [...secret.stages].filter(([, stage]) => stage.versionId === versionId).map(([name]) => name);
}

export function current(secret: Secret): Version | undefined {
  return staged(secret, currentStage);
}

export function previous(secret: Secret): Version | undefined {
  return staged(secret, previousStage);
}

/** Throws `Refusal` (CSMS.0005) where the secret has no such version. */
export function requireVersion(secret: Secret, id: string): Version {
  const version = secret.versions.find((candidate) => candidate.id === id);
  if (!version) throw new Refusal("resourceNotFound");
  return version;
}

/** Throws `Refusal` (CSMS.0005) where the secret has no such stage. */
export function requireStage(secret: Secret, name: string): Stage {
  const stage = secret.stages.get(name);
  if (!stage) throw new Refusal("resourceNotFound");
  return stage;
}

/** Throws `Refusal` (CSMS.0002) for an end that has come already. */
export function requireLater(expireTime: number | undefined, now: number): void {
  if (expireTime !== undefined && expireTime <= now) throw new Refusal("parameter", "expire_time: must be to come");
}

/** Adds the version with the next number. Throws `Refusal` at the quota of stages, nothing changed. */
export function addVersion(secret: Secret, content: NewVersion, now: number): Version {
  const { stages = [currentStage], expireTime = null, ...value } = content;
  requireStageRoom(secret, stages);
  makeRoom(secret);
  secret.versionCount += 1;
  const id = `v${secret.versionCount}`;
  const version: Version = { id, createTime: now, kmsKeyId: secret.kmsKeyId, ...value, expireTime };
  secret.versions.push(version);
  putStages(secret, stages, id, now);
  secret.updateTime = now;
  return version;
}

/** Puts a stage on a version, away from where it was. Throws `Refusal` for a version that is not there, and at the quota. */
export function moveStage(secret: Secret, stage: string, versionId: string, now: number): void {
  requireVersion(secret, versionId);
  requireStageRoom(secret, [stage]);
  putStages(secret, [stage], versionId, now);
}

function putStages(secret: Secret, stages: readonly string[], versionId: string, now: number): void {
  const before = secret.stages.get(currentStage)?.versionId;
  if (stages.includes(currentStage) && before && before !== versionId)
    secret.stages.set(previousStage, { versionId: before, updateTime: now });
  for (const stage of stages) secret.stages.set(stage, { versionId, updateTime: now });
}

function requireStageRoom(secret: Secret, added: readonly string[]): void {
  const custom = [...secret.stages.keys(), ...added].filter((stage) => !isBuiltIn(stage));
  if (new Set(custom).size > maxCustomStages) throw new Refusal("stageQuota");
}

function makeRoom(secret: Secret): void {
  if (secret.versions.length < maxVersions) return;
  // One is always free: the built-in and the custom stages cannot be on more than 14 versions.
  const oldest = secret.versions.findIndex(({ id }) => stagesOf(secret, id).length === 0);
  secret.versions.splice(oldest, 1);
}

function staged(secret: Secret, stage: string): Version | undefined {
  return secret.versions.find(({ id }) => id === secret.stages.get(stage)?.versionId);
}
