import { define, type Observed } from "../definition";
import { otherSecretWaits, unchangeable } from "../deletion";
import { plan } from "../diff";
import { CloudError, describeFailure, ifFound, isKind } from "../errors";
import { jsonText } from "../schemas";
import { missingSetting, readSetting, settingError } from "../settings";
import { inSteps, isCreatedSince, once, type Step } from "../steps";
import { type RestCall, restClient } from "./client";
import { csmsApi, type SecretReply } from "./csms-api";
import { stepsTo, tagSteps } from "./csms-changes";
import { inputs, outputs, rules } from "./csms-fields";
import { type Csms, hasValue, type Inputs, metadata, type Place, type State } from "./csms-state";
import { iamApi } from "./iam-api";
import { region as regionSetting } from "./settings";

type Iam = RestCall<(typeof iamApi)["operations"]>;

interface Client {
  readonly csms: Csms;
  /** For a secret that is looked up by its id alone. */
  defaultRegion(): string;
  /** The project of a region, asked of IAM once. */
  projectOf(region: string): Promise<string>;
}

/** A secret of Huawei Cloud CSMS. */
export const csmsSecret = define(
  {
    name: "CsmsSecret",
    doc: "A secret of Huawei Cloud CSMS (Cloud Secret Management Service, part of DEW).",
    id: "The secret's id.",
    inputs,
    outputs,
    rules,
  },
  {
    connect(source): Client {
      const iam = restClient(iamApi, source);
      const projects = new Map<string, Promise<string>>();
      return {
        csms: restClient(csmsApi, source),
        defaultRegion() {
          const region = readSetting(regionSetting, source);
          if (region) return region;
          throw settingError(missingSetting(regionSetting, "region"));
        },
        projectOf(region) {
          const project = projects.get(region) ?? findProject(iam, region);
          projects.set(region, project);
          project.catch(() => projects.delete(region));
          return project;
        },
      };
    },
    create,
    read,
    async update({ csms }, observed, wanted) {
      const place = placeOf(observed.state);
      return inSteps(observed, [readFirst(csms, place, observed.id), ...stepsTo(csms, place, wanted)]);
    },
    delete: remove,
  },
);

async function findProject(iam: Iam, region: string): Promise<string> {
  const { projects } = await iam("ListProjects", { region, query: { name: region } });
  const [project, ...others] = projects.filter(({ name }) => name === region);
  if (project && others.length === 0) return project.id;
  throw settingError(
    `IAM knows ${project ? "several projects" : "no project"} for the region ${region}; give projectId, or set huaweicloud:projectId`,
  );
}

async function create(client: Client, wanted: Inputs): Promise<Observed<State>> {
  const { csms } = client;
  const projectId = wanted.projectId ?? (await client.projectOf(wanted.region));
  const place = { region: wanted.region, projectId, path: { secret_name: wanted.name } };
  try {
    return await make(csms, place, wanted);
  } catch (error) {
    if (!isKind(error, "exists", "pendingDeletion", "invalid", "other")) throw error;
    return reviveOrRefuse(csms, place, wanted, error);
  }
}

async function make(csms: Csms, place: Place, wanted: Inputs): Promise<Observed<State>> {
  const started = Date.now();
  const secret = await once(
    async () => (await csms("CreateSecret", { ...place, path: {}, body: creation(wanted) })).secret,
    () => findCreated(csms, place, wanted, started),
  );
  // CSMS documents that versions are numbered from v1, and that the first gets SYSCURRENT.
  const first = { versionId: "v1", versionStages: ["SYSCURRENT"] };
  const made = { id: secret.id, state: { ...wanted, ...metadata(secret, place), ...first, tags: undefined } };
  return { id: secret.id, state: await inSteps<State>(made, tagSteps(csms, place, wanted), true) };
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
  started: number,
): Promise<SecretReply | undefined> {
  const found = await ifFound(csms("ShowSecret", place));
  if (found?.secret.state !== "ENABLED") return undefined;
  const { version } = await csms("ShowSecretVersion", { ...place, path: { ...place.path, version_id: "latest" } });
  const state = { ...wanted, ...metadata(found.secret, place) };
  const isOurs =
    version.version_metadata.id === "v1" &&
    hasValue(version, wanted) &&
    isCreatedSince(started, state.createTime) &&
    plan({ inputs }, state, wanted).changed.length === 0;
  if (!isOurs) throw nameTaken(wanted.name);
  return found.secret;
}

/** Which code a taken name is refused with is not documented, so the name is looked up. */
async function reviveOrRefuse(csms: Csms, place: Place, wanted: Inputs, refusal: CloudError): Promise<Observed<State>> {
  const found = await ifFound(csms("ShowSecret", place));
  if (!found) throw refusal;
  const { secret } = found;
  if (secret.state !== "PENDING_DELETE") throw nameTaken(wanted.name);
  if (refusal.kind === "invalid") throw refusal;
  const waiting = metadata(secret, place);
  const differing = unchangeable(inputs, waiting, wanted);
  if (differing.length > 0) {
    if (!wanted.forceDeleteWithoutRecovery) throw otherSecretWaits(creating(wanted.name), "name", differing);
    // Refused for anything else, the new secret could not be made, and what waits would be lost for nothing.
    if (refusal.kind !== "pendingDeletion") throw refusal;
    await purge(csms, place);
    return make(csms, place, wanted);
  }
  await restore(csms, place);
  const restored: Observed<State> = { id: secret.id, state: waiting };
  const steps = [readFirst(csms, place, secret.id), ...stepsTo(csms, place, wanted)];
  return { id: secret.id, state: await inSteps(restored, steps, true) };
}

/** Of a secret whose restoring broke off, neither value nor tags are known. */
function readFirst(csms: Csms, place: Place, id: string): Step<State> {
  return async (state) => (state.versionId === undefined ? (await observe(csms, place, id, state))?.state : undefined);
}

const creating = (name: string) => `CSMS CreateSecret of secret "${name}"`;

function nameTaken(name: string): CloudError {
  const facts = { kind: "exists", said: "a secret of this name exists already" } as const;
  return new CloudError({ ...facts, message: describeFailure(creating(name), facts) });
}

async function read(client: Client, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const region = known.region ?? client.defaultRegion();
  const projectId = known.projectId ?? (await client.projectOf(region));
  const name = known.name ?? (await nameOf(client.csms, { region, projectId }, id));
  return name === undefined
    ? undefined
    : observe(client.csms, { region, projectId, path: { secret_name: name } }, id, known);
}

/** Everything but the tags goes by the name, and a program that looks a secret up may know only its id. */
async function nameOf(csms: Csms, place: Omit<Place, "path">, id: string): Promise<string | undefined> {
  let marker: string | undefined;
  do {
    const page = await csms("ListSecrets", { ...place, query: { limit: "100", marker } });
    const found = page.secrets.find((secret) => secret.id === id);
    if (found) return found.name;
    marker = page.page_info?.next_marker ?? undefined;
  } while (marker);
  return undefined;
}

async function observe(
  csms: Csms,
  place: Place,
  id: string,
  known: Partial<State>,
): Promise<Observed<State> | undefined> {
  const found = await ifFound(csms("ShowSecret", place));
  // Another id below the same name is somebody else's secret.
  if (!found || found.secret.id !== id || found.secret.state === "PENDING_DELETE") return undefined;
  const { tags } = await csms("ListSecretTags", { ...place, path: { ...place.path, secret_id: id } });
  const state: State = {
    ...metadata(found.secret, place),
    ...(found.secret.state === "ENABLED" ? await currentValue(csms, place) : knownVersion(known)),
    ...(found.secret.auto_rotation && known.autoRotation ? knownValue(known) : {}),
    tags: Object.fromEntries((tags ?? []).map(({ key, value }) => [key, value ?? ""])),
  };
  return { id, state };
}

/** The value at SYSCURRENT; the latest version nearly always has it, which saves asking for the stage. */
async function currentValue(csms: Csms, place: Place): Promise<Partial<State>> {
  let { version } = await csms("ShowSecretVersion", { ...place, path: { ...place.path, version_id: "latest" } });
  if (!version.version_metadata.version_stages?.includes("SYSCURRENT")) {
    const { stage } = await csms("ShowSecretStage", { ...place, path: { ...place.path, stage_name: "SYSCURRENT" } });
    ({ version } = await csms("ShowSecretVersion", {
      ...place,
      path: { ...place.path, version_id: stage.version_id },
    }));
  }
  return {
    secretString: version.secret_string ?? undefined,
    secretBinary: version.secret_binary ?? undefined,
    versionId: version.version_metadata.id,
    versionStages: version.version_metadata.version_stages ?? [],
  };
}

/** What the service rotates is no change to undo: the state keeps the value that was declared. */
const knownValue = ({ secretString, secretBinary }: Partial<State>) => ({ secretString, secretBinary });

/** The value of a secret that is disabled or frozen cannot be read: what is known of it stays. */
const knownVersion = (known: Partial<State>) => ({
  ...knownValue(known),
  versionId: known.versionId,
  versionStages: known.versionStages,
});

async function remove({ csms }: Client, { id, state }: Observed<State>): Promise<void> {
  const place = placeOf(state);
  try {
    if (state.forceDeleteWithoutRecovery) await removeForGood(csms, place, id);
    else await schedule(csms, place, id, state.recoveryWindowInDays ?? inputs.recoveryWindowInDays.default);
  } catch (error) {
    if (isKind(error, "notFound")) return;
    if (!isKind(error, "pendingDeletion")) throw error;
    if (state.forceDeleteWithoutRecovery) await purge(csms, place);
  }
}

/** Deletion goes by the name: before what cannot be undone, the id tells whether the secret is ours. */
async function removeForGood(csms: Csms, place: Place, id: string): Promise<void> {
  const { secret } = await csms("ShowSecret", place);
  if (secret.id === id) await csms("DeleteSecret", place);
}

/** The answer tells whose secret it was: another id below our name is given back. */
async function schedule(csms: Csms, place: Place, id: string, days: number): Promise<void> {
  const { secret } = await once(
    () => csms("DeleteSecretForSchedule", { ...place, body: { recovery_window_in_days: days } }),
    async () => {
      const found = await csms("ShowSecret", place);
      return found.secret.state === "PENDING_DELETE" ? found : undefined;
    },
  );
  if (secret.id !== id) await restore(csms, place);
}

/** Ends a secret that waits for deletion; restoring it first works whether or not CSMS deletes one that waits. */
async function purge(csms: Csms, place: Place): Promise<void> {
  await restore(csms, place);
  await ifFound(csms("DeleteSecret", place));
}

async function restore(csms: Csms, place: Place): Promise<void> {
  try {
    await csms("RestoreSecret", place);
  } catch (error) {
    if (!isKind(error, "notPending")) throw error;
  }
}

function placeOf({ region, projectId, name }: State): Place {
  return { region, projectId: projectId ?? "", path: { secret_name: name } };
}
