import { z } from "zod";
import { adoptionInput, nameTaken, requireAdoptable } from "../adoption";
import { define, type Observed, type PlannedChange, type StateOf } from "../definition";
import { replacing } from "../diff";
import { CloudError, ifFound, isKind, withoutSecrets } from "../errors";
import { type InputsOf, input, output } from "../fields";
import { atLeastOneOf } from "../rules";
import { filledText, placeName } from "../schemas";
import { settingError } from "../settings";
import { createOnce } from "../steps";
import { ofText, valueFrom } from "../values";
import { type RpcCall, rpcClient } from "./client";
import { gpdbApi } from "./gpdb-api";
import { region } from "./settings";

const inputs = {
  dbInstanceId: input(filledText, {
    doc: "The id of the AnalyticDB for PostgreSQL instance, such as `gp-bp1g4a97w5`. One of `dbInstanceId` and `workspaceId` is needed. Changing it replaces the secret.",
    onChange: "replace",
    identity: true,
    overriddenBy: "workspaceId",
  }),
  workspaceId: input(filledText, {
    doc: "The id of a workspace of several instances, such as `gp-ws-1a2b3c`; it wins over `dbInstanceId` where both are given. Changing it replaces the secret.",
    onChange: "replace",
    identity: true,
    writeOnly: true,
  }),
  username: input(filledText, {
    doc: "The database account that signs in. Changing it replaces the secret.",
    onChange: "replace",
    required: true,
  }),
  password: input(filledText, {
    doc: "The account's password. One of `password` and `passwordFrom` is needed. It does not change the password in the database. Always encrypted in the state. Changing it replaces the secret, which gets a new ARN.",
    onChange: "replace",
    required: true,
    secret: true,
  }),
  passwordFrom: valueFrom(
    "password",
    `${ofText} Another value replaces the secret, and whatever else replaces it makes a random value anew.`,
  ),
  regionId: input(placeName, {
    doc: "The region the instance is in, such as `cn-hangzhou`; by default the one in the settings. Changing it replaces the secret.",
    onChange: "replace",
    required: true,
    identity: true,
    setting: region,
  }),
  secretName: input(
    z
      .string()
      .regex(
        /^[A-Za-z0-9_]{1,16}$/,
        "must be 1 to 16 letters, digits or _ (left out, it is the username, which then has to be so too)",
      ),
    {
      doc: "The secret's name: 1 to 16 letters, digits or `_`; by default the username. Changing it replaces the secret.",
      onChange: "replace",
      identity: true,
      defaultsTo: "username",
      always: true,
    },
  ),
  description: input(z.string(), {
    doc: "What the secret is for. Changing it replaces the secret, as the service has no operation that changes one.",
    onChange: "replace",
    default: "",
  }),
  testConnection: input(z.boolean(), {
    doc: "Whether creating the secret tries to sign in to the instance, and fails where that fails. By default false. Changing it alone changes nothing.",
    onChange: "nothing",
    writeOnly: true,
    default: false,
  }),
  ...adoptionInput,
} as const;

const outputs = {
  arn: output(
    z.string(),
    "The secret's ARN: `acs:gpdb:<region>:<account>:secret/<secretName>-<32 random letters and digits>`. The Data API takes it. Each new secret gets a new one.",
  ),
  status: output(z.string().optional(), "How creating ended: `success`."),
  message: output(z.string().optional(), "The service's message about it, unless that repeats the password."),
  state: output(z.string(), "`ENABLED`: the service knows no other state."),
  requestId: output(z.string().optional(), "The id of the request that made the secret, for Alibaba Cloud's support."),
} as const;

type Gpdb = RpcCall<(typeof gpdbApi)["operations"]>;
type Inputs = InputsOf<typeof inputs>;
type State = StateOf<typeof inputs, typeof outputs>;

/** The sign-in of an AnalyticDB for PostgreSQL instance, for its Data API. */
export const analyticDbSecret = define(
  {
    name: "AnalyticDbSecret",
    doc: "A secret of AnalyticDB for PostgreSQL: an account and its password, which the Data API signs in with.",
    id: "The secret's ARN.",
    inputs,
    outputs,
    rules: [atLeastOneOf("dbInstanceId", "workspaceId")],
    warnings: newArn,
  },
  {
    connect: (source): Gpdb => rpcClient(gpdbApi, source),
    create,
    find,
    read,
    confirm: findCreated,
    // The service has no operation that changes a secret, so nothing that differs ever gets here.
    update: async (_gpdb, { state }) => state,
    delete: remove,
  },
);

/** Whoever keeps the ARN of a replaced secret is left with one of nothing. */
function newArn(change: PlannedChange): string[] {
  const what = replacing(change);
  const { arn } = change.state;
  return what && arn ? [`${what}, which gets a new ARN: whoever keeps ${arn} has to take the new one`] : [];
}

async function create(gpdb: Gpdb, wanted: Inputs): Promise<Observed<State>> {
  const existing = await lookFirst(gpdb, wanted);
  if (existing && wanted.adoptExisting) return adopt(gpdb, existing, wanted);
  if (existing) throw taken(wanted);
  try {
    return await createOnce(
      { name: wanted.secretName, state: wanted },
      () => createSecret(gpdb, wanted),
      () => findCreated(gpdb, wanted),
    );
  } catch (error) {
    if (!isKind(error, "exists", "other", "invalid")) throw error;
    // Somebody may have taken the name since, and with which code that is refused is not documented.
    const arn = await arnOf(gpdb, wanted).catch(() => undefined);
    if (!arn) throw wanted.testConnection ? withTestHint(error) : error;
    throw taken(wanted);
  }
}

/** What has the name before anything is made is not ours, however alike: only this tells, as the service knows no time of creation. */
async function lookFirst(gpdb: Gpdb, wanted: Inputs): Promise<string | undefined> {
  try {
    return await arnOf(gpdb, wanted);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const what = `AnalyticDB secret "${wanted.secretName}" was not made, as the look whether its name is free failed`;
    throw new CloudError({ ...error, message: `${what}: ${error.message}` });
  }
}

async function find(gpdb: Gpdb, wanted: Inputs): Promise<Observed<State> | undefined> {
  const arn = await arnOf(gpdb, wanted);
  return arn === undefined ? undefined : read(gpdb, arn, wanted);
}

async function arnOf(gpdb: Gpdb, wanted: Inputs): Promise<string | undefined> {
  const { Secrets: list } = await gpdb("ListSecrets", wanted.regionId, placeOf(wanted));
  return list?.Secrets.find(({ SecretName }) => SecretName === wanted.secretName)?.SecretArn;
}

/** Takes over what has the name; the service can change nothing of it. */
async function adopt(gpdb: Gpdb, arn: string, wanted: Inputs): Promise<Observed<State>> {
  const found = await read(gpdb, arn, wanted);
  if (!found) throw taken(wanted);
  requireAdoptable({ inputs }, found.id, found.state, wanted);
  return { ...found, existed: true };
}

const taken = ({ secretName }: Inputs) =>
  nameTaken(`AnalyticDB CreateSecret of secret "${secretName}"`, "the instance has a secret of this name already");

function withTestHint(error: CloudError): CloudError {
  const hint =
    "With testConnection: true the service first signs in to the instance: check that it runs, that the service reaches it, and that username and password are right.";
  return new CloudError({ ...error, message: `${error.message} ${hint}` });
}

async function createSecret(gpdb: Gpdb, wanted: Inputs): Promise<Observed<State>> {
  const reply = await gpdb("CreateSecret", wanted.regionId, {
    ...placeOf(wanted),
    SecretName: wanted.secretName,
    Username: wanted.username,
    Password: wanted.password,
    Description: wanted.description || undefined,
    TestConnection: wanted.testConnection === undefined ? undefined : String(wanted.testConnection),
  });
  return created(wanted, reply.SecretArn, reply);
}

function created(
  wanted: Inputs,
  arn: string,
  reply: { RequestId: string; Status?: string | undefined; Message?: string | undefined },
): Observed<State> {
  const { RequestId: requestId, Status: status } = reply;
  const message = messageOf(reply.Message, [wanted.password]);
  return { id: arn, state: { ...wanted, arn, status, message, state: "ENABLED", requestId } };
}

/** The state holds it as plain text, and a service may repeat a parameter in it. */
function messageOf(said: string | undefined, passwords: readonly unknown[]): string | undefined {
  // What stays outside the state is not known here.
  const known = passwords.filter((password) => typeof password === "string");
  return said && withoutSecrets(said, known);
}

/** The secret of a create whose answer was lost: none had the name before, and it is as declared in everything that the service tells. */
async function findCreated(gpdb: Gpdb, wanted: Inputs): Promise<Observed<State> | undefined> {
  const arn = await arnOf(gpdb, wanted);
  if (!arn) return undefined;
  const value = await gpdb("GetSecretValue", wanted.regionId, { ...placeOf(wanted), SecretArn: arn });
  const isSame = value.Username === wanted.username && value.Password === wanted.password;
  if (isSame && (value.Description ?? "") === (wanted.description ?? "")) return created(wanted, arn, value);
  throw taken(wanted);
}

async function read(gpdb: Gpdb, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const regionId = known.regionId ?? id.split(":")[2];
  if (!regionId)
    throw settingError(`"${id}" is no ARN of an AnalyticDB secret; it has to begin with acs:gpdb:<region>:`);
  if (!known.dbInstanceId && !known.workspaceId)
    throw settingError("an AnalyticDB secret is found only with its dbInstanceId or workspaceId; give one to get");
  const reply = await ifFound(gpdb("GetSecretValue", regionId, { ...placeOf(known), SecretArn: id }));
  if (!reply) return undefined;
  const state: State = {
    // A workspace has several, and which of them answered is no part of the declaration.
    dbInstanceId: (known.workspaceId ? undefined : reply.DBInstanceId) ?? known.dbInstanceId,
    workspaceId: known.workspaceId,
    username: reply.Username,
    password: reply.Password,
    regionId,
    secretName: reply.SecretName,
    description: reply.Description,
    arn: reply.SecretArn,
    status: known.status ?? reply.Status,
    message: messageOf(known.message ?? reply.Message, [reply.Password, known.password]),
    state: "ENABLED",
    requestId: known.requestId,
  };
  return { id: reply.SecretArn, state };
}

async function remove(gpdb: Gpdb, { id, state }: Observed<State>): Promise<void> {
  await ifFound(gpdb("DeleteSecret", state.regionId, { ...placeOf(state), SecretArn: id }));
}

const placeOf = ({ dbInstanceId, workspaceId }: Partial<State>) => ({
  DBInstanceId: dbInstanceId,
  WorkspaceId: workspaceId,
});
