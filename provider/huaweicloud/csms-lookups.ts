import { z } from "zod";
import { pending } from "../deletion";
import { CloudError, isKind } from "../errors";
import { type InputsOf, output } from "../fields";
import {
  argument,
  inBrackets,
  isInState,
  isNamed,
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
import { filledText, placeName } from "../schemas";
import { holderOf, versionsOutput } from "../versions";
import type { SecretReply } from "./csms-api";
import { type Client, connect, homeOf } from "./csms-client";
import { inputs, outputs } from "./csms-fields";
import { isoTime, namePattern, placeInputs } from "./csms-place";
import { system } from "./csms-schemas";
import { allSecrets, listVersions, metadata, nameOf, type Place, valueIn, versionOf } from "./csms-state";
import { projectId, region } from "./places";

const place = {
  region: argument(placeName, {
    doc: "The region, such as `cn-north-4`; by default the one in the settings.",
    required: true,
    setting: region,
  }),
  projectId: argument(placeInputs.projectId.schema, {
    doc: "The id of the region's project; by default the one in the settings, else the one that IAM names for the region.",
    setting: projectId,
    settingOf: "region",
  }),
} as const;

const whichSecret = {
  name: argument(inputs.name.schema, { doc: "The secret's name. Exactly one of `name` and `secretId` is needed." }),
  secretId: argument(filledText, {
    doc: "The secret's id, which is looked for among all secrets of the project. Exactly one of `name` and `secretId` is needed.",
  }),
  ...place,
} as const;
const rules = [exactlyOneOf("name", "secretId")];

/** What is told of a secret in a list too. */
const summary = {
  secretId: outputs.secretId,
  name: output(z.string(), "The secret's name."),
  secretType: output(z.string().optional(), "`COMMON`, `RDS-FG` or `GaussDB-FG`."),
  description: output(z.string().optional(), "What the secret is for."),
  kmsKeyId: output(z.string().optional(), "The id of the KMS key that encrypts new values."),
  enterpriseProjectId: output(z.string().optional(), "The enterprise project the secret belongs to."),
  eventSubscriptions: output(z.array(z.string()).readonly().optional(), "The event that the secret is subscribed to."),
  autoRotation: output(z.boolean().optional(), "Whether the service rotates the value."),
  rotationPeriod: output(z.string().optional(), "How often it does."),
  rotationFuncUrn: output(z.string().optional(), "The URN of the FunctionGraph function that rotates the value."),
  rotationTime: outputs.rotationTime,
  nextRotationTime: outputs.nextRotationTime,
  createTime: outputs.createTime,
  updateTime: outputs.updateTime,
  lastUsedTime: output(z.string().optional(), "When the value was last read (ISO 8601, UTC)."),
  domainId: outputs.domainId,
  replicaType: outputs.replicaType,
  replicas: outputs.replicas,
  region: output(z.string(), "The region the secret is in."),
  projectId: output(z.string(), "The id of the region's project."),
} as const;

const getCsmsSecret = lookup(
  {
    name: "getCsmsSecret",
    doc: "Looks a secret of Huawei Cloud CSMS up, without its value. Fails where there is none, or it waits for deletion.",
    args: whichSecret,
    rules,
    result: {
      ...summary,
      state: output(z.string(), "`ENABLED`, `DISABLED` or `FROZEN`."),
      tags: output(z.record(z.string(), z.string()), "The secret's tags."),
      versions: versionsOutput,
      currentVersionId: output(z.string().optional(), "The version that `SYSCURRENT` is on."),
    },
  },
  {
    connect,
    async find(client, args) {
      const at = await placeOf(client, args);
      const secret = await shown(client, at);
      const [{ tags }, listed] = await Promise.all([
        client.csms("ListSecretTags", { ...at, path: { ...at.path, secret_id: secret.id } }),
        listVersions(client.csms, at),
      ]);
      const versions = listed.map(versionOf);
      return {
        ...told(secret, at),
        tags: Object.fromEntries((tags ?? []).map(({ key, value: text }) => [key, text ?? ""])),
        versions,
        currentVersionId: holderOf(versions, system.current),
      };
    },
  },
);

const getCsmsSecretValue = lookup(
  {
    name: "getCsmsSecretValue",
    doc: "Reads a value of a secret of Huawei Cloud CSMS, by default the current one. All of what it gives is secret. Fails where there is none, or the secret is not enabled or waits for deletion.",
    args: {
      ...whichSecret,
      versionId: argument(inputs.currentVersionId.schema, {
        doc: "The id of a version, such as `v2`; by default the one that `versionStage` is on.",
      }),
      versionStage: argument(z.string().regex(namePattern, "must be 1 to 64 letters, digits, - or _"), {
        doc: "A stage; by default `SYSCURRENT`. Not together with `versionId`.",
      }),
    },
    rules: [...rules, notBeside("versionStage", "versionId")],
    result: {
      secretString: value(z.string().optional(), "The value, where it is a text."),
      secretBinary: value(z.string().optional(), "The value as base64, where it is binary."),
      versionId: output(z.string(), "The id of the value's version."),
      versionStages: output(z.array(z.string()).readonly(), "The stages of that version."),
      createTime: output(z.string().optional(), "When that version was made (ISO 8601, UTC)."),
      expireTime: output(z.string().optional(), "When that version expires (ISO 8601, UTC)."),
      name: summary.name,
      region: summary.region,
      projectId: summary.projectId,
    },
  },
  {
    connect,
    async find(client, args) {
      const at = await placeOf(client, args);
      const { version } = await valueAt(client, at, args);
      const { id, version_stages, create_time, expire_time } = version.version_metadata;
      return {
        ...valueIn(version),
        versionId: id,
        versionStages: version_stages ?? [],
        createTime: isoTime(create_time),
        expireTime: isoTime(expire_time),
        name: at.path.secret_name,
        region: at.region,
        projectId: at.projectId,
      };
    },
  },
);

const listArgs = {
  name: only.name,
  namePrefix: only.namePrefix,
  tags: only.tags,
  state: argument(z.enum(["ENABLED", "DISABLED", "PENDING_DELETE", "FROZEN"]), {
    doc: "Only secrets in this state: `ENABLED`, `DISABLED`, `PENDING_DELETE` or `FROZEN`; by default all that do not wait for deletion.",
  }),
  secretType: argument(z.enum(["COMMON", "RDS-FG", "GaussDB-FG"]), { doc: "Only secrets of this type." }),
  enterpriseProjectId: argument(filledText, { doc: "Only secrets of this enterprise project." }),
  ...place,
} as const;

const listCsmsSecrets = listing(
  {
    name: "listCsmsSecrets",
    doc: "Lists secrets of Huawei Cloud CSMS in one project, without their values.",
    args: listArgs,
    result: {
      ...summary,
      state: output(
        z.string(),
        "`ENABLED`, `DISABLED`, `FROZEN`, or `PENDING_DELETE` where the secret waits for deletion.",
      ),
      scheduledDeleteTime: outputs.scheduledDeleteTime,
    },
  },
  {
    connect,
    async find(client, args) {
      const { name, namePrefix, state, secretType, enterpriseProjectId } = args;
      const home = await homeOf(client, args);
      const [secrets, tagged] = await Promise.all([allSecrets(client.csms, home), idsTagged(client, home, args.tags)]);
      return secrets
        .filter(
          (one) =>
            isNamed(one.name, { name, namePrefix }) &&
            isInState(one.state, state) &&
            (tagged === undefined || tagged.has(one.id)) &&
            (secretType === undefined || one.secret_type === secretType) &&
            (enterpriseProjectId === undefined || one.enterprise_project_id === enterpriseProjectId),
        )
        .map((one) => told(one, home));
    },
  },
);

type Home = Omit<Place, "path">;

const told = (secret: SecretReply, home: Home) => {
  const { secretType, ...others } = metadata(secret, home, {});
  return { ...others, secretType: secretType as string | undefined, eventSubscriptions: others.eventSubscriptions };
};

async function placeOf(client: Client, args: InputsOf<typeof whichSecret>): Promise<Place> {
  const home = await homeOf(client, args);
  const { secretId, name = await nameOf(client.csms, home, secretId ?? "") } = args;
  if (name === undefined) throw missing(`there is no secret with the id "${secretId}" in ${home.region}`);
  return { ...home, path: { secret_name: name } };
}

const none = ({ region: where, path }: Place) => `there is no secret "${path.secret_name}" in ${where}`;

/** The secret as CSMS describes it, where it does not wait for deletion. */
async function shown({ csms }: Client, at: Place): Promise<SecretReply> {
  const { secret } = await orMissing(csms("ShowSecret", at), none(at));
  if (secret.state === pending) throw waits(`the secret "${secret.name}"`, isoTime(secret.scheduled_delete_time));
  return secret;
}

async function valueAt(client: Client, at: Place, { versionId, versionStage = system.current }: WhichVersion) {
  const { csms } = client;
  try {
    const stage = { ...at, path: { ...at.path, stage_name: versionStage } };
    const version_id = versionId ?? (await csms("ShowSecretStage", stage)).stage.version_id;
    return await csms("ShowSecretVersion", { ...at, path: { ...at.path, version_id } });
  } catch (error) {
    if (!isKind(error, "notFound", "pendingDeletion", "other")) throw error;
    // The service says no more than that something is not there, or not enabled.
    const secret = await shown(client, at);
    if (error.kind !== "notFound") throw secret.state === "ENABLED" ? error : notEnabled(secret, error);
    throw missingVersion(secret.name, { versionId, versionStage }, error);
  }
}

function notEnabled({ name, state }: SecretReply, error: CloudError): CloudError {
  const message = `the secret "${name}" is ${state}, so its value cannot be read${inBrackets(error)}; have it enabled in CSMS`;
  return new CloudError({ ...error, message });
}

const pageSize = 1_000;

/** The ids of the secrets that have all of these tags; undefined where none are asked for. */
async function idsTagged({ csms }: Client, home: Home, tags: Readonly<Record<string, string>> = {}) {
  const wanted = Object.entries(tags).map(([key, text]) => ({ key, values: [text] }));
  if (wanted.length === 0) return undefined;
  const resources = await allCounted({
    what: "the list of secrets with these tags",
    size: pageSize,
    async read(page) {
      const body = { action: "filter", limit: `${pageSize}`, offset: `${page * pageSize}`, tags: wanted };
      const { resources: items, total_count: total } = await csms("ListResourceInstances", { ...home, body });
      return { items: items ?? [], total };
    },
    keyOf: ({ resource_id }) => resource_id,
  });
  return new Set(resources.map(({ resource_id }) => resource_id));
}

export const csmsLookups: readonly Lookup[] = [getCsmsSecret, getCsmsSecretValue, listCsmsSecrets];
