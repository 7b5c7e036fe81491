import type { z } from "zod";
import type { Observed } from "../definition";
import { ifFound } from "../errors";
import { allCounted } from "../pages";
import { settingError } from "../settings";
import { holderOf, type Version, versionState } from "../versions";
import type { kmsApi } from "./kms-api";
import { type Kms, type State, system } from "./kms-fields";
import { fromWire, isManaged, madeByKms } from "./kms-types";

type Described = z.infer<(typeof kmsApi)["operations"]["DescribeSecret"]["reply"]>;
type Known = Partial<State>;

/** Where a secret is: what every call names. */
export const placeOf = ({ regionId, secretName }: Known) => ({ region: regionId ?? "", SecretName: secretName ?? "" });

export async function read(kms: Kms, id: string, known: Known): Promise<Observed<State> | undefined> {
  const [, , regionOfArn, , resource] = id.split(":");
  const regionId = known.regionId ?? regionOfArn;
  const secretName = known.secretName ?? resource?.replace(/^secret\//, "");
  if (!regionId || !secretName)
    throw settingError(
      `"${id}" is no ARN of a KMS secret; it has to be acs:kms:<region>:<account>:secret/<secretName>`,
    );
  const secret = await ifFound(kms("DescribeSecret", regionId, { SecretName: secretName, FetchTags: "true" }));
  return !secret || secret.PlannedDeleteTime ? undefined : observe(kms, secret, { ...known, regionId });
}

/** All of a secret. The value is that of the version that was known, wherever the current stage is by now. */
async function observe(
  kms: Kms,
  secret: Described,
  known: Known & { readonly regionId: string },
): Promise<Observed<State> | undefined> {
  const isRotated = isManaged(secret.SecretType);
  const guess = isRotated ? undefined : known.versionId;
  const [versions, policy, guessed] = await Promise.all([
    versionsOf(kms, known.regionId, secret.SecretName),
    policyOf(kms, secret, known),
    valueAt(kms, secret, known, guess),
  ]);
  const current = versions && holderOf(versions, system.current);
  if (!versions || current === undefined) return undefined;
  const value = guessed ?? (await valueAt(kms, secret, known));
  if (!value) return undefined;
  const versionId = isRotated ? current : value.versionId;
  const state: State = {
    ...metadata(secret, known),
    ...value,
    regionId: known.regionId,
    versionId,
    ...versionState(versions, versionId, system),
    policy,
    rotationTrigger: known.rotationTrigger,
    requestId: known.requestId,
  };
  return { id: secret.Arn, state };
}

/** All of a secret but its value, its versions and its policy. */
export function metadata(secret: Described, known: Known) {
  const tags = (secret.Tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue] as const);
  const isRotated = secret.AutomaticRotation === "Enabled";
  return {
    secretName: secret.SecretName,
    // The service may get types that no program can declare.
    secretType: secret.SecretType as State["secretType"],
    extendedConfig: fromWire(secret.ExtendedConfig, known.extendedConfig),
    automaticRotation: isRotated,
    rotationInterval: isRotated ? secret.RotationInterval : undefined,
    encryptionKeyId: secret.EncryptionKeyId,
    dkmsInstanceId: secret.DKMSInstanceId || undefined,
    description: secret.Description,
    tags: Object.fromEntries(tags),
    arn: secret.Arn,
    state: "ENABLED",
    lastRotationDate: secret.LastRotationDate || undefined,
    nextRotationDate: secret.NextRotationDate || undefined,
    createTime: secret.CreateTime,
    updateTime: secret.UpdateTime,
  };
}

const pageSize = 20;

export async function versionsOf(kms: Kms, region: string, SecretName: string): Promise<Version[] | undefined> {
  const listed = allCounted({
    what: `the list of versions of secret "${SecretName}"`,
    size: pageSize,
    async read(page) {
      const parameters = { SecretName, IncludeDeprecated: "true", PageNumber: `${page + 1}`, PageSize: `${pageSize}` };
      const { VersionIds, TotalCount } = await kms("ListSecretVersionIds", region, parameters);
      return { items: VersionIds.VersionId, total: TotalCount };
    },
    keyOf: ({ VersionId }) => VersionId,
  });
  const versions = (await ifFound(listed))?.map(({ VersionId: id, VersionStages, CreateTime: created }) => ({
    id,
    stages: VersionStages?.VersionStage ?? [],
    created,
  }));
  return versions && oldestFirst(versions);
}

const oldestFirst = (versions: readonly Version[]) =>
  versions.toSorted((a, b) => Date.parse(a.created ?? "") - Date.parse(b.created ?? "") || 0);

/** A policy that the program never declared is nobody's business here, except where a secret is looked up. */
async function policyOf(kms: Kms, secret: Described, { regionId = "", policy, arn }: Known) {
  if (!secret.DKMSInstanceId || (arn !== undefined && policy === undefined)) return undefined;
  const reply = await ifFound(
    kms("GetSecretPolicy", regionId, { SecretName: secret.SecretName, PolicyName: "default" }),
  );
  return reply?.Policy;
}

/**
 * The value of one version, by default the current one; undefined where there is none. What KMS rotates is no change to
 * undo: the state keeps the value that was declared.
 */
async function valueAt(
  kms: Kms,
  { SecretName, SecretType }: Described,
  { secretData = madeByKms, secretDataType, regionId = "", arn }: Known,
  versionId?: string,
): Promise<Pick<State, "secretData" | "secretDataType" | "versionId"> | undefined> {
  if (isManaged(SecretType) && arn !== undefined) return { secretData, secretDataType };
  const which = versionId === undefined ? { VersionStage: system.current } : { VersionId: versionId };
  const value = await ifFound(kms("GetSecretValue", regionId, { SecretName, ...which }));
  return value && { secretData: value.SecretData, secretDataType: value.SecretDataType, versionId: value.VersionId };
}
