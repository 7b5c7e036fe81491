import type { StateOf } from "../definition";
import { pending } from "../deletion";
import { ifFound } from "../errors";
import type { InputsOf } from "../fields";
import type { Step } from "../steps";
import { holderOf, type Version, versionState } from "../versions";
import type { SecretReply, VersionReply } from "./csms-api";
import { allPages, type Csms } from "./csms-client";
import type { inputs, outputs } from "./csms-fields";
import { isoTime } from "./csms-place";
import { knownReplicas, system } from "./csms-schemas";

export type Inputs = InputsOf<typeof inputs>;
export type State = StateOf<typeof inputs, typeof outputs>;

/** Keeps what was reached, of several calls each. */
export type Keep = Parameters<Step<State>>[1];

/** Where a secret is: what each path needs. */
export interface Place {
  readonly region: string;
  readonly projectId: string;
  readonly path: { readonly secret_name: string };
}

export function placeOf({ region, projectId, name }: Partial<State>): Place {
  return { region: region ?? "", projectId: projectId ?? "", path: { secret_name: name ?? "" } };
}

/** Whether the service makes values by itself, or has made one: these are no change to undo. */
export const isRotated = ({ autoRotation, rotationTrigger, rotationTime }: Partial<State>): boolean =>
  autoRotation === true || rotationTrigger !== undefined || rotationTime !== undefined;

type Home = Omit<Place, "path">;

/** Every secret of a project, also those that wait for deletion. */
export async function allSecrets(csms: Csms, home: Home): Promise<SecretReply[]> {
  const secrets = await allPages(async (marker) => {
    const { secrets: items, page_info } = await csms("ListSecrets", { ...home, query: { limit: "100", marker } });
    return { items, next: page_info?.next_marker };
  });
  // It is not documented whether a marker is the last item of a page or the first of the next.
  return [...new Map(secrets.map((secret) => [secret.id, secret])).values()];
}

/** Everything but the tags goes by the name, and a program that looks a secret up may know only its id. */
export async function nameOf(csms: Csms, home: Home, id: string): Promise<string | undefined> {
  return (await allSecrets(csms, home)).find((secret) => secret.id === id)?.name;
}

/** The secret as it is, where it is the one of this id and does not wait for deletion. */
export async function observe(csms: Csms, place: Place, id: string, known: Partial<State>, stateAt = stateOf) {
  const found = await ifFound(csms("ShowSecret", place));
  // Another id below the same name is somebody else's secret.
  if (!found || found.secret.id !== id || found.secret.state === pending) return undefined;
  return { id, state: await stateAt(csms, place, found.secret, known) };
}

/** What is there where a secret is to be: a value that the service never made is held against the declared one. */
export async function foundState(
  csms: Csms,
  place: Place,
  secret: SecretReply,
  known: Partial<State>,
  wanted: Partial<State> = known,
): Promise<State> {
  const isMade = secret.auto_rotation === true || isoTime(secret.rotation_time) !== undefined;
  if (isMade && isRotated(known)) return stateOf(csms, place, secret, known);
  const versionId = secret.state === "ENABLED" ? await declaredVersion(csms, place, wanted) : undefined;
  return stateOf(csms, place, secret, { ...known, versionId, secretString: undefined, secretBinary: undefined });
}

/** The version of the declared value; while the secret is to be rolled back, that is not the current one. */
async function declaredVersion(csms: Csms, place: Place, wanted: Partial<State>): Promise<string | undefined> {
  if (wanted.currentVersionId === undefined) return undefined;
  for (const { id } of (await listVersions(csms, place)).toReversed())
    if (hasValue(await valueAt(csms, place, id), wanted)) return id;
  return undefined;
}

export async function stateOf(csms: Csms, place: Place, secret: SecretReply, known: Partial<State>): Promise<State> {
  const [{ tags }, value] = await Promise.all([
    csms("ListSecretTags", { ...place, path: { ...place.path, secret_id: secret.id } }),
    secret.state === "ENABLED" ? versionAndValue(csms, place, secret, known) : knownVersion(known),
  ]);
  return {
    ...metadata(secret, place, known),
    ...value,
    tags: Object.fromEntries((tags ?? []).map(({ key, value: text }) => [key, text ?? ""])),
    rotationTrigger: known.rotationTrigger,
    rotationTaskId: known.rotationTaskId,
  };
}

/** The value is that of the version that was known, wherever the current stage is by now. */
async function versionAndValue(
  csms: Csms,
  place: Place,
  secret: SecretReply,
  known: Partial<State>,
): Promise<Partial<State>> {
  const isKnown = (known.secretString ?? known.secretBinary) !== undefined;
  const rotated = isKnown && isRotated({ ...known, rotationTime: isoTime(secret.rotation_time) });
  const guess = rotated ? undefined : known.versionId;
  const [listed, guessed] = await Promise.all([
    listVersions(csms, place),
    guess === undefined ? undefined : ifFound(valueAt(csms, place, guess)),
  ]);
  const versions = listed.map(versionOf);
  const own = (guessed ? guess : holderOf(versions, system.current)) ?? "latest";
  const { versionStages, ...others } = versionState(versions, own, system);
  const end = isoTime(listed.find(({ id }) => id === own)?.expire_time);
  return {
    ...(rotated ? knownValue(known) : (guessed ?? (await valueAt(csms, place, own)))),
    versionId: own,
    ...others,
    // Of a version that the service made, these are nobody's business here unless they were declared.
    versionStages: rotated && !known.versionStages?.length ? [] : versionStages,
    expireTime: rotated && !known.expireTime ? undefined : end,
  };
}

async function valueAt(csms: Csms, place: Place, versionId: string): Promise<Partial<State>> {
  const { version } = await csms("ShowSecretVersion", { ...place, path: { ...place.path, version_id: versionId } });
  return { ...valueIn(version), versionId: version.version_metadata.id };
}

/** The value of a version that the service shows. */
export const valueIn = (version: Value): Partial<State> => ({
  secretString: version.secret_string ?? undefined,
  secretBinary: version.secret_binary ?? undefined,
});

interface Value {
  readonly secret_string?: string | null | undefined;
  readonly secret_binary?: string | null | undefined;
}

export async function listVersions(csms: Csms, place: Place): Promise<VersionReply[]> {
  const versions = await allPages(async (marker) => {
    const { version_metadatas: items, page_info } = await csms("ListSecretVersions", { ...place, query: { marker } });
    return { items, next: page_info?.next_marker };
  });
  // It is not documented whether a marker is the last item of a page or the first of the next.
  return [...new Map(versions.map((version) => [version.id, version])).values()];
}

export const versionOf = ({ id, version_stages, create_time }: VersionReply): Version => ({
  id,
  stages: version_stages ?? [],
  created: isoTime(create_time),
});

const knownValue = ({ secretString, secretBinary }: Partial<State>) => ({ secretString, secretBinary });

/** The value of a secret that is disabled or frozen cannot be read: what is known of it stays. */
const knownVersion = (known: Partial<State>) => ({
  ...knownValue(known),
  versionId: known.versionId,
  versions: known.versions,
  versionStages: known.versionStages,
  currentVersionId: known.currentVersionId,
  expireTime: known.expireTime,
});

/** All of a secret but its value, its versions and its tags. */
export function metadata(secret: SecretReply, { region, projectId }: Home, known: Partial<State>) {
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
    // Without enterprise management the service does not tell it.
    enterpriseProjectId: secret.enterprise_project_id ?? known.enterpriseProjectId,
    replicaRegions: declaredReplicas(secret, known),
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
    replicas: secret.replicas?.map(replicaState),
  };
}

/** Replicas that were never declared are nobody's business here; the key of one counts where it was declared. */
function declaredReplicas({ replicas }: SecretReply, known: Partial<State>): State["replicaRegions"] {
  const declared = knownReplicas(known.replicaRegions);
  if (declared.length === 0) return undefined;
  const withKey = new Set(declared.filter(({ kmsKeyId }) => kmsKeyId).map(({ region }) => region));
  return (replicas ?? []).flatMap(({ region, kms_key_id }) => {
    if (!region) return [];
    return [withKey.has(region) ? { region, kmsKeyId: kms_key_id ?? undefined } : region];
  });
}

function replicaState(of: NonNullable<SecretReply["replicas"]>[number]) {
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

export const hasValue = ({ secretString, secretBinary }: Partial<State>, wanted: Partial<State>): boolean =>
  secretString === wanted.secretString && secretBinary === wanted.secretBinary;
