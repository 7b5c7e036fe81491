import { randomBytes, randomUUID } from "node:crypto";
import { assumptions, FAILING } from "./assumptions";
import { type Failure, failures, Refusal } from "./failures";
import type { Project, Secret, Task } from "./model";
import { addVersion, current, previous } from "./versions";

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const operateTypes = { SingleUser: "SINGLE_USER", MultiUser: "MULTI_USER" } as const;

type Settings = Pick<Secret, "secretType" | "autoRotation" | "rotationPeriod" | "rotationFuncUrn" | "rotationConfig">;

const rules: readonly [field: string, message: string, holds: (settings: Settings) => boolean][] = [
  ["auto_rotation", "is not for COMMON", (s) => !s.autoRotation || s.secretType !== "COMMON"],
  ["rotation_period", "is needed with auto_rotation", (s) => !s.autoRotation || s.rotationPeriod !== null],
  ["rotation_func_urn", "is needed with auto_rotation", (s) => !s.autoRotation || s.rotationFuncUrn !== null],
  [
    "rotation_config",
    'must be {"InstanceId":"","SecretSubType":"SingleUser|MultiUser"} for this secret_type',
    (s) => s.secretType === "COMMON" || subType(s.rotationConfig) !== undefined,
  ],
];

/** Milliseconds of `24h`, `1d` and the like; NaN where it is none. */
export function periodOf(text: string): number {
  const [, count, unit = ""] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return Number(count) * (units[unit] ?? Number.NaN);
}

/** Throws `Refusal` where the settings of rotation do not fit each other or the type. */
export function requireRotatable(settings: Settings): void {
  const faults = rules.filter(([, , holds]) => !holds(settings)).map(([field, message]) => `${field}: ${message}`);
  if (faults.length > 0) throw new Refusal("parameter", faults.join("; "));
}

/** When a secret is due next, counted from now; null without automatic rotation. */
export function nextRotation(secret: Settings, now: number): number | null {
  return secret.autoRotation && secret.rotationPeriod ? now + periodOf(secret.rotationPeriod) : null;
}

/** Begins a rotation by hand, and records its task. Throws `Refusal` (CSMS.0003) while another is under way. */
export function startRotation(project: Project, secret: Secret, now: number): Task {
  if (isRotating(project, secret)) throw new Refusal("request", "the secret is being rotated");
  const task: Task = {
    taskId: randomUUID(),
    secretId: secret.id,
    secretName: secret.name,
    rotationFuncUrn: secret.rotationFuncUrn,
    taskStatus: assumptions.taskUnderWay,
    operateType: operateTypes[subType(secret.rotationConfig) ?? "SingleUser"],
    taskTime: now,
    attemptNums: 1,
    taskErrorCode: null,
    taskErrorMsg: null,
  };
  project.tasks.push(task);
  return task;
}

/** Ends the rotations that have had their time. */
export function finishRotations(project: Project, now: number): void {
  for (const task of project.tasks) {
    const end = task.taskTime + assumptions.rotationMs;
    if (task.taskStatus === assumptions.taskUnderWay && end <= now) finish(project, task, end);
  }
}

/** Rotates what fell due while nobody asked; once, however long ago that was, and done at once. */
export function rotateDue(project: Project, now: number): void {
  for (const secret of project.secrets.values()) {
    const due = secret.state === "ENABLED" && (secret.nextRotationTime ?? Number.POSITIVE_INFINITY) <= now;
    if (!due || secret.primaryProjectId !== null || isRotating(project, secret)) continue;
    finish(project, startRotation(project, secret, now), now);
  }
}

function isRotating({ tasks }: Project, { id }: Secret): boolean {
  return tasks.some(({ secretId, taskStatus }) => secretId === id && taskStatus === assumptions.taskUnderWay);
}

/** Makes a new version with a new password, or says in the task why there is none. */
function finish(project: Project, task: Task, now: number): void {
  const secret = [...project.secrets.values()].find(({ id }) => id === task.secretId);
  const failure = failureOf(task, secret);
  task.taskStatus = failure ? "FAILED" : "SUCCESS";
  task.taskErrorCode = failure?.[1] ?? null;
  task.taskErrorMsg = failure?.[2] ?? null;
  if (!secret) return;
  secret.nextRotationTime = nextRotation(secret, now);
  if (failure) return;
  addVersion(secret, { secretString: nextValue(secret) }, now);
  secret.rotationTime = now;
}

function failureOf({ rotationFuncUrn }: Task, secret: Secret | undefined): (typeof failures)[Failure] | undefined {
  if (!secret) return failures.secretNotFound;
  if (secret.state === "PENDING_DELETE") return failures.pendingDeletion;
  if (rotationFuncUrn === null) return failures.resourceNotFound;
  return rotationFuncUrn.includes(FAILING) ? failures.rotationFunction : undefined;
}

/** With two users it is the other one whose password changes. */
function nextValue(secret: Secret): string {
  const base = (subType(secret.rotationConfig) === "MultiUser" && previous(secret)) || current(secret);
  const password = randomBytes(24).toString("base64url");
  const account = record(base?.secretString ?? "");
  return account ? JSON.stringify({ ...account, password }) : password;
}

function subType(config: string | null): keyof typeof operateTypes | undefined {
  const { InstanceId, SecretSubType } = record(config ?? "") ?? {};
  const known = SecretSubType === "SingleUser" || SecretSubType === "MultiUser";
  return known && typeof InstanceId === "string" && InstanceId !== "" ? SecretSubType : undefined;
}

function record(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
