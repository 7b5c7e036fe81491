import { z } from "zod";
import { type ChangeRule, type InputChange, PartialFailure, type PlannedChange } from "./definition";
import { CloudError } from "./errors";
import { isAbsent, output, type Values } from "./fields";
import { normalizeSet } from "./schemas";
import { oneByOne, type Step } from "./steps";
import { hasUnknown } from "./unknown";

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
  return stages.filter((name) => !isSystem(name, system)).sort();
}

const isSystem = (name: string, { current, previous }: SystemStages) => name === current || name === previous;

/** One form of declared stages; states from before they could be declared also name those that the service moves itself. */
export const normalizeStages =
  (system: SystemStages) =>
  (value: unknown): unknown =>
    normalizeSet(Array.isArray(value) ? value.filter((name) => !isSystem(name, system)) : value);

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
  system: SystemStages,
  remove: (state: State, stage: string) => Promise<Partial<State>>,
): Step<State> {
  const isLeft = (name: string) => !declared.includes(name) && !isSystem(name, system);
  return oneByOne(({ versionStages = [] }) => versionStages.filter(isLeft), remove);
}

/** Brings stages to the declared version, wherever they are. */
export function bringStages<State extends Staged>(
  declared: readonly string[] = [],
  move: (state: State, stage: string) => Promise<Partial<State>>,
): Step<State> {
  return oneByOne(({ versionStages = [] }) => declared.filter((name) => !versionStages.includes(name)), move);
}

/**
 * A version without any stage may go at any time, so a new value that is not to be current needs one of its own.
 * `isNew` tells from the inputs that differ, as far as these are known, whether there will be a new version.
 */
export function stagedValueRule(isNew: (known: readonly string[], change: InputChange) => boolean): ChangeRule {
  return (change) => {
    const { inputs, changed } = change;
    const { currentVersionId, versionStages } = inputs as { currentVersionId?: unknown; versionStages?: unknown[] };
    const known = changed.filter((name) => !hasUnknown(inputs[name]));
    const isStaged = hasUnknown(versionStages) || (versionStages?.length ?? 0) > 0;
    const isKeptBack = !isAbsent(currentVersionId) && !hasUnknown(currentVersionId) && !isStaged;
    if (!isKeptBack || !isNew(known, change)) return [];
    const reason =
      "keeps another version current, so the new value needs a stage of its own: give versionStages, or leave currentVersionId out to make the new value current";
    return [{ property: "currentVersionId", reason }];
  };
}

/** What the state lists may be older than what the service keeps, so it is no reason to refuse. */
export function unlistedVersion({ state, inputs, plan }: PlannedChange): string[] {
  const { currentVersionId: wanted, versionId } = inputs;
  const isAsked = plan.changed.includes("currentVersionId") && plan.replaces.length === 0;
  if (!isAsked || typeof wanted !== "string" || hasUnknown(wanted) || wanted === versionId) return [];
  if (!Array.isArray(state.versions)) return [];
  const seen = state.versions.map((version: unknown) => String(Object(version).id));
  if (seen.includes(wanted)) return [];
  return [`currentVersionId names the version ${wanted}, which was not there when last seen (${seen.join(", ")})`];
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

/** Where nobody knows whether a value was put, the state forgets which version it is, so that the next update looks first. */
export function unsure(id: string | undefined, state: Values, error: unknown): PartialFailure {
  return new PartialFailure({ id: id ?? "", state: { ...state, versionId: undefined } }, error);
}
