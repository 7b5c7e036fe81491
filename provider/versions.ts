import { z } from "zod";
import { CloudError } from "./errors";
import { output } from "./fields";
import { oneByOne, type Step } from "./steps";

/** One version of a secret's value, without the value. */
export interface Version {
  readonly id: string;
  readonly stages: readonly string[];
  /** When it was made (ISO 8601, UTC), where that is known. */
  readonly created?: string | undefined;
}

/** What a service calls the stages that it moves itself. */
export interface SystemStages {
  readonly current: string;
  readonly previous: string;
}

export const versionsOutput = output(
  z
    .array(z.object({ id: z.string(), stages: z.array(z.string()).readonly(), created: z.string().optional() }))
    .readonly()
    .optional(),
  "The versions that the service keeps, oldest first: the `id`, the `stages` and when each was `created` (ISO 8601, UTC; known after a refresh where the service does not answer it).",
);

/** The versions after a stage went to one of them, or to a new one; where the current one was, the previous one goes. */
export function withStage(versions: readonly Version[], stage: string, to: string, system: SystemStages): Version[] {
  const from = holderOf(versions, stage);
  const listed = versions.some(({ id }) => id === to) ? versions : [...versions, { id: to, stages: [] }];
  const moved = listed.map((version) => {
    const stages = version.stages.filter((name) => name !== stage);
    return { ...version, stages: version.id === to ? [...stages, stage] : stages };
  });
  if (stage !== system.current || from === undefined || from === to) return moved;
  return withStage(moved, system.previous, from, system);
}

/** The versions after a stage was taken off. */
export function withoutStage(versions: readonly Version[], stage: string): Version[] {
  return versions.map((version) => ({ ...version, stages: version.stages.filter((name) => name !== stage) }));
}

/** The version that has a stage. */
export function holderOf(versions: readonly Version[], stage: string): string | undefined {
  return versions.find(({ stages }) => stages.includes(stage))?.id;
}

/** The stages of a version beside those that the service moves itself, in one order. */
export function ownStages(versions: readonly Version[], id: string | undefined, system: SystemStages): string[] {
  const stages = versions.find((version) => version.id === id)?.stages ?? [];
  return stages.filter((name) => name !== system.current && name !== system.previous).sort();
}

/** What of a secret's state follows from its versions. */
export function versionState(versions: readonly Version[], own: string | undefined, system: SystemStages) {
  return {
    versions,
    versionStages: ownStages(versions, own, system),
    currentVersionId: holderOf(versions, system.current),
  };
}

type Staged = { readonly versionStages?: readonly string[] | undefined };

/** Takes off what is not declared any more, before a new value comes: it would stay on the old version for ever. */
export function dropStages<State extends Staged>(
  declared: readonly string[] = [],
  remove: (state: State, stage: string) => Promise<Partial<State>>,
): Step<State> {
  return oneByOne(({ versionStages = [] }) => versionStages.filter((name) => !declared.includes(name)), remove);
}

/** Brings stages to the declared version, wherever they are. */
export function bringStages<State extends Staged>(
  declared: readonly string[] = [],
  move: (state: State, stage: string) => Promise<Partial<State>>,
): Step<State> {
  return oneByOne(({ versionStages = [] }) => declared.filter((name) => !versionStages.includes(name)), move);
}

/** A new version that gets no stage would take the current one, or be gone at any time. */
export function unstaged(call: string): CloudError {
  const message = `${call} failed: currentVersionId keeps another version current, so the new value needs a stage of its own. Give versionStages, or leave currentVersionId out.`;
  return new CloudError({ kind: "invalid", message });
}

/** A version was named that the service does not keep, or keeps no more. */
export function noVersion(call: string, versions: readonly Version[] = [], versionId: string): CloudError {
  const seen = versions.map(({ id }) => id).join(", ") || "none";
  const message = `${call} failed: there is no version ${versionId}. Name one that is kept (when last seen: ${seen}); \`pulumi refresh\` shows which these are now.`;
  return new CloudError({ kind: "invalid", message });
}
