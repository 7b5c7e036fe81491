import { CloudError, ifFound, isKind, mayHaveActed } from "../errors";
import { waitFor } from "../retry";
import { once, type Step } from "../steps";
import { requireAtHand } from "../values";
import { noVersion, unstaged, unsure, type Version, versionState, withoutStage, withStage } from "../versions";
import type { TaskReply, VersionReply } from "./csms-api";
import { allPages, type Csms } from "./csms-client";
import { isoTime } from "./csms-place";
import { millisecondsOf, system } from "./csms-schemas";
import {
  hasValue,
  type Inputs,
  isRotated,
  type Keep,
  listVersions,
  metadata,
  type Place,
  placeOf,
  type State,
  valueIn,
  versionOf,
} from "./csms-state";
import { noSecret } from "./error-codes";

/** CSMS keeps so many versions of a secret. */
const mostVersions = 20;

export async function putValue(csms: Csms, state: State, wanted: Inputs): Promise<Partial<State>> {
  const place = placeOf(state);
  const { secretString, secretBinary, currentVersionId, versionStages = [], expireTime } = wanted;
  const stages = [...(currentVersionId === undefined ? [system.current] : []), ...versionStages];
  const call = `CSMS CreateSecretVersion of secret "${state.name}"`;
  requireAtHand(call, { secretString, secretBinary });
  if (stages.length === 0) throw unstaged(call);
  const body = {
    secret_string: secretString,
    secret_binary: secretBinary,
    version_stages: versionStages.length > 0 ? stages : undefined,
    expire_time: expireTime && millisecondsOf(expireTime),
  };
  const added = await once(
    async () => (await csms("CreateSecretVersion", { ...place, body })).version_metadata,
    () => findVersion(csms, state, wanted, stages),
  ).catch((error: unknown) => {
    throw mayHaveActed(error) ? unsure(state.secretId, state, error) : error;
  });
  const versions = (added.version_stages ?? stages).reduce<readonly Version[]>(
    (all, stage) => withStage(all, stage, added.id, system),
    [...withRoom(state.versions ?? []), { ...versionOf(added), stages: [] }],
  );
  return {
    secretString,
    secretBinary,
    versionId: added.id,
    expireTime: isoTime(added.expire_time) ?? expireTime,
    ...stateWith(versions, added.id),
  };
}

/** For a new version, CSMS takes the oldest one away that has no stage. */
function withRoom(versions: readonly Version[]): readonly Version[] {
  const unstaged = versions.findIndex(({ stages }) => stages.length === 0);
  return versions.length < mostVersions ? versions : versions.toSpliced(Math.max(unstaged, 0), 1);
}

/** The version of a call whose answer was lost: the newest by now, none that we knew, with our value and our stages. */
async function findVersion(
  csms: Csms,
  state: State,
  wanted: Inputs,
  stages: readonly string[],
): Promise<VersionReply | undefined> {
  const { path, ...place } = placeOf(state);
  const { version } = await csms("ShowSecretVersion", { ...place, path: { ...path, version_id: "latest" } });
  const { id, version_stages: has } = version.version_metadata;
  const isKnown = id === state.versionId || state.versions?.some((one) => one.id === id);
  const isOurs = !isKnown && stages.every((stage) => has?.includes(stage)) && hasValue(valueIn(version), wanted);
  return isOurs ? version.version_metadata : undefined;
}

/** Brings the current stage to where it is declared. A version of ours that CSMS does not give back is made anew. */
export async function moveCurrent(csms: Csms, state: State, wanted: Inputs): Promise<Partial<State>> {
  try {
    return await moveStage(csms, state, system.current, wanted.currentVersionId ?? state.versionId ?? "");
  } catch (error) {
    if (wanted.currentVersionId !== undefined || !isKind(error, "invalid", "other")) throw error;
    return putValue(csms, state, wanted);
  }
}

export async function moveStage(
  csms: Csms,
  state: State,
  stage: string,
  to = state.versionId ?? "",
): Promise<Partial<State>> {
  const place = placeOf(state);
  const path = { ...place.path, stage_name: stage };
  await csms("UpdateSecretStage", { ...place, path, body: { version_id: to } }).catch((error: unknown) => {
    throw isKind(error, "notFound") && error.code !== noSecret
      ? noVersion(`CSMS UpdateSecretStage of secret "${state.name}"`, state.versions, to)
      : error;
  });
  return stateWith(withStage(state.versions ?? [], stage, to, system), state.versionId);
}

export async function removeStage(csms: Csms, state: State, stage: string): Promise<Partial<State>> {
  const place = placeOf(state);
  // A stage that is gone by itself, or was taken off in an attempt whose answer was lost, is as declared.
  await ifFound(csms("DeleteSecretStage", { ...place, path: { ...place.path, stage_name: stage } }));
  return stateWith(withoutStage(state.versions ?? [], stage), state.versionId);
}

/** A version's end can be moved, and is left behind only by a new version. */
export async function setExpiry(csms: Csms, state: State, wanted: Inputs): Promise<Partial<State>> {
  const { expireTime } = wanted;
  // A new version would bring the declared value back in place of the one that the service made.
  if (expireTime === undefined && (isRotated(wanted) || isRotated(state))) return { expireTime };
  if (expireTime === undefined) return putValue(csms, state, wanted);
  const place = placeOf(state);
  const path = { ...place.path, version_id: state.versionId ?? "" };
  await csms("UpdateVersion", { ...place, path, body: { expire_time: millisecondsOf(expireTime) } });
  return { expireTime, updateTime: undefined };
}

const longestRotationMs = 10 * 60_000;

/** Rotates the value and follows the task to its end. One that runs already, of ours or of the service, is waited for instead. */
export function rotation(csms: Csms, wanted: Inputs): Step<State> {
  return async (state, keep) => {
    const { rotationTrigger } = wanted;
    if (rotationTrigger === undefined || rotationTrigger === state.rotationTrigger) return notFollowed(state);
    const place = placeOf(state);
    const taskId = await startRotation(csms, place, state.rotationTaskId, keep);
    // An up that breaks off here leaves the task to the next one.
    keep({ rotationTaskId: taskId });
    const ended = await waitFor(async () => {
      const { tasks } = await csms("ListSecretTask", { ...place, query: { task_id: taskId } });
      return tasks?.find((task) => task.task_id === taskId && isEnded(task));
    }, longestRotationMs);
    if (ended) keep({ rotationTaskId: undefined });
    if (ended?.task_status !== "SUCCESS") throw rotationFailed(state, taskId, ended);
    // Until the versions are seen, nobody knows which one is current.
    keep({ rotationTrigger, versionId: undefined });
    const versions = (await listVersions(csms, place)).map(versionOf);
    const { secret } = await csms("ShowSecret", place);
    const { versionStages, currentVersionId } = versionState(versions, undefined, system);
    return {
      ...metadata(secret, place, state),
      versions,
      versionStages,
      currentVersionId,
      versionId: currentVersionId,
    };
  };
}

/** A rotation that is not asked for any more is none that a later trigger could mean. */
const notFollowed = ({ rotationTaskId }: State) =>
  rotationTaskId === undefined ? undefined : { rotationTaskId: undefined };

const isEnded = ({ task_status: status }: TaskReply) => status === "SUCCESS" || status === "FAILED";

async function startRotation(csms: Csms, place: Place, left: string | undefined, keep: Keep): Promise<string> {
  const tasks = () =>
    allPages(async (marker) => {
      const query = { secret_name: place.path.secret_name, marker };
      const { tasks: items, next_marker: next } = await csms("ListSecretTask", { ...place, query });
      return { items: items ?? [], next };
    });
  const before = await tasks();
  const running = before.find((task) => !isEnded(task) || isLeft(task, left));
  if (running) return running.task_id;
  return once(
    async () => (await csms("RotateSecret", place)).rotation_task_id,
    async () => (await tasks()).find(({ task_id: id }) => !before.some((task) => task.task_id === id))?.task_id,
  ).catch((error: unknown) => {
    if (mayHaveActed(error)) keep({ rotationTaskId: unconfirmedAfter(before) });
    throw error;
  });
}

/** Stands for the task of a call whose answer was lost: it is none of these. */
const unconfirmed = "unconfirmed:";
const unconfirmedAfter = (before: readonly TaskReply[]) =>
  `${unconfirmed}${before.map(({ task_id: id }) => id).join(",")}`;

/** Whether a task is the one that an earlier update has left. */
function isLeft({ task_id: id }: TaskReply, left = ""): boolean {
  if (!left.startsWith(unconfirmed)) return id === left;
  return !left.slice(unconfirmed.length).split(",").includes(id);
}

function rotationFailed({ name }: State, taskId: string, task: TaskReply | undefined): CloudError {
  const how = task
    ? (task.task_error_code ?? "no code")
    : `it has not ended within ${longestRotationMs / 60_000} minutes`;
  // The value that a rotation makes is never known here, so its words cannot be held against it.
  const leftOut = task ? " What CSMS says of it is left out, since it may repeat a value: see the task in CSMS." : "";
  const message = `CSMS RotateSecret of secret "${name}" failed: ${how} (task ${taskId}).${leftOut} The next \`pulumi up\` tries it again.`;
  return new CloudError({ kind: "other", code: task?.task_error_code ?? undefined, message });
}

const stateWith = (versions: readonly Version[], own: string | undefined): Partial<State> => ({
  ...versionState(versions, own, system),
  updateTime: undefined,
});
