import { z } from "zod";
import { pending } from "../deletion";
import { isKind } from "../errors";
import { type InputsOf, output } from "../fields";
import {
  argument,
  isInState,
  isNamed,
  isTagged,
  type Lookup,
  listing,
  lookup,
  missing,
  missingVersion,
  only,
  orMissing,
  value,
  type WhichVersion,
  waits,
} from "../lookup";
import { allCounted } from "../pages";
import { exactlyOneOf, notBeside } from "../rules";
import { filledText } from "../schemas";
import type { SettingsSource } from "../settings";
import { versionState, versionsOutput } from "../versions";
import { rpcClient } from "./client";
import { kmsApi } from "./kms-api";
import { inputs, type Kms, system } from "./kms-fields";
import { metadata, versionsOf } from "./kms-state";
import { regionOfList, regionOfSecret, regionRule } from "./lookup-args";

const connect = (source: SettingsSource): Kms => rpcClient(kmsApi, source);

const arnForm = /^acs:kms:([^:]+):[^:]*:secret\/(.+)$/;
const whichSecret = {
  secretName: argument(inputs.secretName.schema, {
    doc: "The secret's name. Exactly one of `secretName` and `arn` is needed.",
  }),
  arn: argument(z.string().regex(arnForm, "must be acs:kms:<region>:<account>:secret/<secretName>"), {
    doc: "The secret's ARN. Exactly one of `secretName` and `arn` is needed.",
  }),
  regionId: regionOfSecret,
} as const;
const rules = [exactlyOneOf("secretName", "arn"), regionRule];

/** What is told of a secret in a list too. */
const summary = {
  secretName: output(z.string(), "The secret's name."),
  secretType: output(
    z.string().optional(),
    "`Generic`, or a type that KMS rotates: `Rds`, `Redis`, `RAMCredentials`, `ECS` or `PolarDB`.",
  ),
  regionId: output(z.string(), "The region the secret is in."),
  createTime: output(z.string().optional(), "When the secret was created (ISO 8601, UTC)."),
  updateTime: output(z.string().optional(), "When the secret was last changed (ISO 8601, UTC)."),
  tags: output(z.record(z.string(), z.string()), "The secret's tags."),
} as const;

const getAliyunKmsSecret = lookup(
  {
    name: "getAliyunKmsSecret",
    doc: "Looks a secret of Alibaba Cloud KMS up, without its value. Fails where there is none, or it waits for deletion.",
    args: whichSecret,
    rules,
    result: {
      arn: output(z.string(), "The secret's ARN."),
      ...summary,
      description: output(z.string().optional(), "What the secret is for."),
      state: output(z.string(), "`ENABLED`."),
      versions: versionsOutput,
      currentVersionId: output(z.string().optional(), "The version that `ACSCurrent` is on."),
      encryptionKeyId: output(z.string().optional(), "The id of the KMS key that encrypts the values."),
      dkmsInstanceId: output(z.string().optional(), "The id of the KMS instance that the secret is in."),
      extendedConfig: output(
        z.record(z.string(), z.unknown()).optional(),
        "What KMS knows of the account that it rotates.",
      ),
      automaticRotation: output(z.boolean(), "Whether KMS rotates the value by itself."),
      rotationInterval: output(z.string().optional(), "How often it does, in seconds, such as `604800s`."),
      lastRotationDate: output(z.string().optional(), "When the value was last rotated (ISO 8601, UTC)."),
      nextRotationDate: output(z.string().optional(), "When the value will be rotated next (ISO 8601, UTC)."),
    },
  },
  {
    connect,
    async find(kms, args) {
      const place = placeOf(args);
      const secret = await described(kms, place);
      const versions = await orMissing(versionsOf(kms, place.region, secret.SecretName), place.none);
      const { currentVersionId } = versionState(versions ?? [], undefined, system);
      const { extendedConfig, ...others } = metadata(secret, {});
      return {
        ...others,
        extendedConfig: extendedConfig as Record<string, unknown> | undefined,
        regionId: place.region,
        versions: versions ?? [],
        currentVersionId,
      };
    },
  },
);

const getAliyunKmsSecretValue = lookup(
  {
    name: "getAliyunKmsSecretValue",
    doc: "Reads a value of a secret of Alibaba Cloud KMS, by default the current one. All of what it gives is secret. Fails where there is none, or the secret waits for deletion.",
    args: {
      ...whichSecret,
      versionId: argument(filledText, {
        doc: "The id of a version; by default the one that `versionStage` is on. Not for types that KMS rotates.",
      }),
      versionStage: argument(filledText, { doc: "A stage; by default `ACSCurrent`. Not together with `versionId`." }),
    },
    rules: [...rules, notBeside("versionStage", "versionId")],
    result: {
      secretData: value(z.string(), "The value."),
      secretDataType: output(z.enum(["text", "binary"]).optional(), "What the value is: `text` or `binary`."),
      versionId: output(z.string(), "The id of the value's version."),
      versionStages: output(z.array(z.string()).readonly(), "The stages of that version."),
      createTime: output(z.string().optional(), "When that version was made (ISO 8601, UTC)."),
      secretName: summary.secretName,
      secretType: summary.secretType,
      regionId: summary.regionId,
    },
  },
  {
    connect,
    async find(kms, args) {
      const place = placeOf(args);
      const found = await valueAt(kms, place, args);
      return {
        secretData: found.SecretData,
        secretDataType: found.SecretDataType,
        versionId: found.VersionId,
        versionStages: found.VersionStages?.VersionStage ?? [],
        createTime: found.CreateTime,
        secretName: place.name,
        secretType: found.SecretType,
        regionId: place.region,
      };
    },
  },
);

const listArgs = {
  secretName: only.name,
  namePrefix: only.namePrefix,
  tags: only.tags,
  state: argument(z.enum(["ENABLED", "PENDING_DELETE"]), {
    doc: "Only secrets in this state: `ENABLED` or `PENDING_DELETE`; by default all that do not wait for deletion.",
  }),
  secretType: argument(z.enum(["Generic", "Rds", "Redis", "RAMCredentials", "ECS", "PolarDB"]), {
    doc: "Only secrets of this type.",
  }),
  regionId: regionOfList,
} as const;

const listAliyunKmsSecrets = listing(
  {
    name: "listAliyunKmsSecrets",
    doc: "Lists secrets of Alibaba Cloud KMS in one region, without their values.",
    args: listArgs,
    result: {
      ...summary,
      state: output(z.string(), "`ENABLED`, or `PENDING_DELETE` where the secret waits for deletion."),
      plannedDeleteTime: output(
        z.string().optional(),
        "When a deletion that waits will be carried out (ISO 8601, UTC).",
      ),
    },
  },
  { connect, find: list },
);

interface Place {
  readonly region: string;
  readonly name: string;
  readonly arn: string | undefined;
  /** What to say where it is not there. */
  readonly none: string;
}

type Which = InputsOf<typeof whichSecret>;

function placeOf({ secretName = "", arn, regionId = "" }: Which): Place {
  const [, regionOfArn = regionId, name = secretName] = arnForm.exec(arn ?? "") ?? [];
  return { region: regionOfArn, name, arn, none: `there is no secret "${arn ?? name}" in ${regionOfArn}` };
}

/** The secret as KMS describes it, by its name alone: an ARN may belong to another account, which has its own of that name. */
async function described(kms: Kms, { region: where, name, arn, none }: Place) {
  const secret = await orMissing(kms("DescribeSecret", where, { SecretName: name, FetchTags: "true" }), none);
  if (arn !== undefined && secret.Arn !== arn) throw missing(none);
  if (secret.PlannedDeleteTime) throw waits(`the secret "${name}"`, secret.PlannedDeleteTime);
  return secret;
}

async function valueAt(kms: Kms, place: Place, which: WhichVersion) {
  const { versionId: VersionId, versionStage: VersionStage } = which;
  const call = kms("GetSecretValue", place.region, { SecretName: place.arn ?? place.name, VersionId, VersionStage });
  try {
    return await call;
  } catch (error) {
    if (!isKind(error, "notFound")) throw error;
    if (VersionId === undefined && VersionStage === undefined) throw missing(place.none, error);
    // The service says no more than that something is not there.
    await described(kms, place).catch((why: unknown) => {
      if (!isKind(why, "denied")) throw why;
    });
    throw missingVersion(place.name, which, error);
  }
}

type ListArgs = InputsOf<typeof listArgs>;
const pageSize = 100;

/** The service narrows down by one thing at most: how it joins several, and compares texts, is not documented. */
function filterFor({ secretName, tags = {} }: ListArgs): string | undefined {
  const [tagKey] = Object.keys(tags);
  if (secretName !== undefined) return JSON.stringify([{ Key: "SecretName", Values: [secretName] }]);
  return tagKey === undefined ? undefined : JSON.stringify([{ Key: "TagKey", Values: [tagKey] }]);
}

async function list(kms: Kms, args: ListArgs) {
  const { secretName: name, namePrefix, tags: wanted, state: wantedState, secretType: type, regionId } = args;
  const found = (await allSecrets(kms, regionId, filterFor(args))).map((secret) => ({
    secretName: secret.SecretName,
    secretType: secret.SecretType,
    regionId,
    createTime: secret.CreateTime,
    updateTime: secret.UpdateTime,
    tags: Object.fromEntries((secret.Tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue] as const)),
    state: secret.PlannedDeleteTime ? pending : "ENABLED",
    plannedDeleteTime: secret.PlannedDeleteTime || undefined,
  }));
  return found.filter(
    ({ secretName, secretType, tags, state }) =>
      isNamed(secretName, { name, namePrefix }) &&
      isTagged(tags, wanted) &&
      isInState(state, wantedState) &&
      (type === undefined || type.toLowerCase() === secretType?.toLowerCase()),
  );
}

function allSecrets(kms: Kms, regionId: string, Filters: string | undefined) {
  return allCounted({
    what: "the list of secrets",
    size: pageSize,
    async read(page) {
      const parameters = { FetchTags: "true", Filters, PageNumber: `${page + 1}`, PageSize: `${pageSize}` };
      const { SecretList, TotalCount } = await kms("ListSecrets", regionId, parameters);
      return { items: SecretList.Secret, total: TotalCount };
    },
    keyOf: ({ SecretName }) => SecretName,
  });
}

export const kmsLookups: readonly Lookup[] = [getAliyunKmsSecret, getAliyunKmsSecretValue, listAliyunKmsSecrets];
