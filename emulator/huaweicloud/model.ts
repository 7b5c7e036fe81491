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
  readonly enterpriseProjectId: string;
  readonly domainId: string;
  state: "ENABLED" | "PENDING_DELETE";
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
}

export interface Task {
  readonly taskId: string;
  readonly secretName: string;
  readonly rotationFuncUrn: string | null;
  readonly taskStatus: "SUCCESS" | "FAILED";
  readonly operateType: string;
  readonly taskTime: number;
  readonly attemptNums: number;
  readonly taskErrorCode: string | null;
  readonly taskErrorMsg: string | null;
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
