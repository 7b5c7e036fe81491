import type { Replica, Secret, SecretEvent, Task, Version } from "./model";
import { replicaTypeOf } from "./replicas";
import { requireStage, stagesOf } from "./versions";

/** A secret as the API shows it: never its value. */
export function wireSecret(secret: Secret): object {
  return {
    id: secret.id,
    name: secret.name,
    state: secret.state,
    kms_key_id: secret.kmsKeyId,
    description: secret.description,
    create_time: secret.createTime,
    update_time: secret.updateTime,
    scheduled_delete_time: secret.scheduledDeleteTime,
    secret_type: secret.secretType,
    auto_rotation: secret.autoRotation,
    rotation_period: secret.rotationPeriod,
    rotation_config: secret.rotationConfig,
    rotation_time: secret.rotationTime,
    next_rotation_time: secret.nextRotationTime,
    last_used_time: secret.lastUsedTime,
    event_subscriptions: secret.eventSubscriptions,
    enterprise_project_id: secret.enterpriseProjectId,
    rotation_func_urn: secret.rotationFuncUrn,
    domain_id: secret.domainId,
    replica_type: replicaTypeOf(secret),
    replicas: secret.replicas.map(wireReplica),
  };
}

function wireReplica(replica: Replica): object {
  return {
    id: replica.id,
    kms_key_id: replica.kmsKeyId,
    project_id: replica.projectId,
    region: replica.region,
    replica_type: "REPLICA",
    status: replica.status,
    created_at: replica.createdAt,
    updated_at: replica.updatedAt,
  };
}

export function wireVersion(secret: Secret, version: Version): object {
  return {
    id: version.id,
    create_time: version.createTime,
    expire_time: version.expireTime,
    kms_key_id: version.kmsKeyId,
    secret_name: secret.name,
    version_stages: stagesOf(secret, version.id),
  };
}

/** Throws `Refusal` (CSMS.0005) where the secret has no such stage. */
export function wireStage(secret: Secret, name: string): object {
  const { versionId, updateTime } = requireStage(secret, name);
  return { name, update_time: updateTime, secret_name: secret.name, version_id: versionId };
}

export function wireTags(secret: Secret): { key: string; value: string }[] {
  return [...secret.tags].map(([key, value]) => ({ key, value }));
}

export function wireEvent(event: SecretEvent): object {
  return {
    name: event.name,
    event_id: event.eventId,
    event_types: event.eventTypes,
    state: event.state,
    create_time: event.createTime,
    update_time: event.updateTime,
    notification: event.notification,
  };
}

export function wireTask(task: Task): object {
  return {
    task_id: task.taskId,
    secret_name: task.secretName,
    rotation_func_urn: task.rotationFuncUrn,
    task_status: task.taskStatus,
    operate_type: task.operateType,
    task_time: task.taskTime,
    attempt_nums: task.attemptNums,
    task_error_code: task.taskErrorCode,
    task_error_msg: task.taskErrorMsg,
  };
}
