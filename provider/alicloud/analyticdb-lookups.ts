import { z } from "zod";
import { CloudError } from "../errors";
import { type InputsOf, output } from "../fields";
import { argument, isNamed, type Lookup, listing, lookup, missing, only, orMissing, value } from "../lookup";
import { atLeastOneOf, exactlyOneOf } from "../rules";
import { filledText } from "../schemas";
import type { SettingsSource } from "../settings";
import { type RpcCall, rpcClient } from "./client";
import { gpdbApi } from "./gpdb-api";
import { regionOfList, regionOfSecret, regionRule } from "./lookup-args";

type Gpdb = RpcCall<(typeof gpdbApi)["operations"]>;
const connect = (source: SettingsSource): Gpdb => rpcClient(gpdbApi, source);

const owner = {
  dbInstanceId: argument(filledText, {
    doc: "The id of the AnalyticDB for PostgreSQL instance. One of `dbInstanceId` and `workspaceId` is needed.",
  }),
  workspaceId: argument(filledText, {
    doc: "The id of a workspace of several instances; it wins over `dbInstanceId` where both are given.",
  }),
} as const;
const ownerRule = atLeastOneOf("dbInstanceId", "workspaceId");

const arnForm = /^acs:gpdb:([^:]+):[^:]*:secret\/.+$/;
const whichSecret = {
  ...owner,
  secretName: argument(filledText, { doc: "The secret's name. Exactly one of `secretName` and `arn` is needed." }),
  arn: argument(z.string().regex(arnForm, "must be acs:gpdb:<region>:<account>:secret/<secretName>-<characters>"), {
    doc: "The secret's ARN. Exactly one of `secretName` and `arn` is needed.",
  }),
  regionId: regionOfSecret,
} as const;
const rules = [ownerRule, exactlyOneOf("secretName", "arn"), regionRule];

const summary = {
  arn: output(z.string(), "The secret's ARN, which the Data API takes."),
  secretName: output(z.string(), "The secret's name."),
  username: output(z.string().optional(), "The database account that signs in."),
  description: output(z.string().optional(), "What the secret is for."),
  dbInstanceId: output(z.string().optional(), "The id of the instance, where the secret belongs to one."),
  regionId: output(z.string(), "The region the instance is in."),
  state: output(z.string(), "`ENABLED`: the service knows no other state."),
} as const;

const getAnalyticDbSecret = lookup(
  {
    name: "getAnalyticDbSecret",
    doc: "Looks a secret of AnalyticDB for PostgreSQL up, without its password. Fails where there is none.",
    args: whichSecret,
    rules,
    result: summary,
  },
  {
    connect,
    async find(gpdb, args) {
      const { secretName, arn } = args;
      const { where, none } = placeOf(args);
      const secrets = await orMissing(secretsOf(gpdb, where, args), none);
      const [secret, ...others] = secrets.filter((one) =>
        arn === undefined ? one.secretName === secretName : one.arn === arn,
      );
      if (!secret) throw missing(none);
      if (others.length === 0) return secret;
      const message = `${others.length + 1} secrets have the name "${secretName}": give the arn of one`;
      throw new CloudError({ kind: "invalid", message });
    },
  },
);

const getAnalyticDbSecretValue = lookup(
  {
    name: "getAnalyticDbSecretValue",
    doc: "Reads the account and the password of a secret of AnalyticDB for PostgreSQL. All of what it gives is secret. Fails where there is none.",
    args: whichSecret,
    rules,
    result: {
      username: output(z.string(), "The database account that signs in."),
      password: value(z.string(), "The account's password."),
      arn: summary.arn,
      secretName: summary.secretName,
      description: summary.description,
      dbInstanceId: summary.dbInstanceId,
      regionId: summary.regionId,
    },
  },
  {
    connect,
    async find(gpdb, args) {
      const { where, none } = placeOf(args);
      const which = { SecretArn: args.arn, SecretName: args.secretName };
      const found = await orMissing(gpdb("GetSecretValue", where, { ...ownerOf(args), ...which }), none);
      return {
        username: found.Username,
        password: found.Password,
        arn: found.SecretArn,
        secretName: found.SecretName,
        description: found.Description || undefined,
        dbInstanceId: found.DBInstanceId,
        regionId: where,
      };
    },
  },
);

const listAnalyticDbSecrets = listing(
  {
    name: "listAnalyticDbSecrets",
    doc: "Lists the secrets of one AnalyticDB for PostgreSQL instance or workspace, without their passwords.",
    args: {
      ...owner,
      secretName: only.name,
      namePrefix: only.namePrefix,
      username: argument(filledText, { doc: "Only secrets of this database account." }),
      regionId: regionOfList,
    },
    rules: [ownerRule],
    result: summary,
  },
  {
    connect,
    async find(gpdb, args) {
      const { secretName: name, namePrefix, username, regionId } = args;
      const none = `there is no ${ownerName(args)} in ${regionId}`;
      const secrets = await orMissing(secretsOf(gpdb, regionId, args), none);
      return secrets.filter(
        (secret) =>
          isNamed(secret.secretName, { name, namePrefix }) && (username === undefined || secret.username === username),
      );
    },
  },
);

type Owner = InputsOf<typeof owner>;

const ownerOf = ({ dbInstanceId, workspaceId }: Owner) => ({ DBInstanceId: dbInstanceId, WorkspaceId: workspaceId });
const ownerName = ({ dbInstanceId, workspaceId }: Owner) =>
  workspaceId === undefined ? `instance ${dbInstanceId}` : `workspace ${workspaceId}`;

function placeOf(args: InputsOf<typeof whichSecret>) {
  const { secretName, arn, regionId = "" } = args;
  const [, where = regionId] = arnForm.exec(arn ?? "") ?? [];
  return { where, none: `there is no secret "${arn ?? secretName}" of ${ownerName(args)} in ${where}` };
}

/** The list comes whole. */
async function secretsOf(gpdb: Gpdb, regionId: string, args: Owner) {
  const { Secrets: found } = await gpdb("ListSecrets", regionId, ownerOf(args));
  return (found?.Secrets ?? []).map((secret) => ({
    arn: secret.SecretArn,
    secretName: secret.SecretName,
    username: secret.Username,
    description: secret.Description || undefined,
    dbInstanceId: secret.DBInstanceId,
    regionId,
    state: "ENABLED",
  }));
}

export const analyticDbLookups: readonly Lookup[] = [
  getAnalyticDbSecret,
  getAnalyticDbSecretValue,
  listAnalyticDbSecrets,
];
