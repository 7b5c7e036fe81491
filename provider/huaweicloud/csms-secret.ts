import { nameTaken, requireAdoptable } from "../adoption";
import { type Attempt, define, type Observed } from "../definition";
import { bringBack, otherSecretWaits, pending } from "../deletion";
import { plan, unchangeable } from "../diff";
import { CloudError, ifFound, isKind } from "../errors";
import { isAbsent } from "../fields";
import { oursFirst, replacedByAnother } from "../ours";
import { jsonText } from "../schemas";
import { createOnce, inSteps, isCreatedIn, once, type Step } from "../steps";
import { unlistedVersion } from "../versions";
import type { SecretReply } from "./csms-api";
import { stepsTo } from "./csms-changes";
import { type Client, type Csms, connect, homeOf } from "./csms-client";
import { inputs, outputs } from "./csms-fields";
import { removeReplicas } from "./csms-replicas";
import { changeRules, rules } from "./csms-rules";
import { knownReplicas, system } from "./csms-schemas";
import {
  foundState,
  hasValue,
  type Inputs,
  metadata,
  nameOf,
  observe,
  type Place,
  placeOf,
  type State,
  stateOf,
  valueIn,
} from "./csms-state";

/** A secret of Huawei Cloud CSMS. */
export const csmsSecret = define(
  {
    name: "CsmsSecret",
    doc: "A secret of Huawei Cloud CSMS (Cloud Secret Management Service, part of DEW).",
    id: "The secret's id.",
    inputs,
    outputs,
    rules,
    changeRules,
    warnings: unlistedVersion,
  },
  {
    connect,
    create,
    find,
    read,
    confirm,
    async update(client, { id, state, isDoubtful = false }, wanted) {
      const ours = oursFirst<State>({ inputs }, wanted, isDoubtful, (known) => requireOurs(client.csms, id, known));
      return inSteps({ id, state }, [ours, ...stepsFrom(client, id, wanted, isDoubtful)]);
    },
    delete: remove,
  },
);

async function create(client: Client, wanted: Inputs): Promise<Observed<State>> {
  const place = await placeFor(client, wanted);
  try {
    return await make(client, place, wanted);
  } catch (error) {
    if (!isKind(error, "exists", "pendingDeletion", "invalid", "other")) throw error;
    return takeOver(client, place, wanted, error);
  }
}

async function placeFor(client: Client, wanted: Inputs): Promise<Place> {
  return { ...(await homeOf(client, wanted)), path: { secret_name: wanted.name ?? "" } };
}

async function make(client: Client, place: Place, wanted: Inputs): Promise<Observed<State>> {
  // Only a secret that is there already, or waits for deletion, can have another version than the first.
  if (namesLater(wanted) && !(await ifFound(client.csms("ShowSecret", place)))) throw notOfNew(place);
  const { region, projectId } = place;
  const secret = await createOnce(
    { name: wanted.name, state: { ...wanted, region, projectId } },
    async () => (await client.csms("CreateSecret", { ...place, path: {}, body: creation(wanted) })).secret,
    (attempt) => findCreated(client.csms, place, wanted, attempt),
  );
  const told = Object.entries(metadata(secret, place, wanted)).filter(([, value]) => !isAbsent(value));
  // CSMS documents that versions are numbered from v1, and that the first gets SYSCURRENT.
  const first = {
    versionId: firstVersion,
    currentVersionId: firstVersion,
    versions: [{ id: firstVersion, stages: [system.current], created: metadata(secret, place, wanted).createTime }],
  };
  const later = { tags: undefined, versionStages: [], expireTime: undefined, replicaRegions: undefined };
  const state = { ...wanted, ...Object.fromEntries(told), ...first, ...later } as State;
  const made = { id: secret.id, state };
  return { id: secret.id, state: await inSteps(made, stepsTo(client, wanted), true) };
}

const firstVersion = "v1";

const namesLater = ({ currentVersionId = firstVersion }: Inputs) => currentVersionId !== firstVersion;

function notOfNew(place: Place): CloudError {
  const message = `${creating(place)} failed: currentVersionId names a version that a new secret does not have. Leave it out.`;
  return new CloudError({ kind: "invalid", message });
}

function creation(wanted: Inputs): Record<string, unknown> {
  return {
    name: wanted.name,
    secret_string: wanted.secretString,
    secret_binary: wanted.secretBinary,
    kms_key_id: wanted.kmsKeyId,
    description: wanted.description || undefined,
    secret_type: wanted.secretType,
    auto_rotation: wanted.autoRotation,
    rotation_period: wanted.rotationPeriod,
    rotation_config: wanted.rotationConfig === undefined ? undefined : jsonText(wanted.rotationConfig),
    rotation_func_urn: wanted.rotationFuncUrn,
    event_subscriptions: wanted.eventSubscriptions,
    enterprise_project_id: wanted.enterpriseProjectId,
  };
}

/** The secret of a create whose answer was lost: it is as declared in all that creating sets, and was not there before. */
async function findCreated(
  csms: Csms,
  place: Place,
  wanted: Inputs,
  attempt: Attempt,
): Promise<SecretReply | undefined> {
  const found = await ifFound(csms("ShowSecret", place));
  if (!found) return undefined;
  if (found.secret.state !== "ENABLED") throw taken(place);
  const { version } = await csms("ShowSecretVersion", { ...place, path: { ...place.path, version_id: "latest" } });
  const { tags, versionStages, expireTime, replicaRegions, ...created } = wanted;
  const state = { ...created, ...metadata(found.secret, place, created) };
  const isOurs =
    version.version_metadata.id === firstVersion &&
    hasValue(valueIn(version), wanted) &&
    isCreatedIn(attempt, state.createTime) &&
    plan({ inputs }, state, created).changed.length === 0;
  if (!isOurs) throw taken(place);
  return found.secret;
}

async function confirm(client: Client, asked: State, attempt: Attempt): Promise<Observed<State> | undefined> {
  const place = await placeFor(client, asked);
  const secret = await findCreated(client.csms, place, asked, attempt);
  return secret && { id: secret.id, state: await foundState(client.csms, place, secret, asked) };
}

/** Which code a taken name is refused with is not documented, so the name is looked up. */
async function takeOver(client: Client, place: Place, wanted: Inputs, refusal: CloudError): Promise<Observed<State>> {
  const found = await ifFound(client.csms("ShowSecret", place));
  if (!found) throw refusal;
  if (found.secret.state === pending) return revive(client, place, wanted, found.secret, refusal);
  if (!wanted.adoptExisting) throw taken(place);
  return adopt(client, place, wanted, found.secret);
}

/** Takes over what has the name, and brings it to what is declared. */
async function adopt(client: Client, place: Place, wanted: Inputs, secret: SecretReply): Promise<Observed<State>> {
  const state = await foundState(client.csms, place, secret, wanted);
  const found = { id: secret.id, state, existed: true } as const;
  requireAdoptable({ inputs, changeRules }, `the secret "${wanted.name}"`, found.state, wanted);
  return { ...found, state: await inSteps(found, stepsTo(client, wanted)) };
}

/** What lives under the declared name. */
async function find(client: Client, wanted: Inputs): Promise<Observed<State> | undefined> {
  const place = await placeFor(client, wanted);
  const found = await ifFound(client.csms("ShowSecret", place));
  if (!found || found.secret.state === pending) return undefined;
  return { id: found.secret.id, state: await foundState(client.csms, place, found.secret, wanted) };
}

/** Brings back a secret whose name waits for deletion; where it can never become what is declared, `force` ends it. */
async function revive(
  client: Client,
  place: Place,
  wanted: Inputs,
  secret: SecretReply,
  refusal: CloudError,
): Promise<Observed<State>> {
  if (refusal.kind === "invalid") throw refusal;
  const { csms } = client;
  const waiting: State = metadata(secret, place, wanted);
  const found = { id: secret.id, existed: true } as const;
  const differing = unchangeable({ inputs }, waiting, wanted);
  if (differing.length > 0) {
    if (!wanted.forceDeleteWithoutRecovery) throw otherSecretWaits(creating(place), "name", differing);
    // Refused for anything else, the new secret could not be made, and what waits would be lost for nothing.
    if (refusal.kind !== "pendingDeletion") throw refusal;
    if (namesLater(wanted)) throw notOfNew(place);
    await inSteps({ ...found, state: waiting }, [broughtBack(csms), () => end(csms, place)]);
    return make(client, place, wanted);
  }
  const { secretString, secretBinary, autoRotation, rotationTrigger } = wanted;
  const state: State = { ...waiting, secretString, secretBinary, autoRotation, rotationTrigger };
  return { ...found, state: await inSteps({ ...found, state }, stepsFrom(client, secret.id, wanted)) };
}

const stepsFrom = (client: Client, id: string, wanted: Inputs, isDoubtful = false): Step<State>[] => [
  broughtBack(client.csms),
  readFirst(client.csms, id, wanted, isDoubtful),
  ...stepsTo(client, wanted),
];

const broughtBack = (csms: Csms): Step<State> =>
  bringBack(
    ({ secretId }) => secretId,
    (state) => restore(csms, placeOf(state)),
  );

/** A secret whose restoring broke off, or of which nobody knows whether it has the new value or another change, is looked at. */
function readFirst(csms: Csms, id: string, wanted: Inputs, isDoubtful: boolean): Step<State> {
  const held: typeof stateOf = (...found) => foundState(...found, wanted);
  return async (state) => {
    if (state.versionId !== undefined && !isDoubtful) return undefined;
    const stateAt = state.versionId === undefined ? held : stateOf;
    return (await observe(csms, placeOf(state), id, state, stateAt))?.state;
  };
}

/** Throws where another secret has the name, or none. */
async function requireOurs(csms: Csms, id: string, state: State): Promise<void> {
  const place = placeOf(state);
  const { secret } = await csms("ShowSecret", place);
  if (secret.id !== id)
    throw replacedByAnother(`CSMS update of secret "${place.path.secret_name}"`, "secret", secret.id);
}

const creating = ({ path }: Place) => `CSMS CreateSecret of secret "${path.secret_name}"`;
const taken = (place: Place) => nameTaken(creating(place), "a secret of this name exists already");

async function read(client: Client, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const home = await homeOf(client, known);
  const name = known.name ?? (await nameOf(client.csms, home, id));
  return name === undefined ? undefined : observe(client.csms, { ...home, path: { secret_name: name } }, id, known);
}

/** Deletion goes by the name, so the id tells first whether the secret is ours. */
async function remove({ csms }: Client, { id, state }: Observed<State>): Promise<void> {
  const place = placeOf(state);
  try {
    if (!(await isThere(csms, place, id))) return;
    await removeReplicas(
      csms,
      state,
      knownReplicas(state.replicaRegions).map(({ region }) => region),
    );
    if (state.forceDeleteWithoutRecovery) await csms("DeleteSecret", place);
    else await schedule(csms, place, id, state.recoveryWindowInDays ?? inputs.recoveryWindowInDays.default);
  } catch (error) {
    if (isKind(error, "notFound")) return;
    if (!isKind(error, "pendingDeletion")) throw error;
    if (state.forceDeleteWithoutRecovery) await purge(csms, place);
  }
}

const isThere = async (csms: Csms, place: Place, id: string, state?: string) => {
  const { secret } = await csms("ShowSecret", place);
  return secret.id === id && secret.state === (state ?? secret.state);
};

async function schedule(csms: Csms, place: Place, id: string, days: number): Promise<void> {
  await once(
    () => csms("DeleteSecretForSchedule", { ...place, body: { recovery_window_in_days: days } }),
    async () => ((await ifFound(isThere(csms, place, id, pending))) ? {} : undefined),
  );
}

/** Ends a secret that waits for deletion; restoring it first works whether or not CSMS deletes one that waits. */
async function purge(csms: Csms, place: Place): Promise<void> {
  await restore(csms, place);
  await end(csms, place);
}

async function end(csms: Csms, place: Place): Promise<undefined> {
  await ifFound(csms("DeleteSecret", place));
}

async function restore(csms: Csms, place: Place): Promise<void> {
  try {
    await csms("RestoreSecret", place);
  } catch (error) {
    if (!isKind(error, "notPending")) throw error;
  }
}
