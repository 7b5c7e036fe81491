import { CloudError, ifFound, isKind } from "../errors";
import { waitFor } from "../retry";
import { once } from "../steps";
import type { SecretReply } from "./csms-api";
import type { Csms } from "./csms-client";
import { knownReplicas } from "./csms-schemas";
import { type Inputs, type Keep, metadata, type Place, placeOf, type State } from "./csms-state";

const longestCopyMs = 60_000;

/** Removes and makes replicas, and waits until those that are declared are in step with the secret. */
export async function replicas(csms: Csms, state: State, wanted: Inputs, keep: Keep): Promise<Partial<State>> {
  const place = placeOf(state);
  const declared = knownReplicas(wanted.replicaRegions);
  const there = knownReplicas(state.replicaRegions);
  const isIn = (some: readonly Declared[], { region }: Declared) => some.some((one) => one.region === region);
  const added = declared.filter((one) => !isIn(there, one));
  if (added.length > 0) await requireSupported(csms, state, added);
  let reached = there;
  let { replicas: left } = state;
  for (const gone of there.filter((one) => !isIn(declared, one))) {
    await removeReplicas(csms, state, [gone.region]);
    reached = reached.filter((one) => one !== gone);
    left = left?.filter((one) => one.region !== gone.region);
    keep({ replicaRegions: reached.map(shortest), replicas: left });
  }
  for (const one of added) {
    await addReplica(csms, state, one);
    reached = [...reached, one];
    keep({ replicaRegions: reached.map(shortest) });
  }
  const secret = await whenCopied(csms, place, declared);
  const after = metadata(secret, place, { ...state, replicaRegions: wanted.replicaRegions });
  const failure = failureOf(secret, declared);
  if (!failure) return after;
  keep(after);
  throw failure;
}

/** One that takes long is none; one that is not even listed was never made, whatever CreateSecretReplica answered. */
function failureOf(secret: SecretReply, declared: readonly Declared[]): CloudError | undefined {
  const failed = declared.find(({ region }) => statusOf(secret, region) === "FAILED");
  if (failed) return notCopied(secret, failed.region);
  const isListed = ({ region }: Declared) => secret.replicas?.some((one) => one.region === region);
  const missing = declared.filter((one) => !isListed(one)).map(({ region }) => region);
  return missing.length > 0 ? notMade(secret, missing) : undefined;
}

type Declared = ReturnType<typeof knownReplicas>[number];
const shortest = (one: Declared) => (one.kmsKeyId ? one : one.region);

async function whenCopied(csms: Csms, place: Place, declared: readonly Declared[]): Promise<SecretReply> {
  const copied = await waitFor(async () => {
    const { secret } = await csms("ShowSecret", place);
    return declared.every(({ region }) => !isCopying(secret, region)) ? secret : undefined;
  }, longestCopyMs);
  return copied ?? (await csms("ShowSecret", place)).secret;
}

const statusOf = ({ replicas }: SecretReply, region: string) => replicas?.find((one) => one.region === region)?.status;
const isCopying = (secret: SecretReply, region: string) =>
  [undefined, "IN_PROGRESS"].includes(statusOf(secret, region) ?? undefined);

/** A secret with replicas may not be deletable, and what cannot be reached from it any more is lost. */
export async function removeReplicas(csms: Csms, state: State, regions: readonly string[]): Promise<void> {
  const place = placeOf(state);
  for (const region of regions)
    await ifFound(csms("DeleteSecretReplica", { ...place, path: { ...place.path, region_name: region } }));
  if (regions.length === 0) return;
  // What that answers is not documented, nor whether it waits until the replica is gone.
  const left = async () => {
    const replicas = (await ifFound(csms("ShowSecret", place)))?.secret.replicas ?? [];
    return replicas.some(({ region }) => regions.includes(region ?? "")) ? undefined : "none";
  };
  if (!(await waitFor(left, longestCopyMs))) throw notRemoved(state, regions);
}

async function addReplica(csms: Csms, state: State, { region, kmsKeyId }: Declared): Promise<void> {
  const place = placeOf(state);
  const find = async () =>
    (await csms("ShowSecret", place)).secret.replicas?.some((one) => one.region === region) ? region : undefined;
  try {
    await once(async () => {
      await csms("CreateSecretReplica", { ...place, body: { region, kms_key_id: kmsKeyId } });
      return region;
    }, find);
  } catch (error) {
    // Which code one that is there already is refused with is not documented, so it is looked up.
    if (!isKind(error, "exists", "invalid", "other") || !(await find())) throw error;
  }
}

/** Which regions take replicas differs from region to region, and not every one has the operation at all. */
async function requireSupported(csms: Csms, state: State, added: readonly { region: string }[]): Promise<void> {
  const place = placeOf(state);
  const { regions } = await csms("ListSupportRegions", place).catch((error: unknown) => {
    throw isKind(error, "other", "notFound") ? noReplicas(state, error) : error;
  });
  const missing = added.map(({ region }) => region).filter((region) => !regions.includes(region));
  if (missing.length === 0) return;
  const message = `CSMS CreateSecretReplica of secret "${state.name}" failed: there can be no replica in ${missing.join(", ")}. Regions that take one: ${regions.join(", ") || "none"}.`;
  throw new CloudError({ kind: "invalid", message });
}

function noReplicas({ region }: State, { code }: CloudError): CloudError {
  const message = `CSMS in the region ${region} makes no replicas${code ? ` (${code})` : ""}: leave replicaRegions out.`;
  return new CloudError({ kind: "invalid", message });
}

function notRemoved({ name }: State, regions: readonly string[]): CloudError {
  const message = `CSMS DeleteSecretReplica of secret "${name}" failed: after a minute there still is a replica in ${regions.join(", ")}. Try again.`;
  return new CloudError({ kind: "other", message });
}

function notMade({ name }: SecretReply, regions: readonly string[]): CloudError {
  const message = `CSMS CreateSecretReplica of secret "${name}" failed: after a minute there is no replica in ${regions.join(", ")}. The next \`pulumi up\` makes it again.`;
  return new CloudError({ kind: "other", message });
}

function notCopied({ name }: SecretReply, region: string): CloudError {
  const message = `CSMS CreateSecretReplica of secret "${name}" failed: its replica in ${region} has the status FAILED. Take the region out of replicaRegions in one up, see that its key can be used, and give it again in the next.`;
  return new CloudError({ kind: "other", message });
}
