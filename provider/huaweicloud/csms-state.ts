import type { StateOf } from "../definition";
import type { InputsOf } from "../fields";
import type { RestCall } from "./client";
import type { csmsApi, SecretReply } from "./csms-api";
import type { inputs, outputs } from "./csms-fields";

export type Csms = RestCall<(typeof csmsApi)["operations"]>;
export type Inputs = InputsOf<typeof inputs>;
export type State = StateOf<typeof inputs, typeof outputs>;

/** Where a secret is: what each path needs. */
export interface Place {
  readonly region: string;
  readonly projectId: string;
  readonly path: { readonly secret_name: string };
}

/** All of a secret but its value and tags. */
export function metadata(secret: SecretReply, { region, projectId }: Omit<Place, "path">) {
  return {
    name: secret.name,
    kmsKeyId: secret.kms_key_id ?? undefined,
    description: secret.description ?? undefined,
    // The service may hold secrets of types that no program can declare.
    secretType: (secret.secret_type ?? undefined) as Inputs["secretType"],
    autoRotation: secret.auto_rotation ?? undefined,
    rotationPeriod: secret.rotation_period ?? undefined,
    rotationConfig: secret.rotation_config ?? undefined,
    rotationFuncUrn: secret.rotation_func_urn ?? undefined,
    // The service may answer a list of one empty name.
    eventSubscriptions: secret.event_subscriptions?.filter(Boolean),
    enterpriseProjectId: secret.enterprise_project_id ?? undefined,
    region,
    projectId,
    secretId: secret.id,
    state: secret.state,
    createTime: isoTime(secret.create_time),
    updateTime: isoTime(secret.update_time),
    scheduledDeleteTime: isoTime(secret.scheduled_delete_time),
    rotationTime: isoTime(secret.rotation_time),
    nextRotationTime: isoTime(secret.next_rotation_time),
    lastUsedTime: isoTime(secret.last_used_time),
    domainId: secret.domain_id ?? undefined,
    replicaType: secret.replica_type ?? undefined,
    replicas: secret.replicas?.map(replica),
  };
}

function replica(of: NonNullable<SecretReply["replicas"]>[number]) {
  return {
    id: of.id ?? undefined,
    kmsKeyId: of.kms_key_id ?? undefined,
    projectId: of.project_id ?? undefined,
    region: of.region ?? undefined,
    replicaType: of.replica_type ?? undefined,
    status: of.status ?? undefined,
    createdAt: isoTime(of.created_at),
    updatedAt: isoTime(of.updated_at),
  };
}

/** The documentation says seconds and its samples show milliseconds: 13 digits are milliseconds. */
function isoTime(time: number | null | undefined): string | undefined {
  return time ? new Date(time < 1e11 ? time * 1000 : time).toISOString().replace(".000Z", "Z") : undefined;
}

export function hasValue(
  version: { secret_string?: string | null | undefined; secret_binary?: string | null | undefined },
  wanted: Inputs,
): boolean {
  return (
    (version.secret_string ?? undefined) === wanted.secretString &&
    (version.secret_binary ?? undefined) === wanted.secretBinary
  );
}
