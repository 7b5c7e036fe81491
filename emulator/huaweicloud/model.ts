import type { assumptions } from "./assumptions";

export interface Version {
  readonly id: string;
  readonly createTime: number;
  readonly kmsKeyId: string;
  readonly secretString?: string;
  readonly secretBinary?: string;
  expireTime: number | null;
}

export interface Stage {
  readonly versionId: string;
  readonly updateTime: number;
}

/** A secret as it is held; times in milliseconds since 1970, null where the wire says null. */
export interface Secret {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly createTime: number;
  readonly secretType: string;
  readonly rotationConfig: string | null;
  readonly domainId: string;
  /** No operation disables or freezes a secret, but state that is taken in may have it so. */
  state: "ENABLED" | "DISABLED" | "FROZEN" | "PENDING_DELETE";
  enterpriseProjectId: string;
  /** To another enterprise project, while that takes its time. */
  move: Move | null;
  kmsKeyId: string;
  description: string | null;
  updateTime: number;
  scheduledDeleteTime: number | null;
  autoRotation: boolean;
  rotationPeriod: string | null;
  rotationFuncUrn: string | null;
  rotationTime: number | null;
  nextRotationTime: number | null;
  lastUsedTime: number | null;
  eventSubscriptions: readonly string[];
  readonly tags: Map<string, string>;
  /** Ordered by age. */
  readonly versions: Version[];
  /** Versions ever created: a number is never given twice. */
  versionCount: number;
  /** By name; a stage sits on one version. */
  readonly stages: Map<string, Stage>;
  /** Where the secret is copied to. */
  readonly replicas: Replica[];
  /** Where the secret is copied from; null unless it is a copy. */
  readonly primaryProjectId: string | null;
}

interface Move {
  readonly to: string;
  readonly doneTime: number;
}

/** A copy of a secret in another region, as the secret knows of it. */
export interface Replica {
  /** Of the copy. */
  readonly id: string;
  readonly region: string;
  readonly projectId: string;
  readonly kmsKeyId: string;
  readonly createdAt: number;
  updatedAt: number;
  status: "IN_PROGRESS" | "IN_SYNC";
}

/** A rotation; one that is over has SUCCESS or FAILED for its status. */
export interface Task {
  readonly taskId: string;
  readonly secretId: string;
  readonly secretName: string;
  readonly rotationFuncUrn: string | null;
  taskStatus: typeof assumptions.taskUnderWay | "SUCCESS" | "FAILED";
  readonly operateType: string;
  readonly taskTime: number;
  readonly attemptNums: number;
  taskErrorCode: string | null;
  taskErrorMsg: string | null;
}

interface Notification {
  readonly target_type: string;
  readonly target_id: string;
  readonly target_name: string;
}

export interface SecretEvent {
  readonly eventId: string;
  readonly name: string;
  readonly createTime: number;
  eventTypes: readonly string[];
  state: string;
  updateTime: number;
  notification: Notification;
}

/** All that one project holds; secrets and events by name. */
export interface Project {
  readonly id: string;
  readonly domainId: string;
  readonly secrets: Map<string, Secret>;
  readonly events: Map<string, SecretEvent>;
  readonly tasks: Task[];
}
