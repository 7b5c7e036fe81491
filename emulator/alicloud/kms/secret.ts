import { ACCOUNT_ID } from "../assumptions";
import type { Answer } from "../reply";
import { isoSecond } from "../sessions";
import type { Managed } from "./extended-config";

export interface Version {
  readonly id: string;
  readonly data: string;
  readonly dataType: "text" | "binary";
  readonly createTime: number;
  stages: string[];
}

export interface Rotation {
  enabled: boolean;
  seconds?: number;
  /** When it rotated, oldest first, the last hour at least. */
  history: number[];
}

/** A secret as the service keeps it. Times are milliseconds since 1970. */
export interface Secret {
  readonly region: string;
  readonly name: string;
  readonly type: string;
  readonly keyId?: string;
  readonly instanceId?: string;
  readonly createTime: number;
  readonly tags: Map<string, string>;
  readonly rotation: Rotation;
  /** Oldest first. */
  readonly versions: Version[];
  description: string;
  updateTime: number;
  plannedDeleteTime?: number;
  /** None of a generic secret. */
  managed?: Managed;
  policy?: string;
}

export const isGeneric = (secret: Secret): boolean => secret.managed === undefined;

/** The ExtendedConfig of an answer; absent for generic secrets. */
export const configText = ({ managed }: Secret): string | undefined => managed && JSON.stringify(managed.config);

/** `2022-02-21T15:39:26Z`; absent stays absent. */
export const timestamp = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : isoSecond(ms));

export const arnOf = (secret: Pick<Secret, "region" | "name">): string =>
  `acs:kms:${secret.region}:${ACCOUNT_ID}:secret/${secret.name}`;

export const tagList = (tags: ReadonlyMap<string, string>) => ({
  Tag: [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});

/** The rotation fields of an answer: none for generic secrets, which do not rotate. */
export function rotationAnswer(secret: Secret): Answer {
  if (isGeneric(secret)) return {};
  const { enabled, seconds = 0, history } = secret.rotation;
  const last = history.at(-1);
  return {
    AutomaticRotation: enabled ? "Enabled" : "Disabled",
    LastRotationDate: timestamp(last),
    ...(enabled && {
      RotationInterval: `${seconds}s`,
      NextRotationDate: timestamp((last ?? secret.createTime) + seconds * 1000),
    }),
  };
}

/** Everything of a secret, values included: for whoever looks into the emulator, not for the API. */
export const stateOf = (secret: Secret) => ({
  Arn: arnOf(secret),
  RegionId: secret.region,
  SecretName: secret.name,
  SecretType: secret.type,
  Description: secret.description,
  EncryptionKeyId: secret.keyId,
  DKMSInstanceId: secret.instanceId,
  ExtendedConfig: configText(secret),
  Policy: secret.policy,
  CreateTime: timestamp(secret.createTime),
  UpdateTime: timestamp(secret.updateTime),
  PlannedDeleteTime: timestamp(secret.plannedDeleteTime),
  ...rotationAnswer(secret),
  Tags: Object.fromEntries(secret.tags),
  Versions: secret.versions.map((version) => ({
    VersionId: version.id,
    SecretData: version.data,
    SecretDataType: version.dataType,
    VersionStages: version.stages,
    CreateTime: timestamp(version.createTime),
  })),
});
