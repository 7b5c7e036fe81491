import { z } from "zod";
import type { ResultField } from "./lookup";
import { placeName } from "./schemas";

/** The settings of each cloud that an explicit provider takes, under the names of their configuration keys. */
export type ProviderSettings = Readonly<
  Record<string, { readonly title: string; readonly fields: Readonly<Record<string, ResultField>> }>
>;

const setting = <S extends z.ZodType>(schema: S, doc: string): ResultField<S> => ({ schema, doc });
const credential = <S extends z.ZodType>(schema: S, doc: string): ResultField<S> => ({ schema, doc, secret: true });
const text = z.string();
const seconds = z.number();

/** Each is the configuration key `<cloud>:<name>`; an object is given as JSON there. */
export const providerSettings = {
  alicloud: {
    title: "Alibaba Cloud",
    fields: {
      region: setting(placeName, "The region, such as `cn-hangzhou`."),
      accessKey: credential(text, "The access key's id. It counts together with `secretKey`."),
      secretKey: credential(text, "The access key's secret."),
      securityToken: credential(text, "The token of a temporary access key."),
      profile: setting(text, "A profile of `~/.aliyun/config.json`, or of `sharedCredentialsFile`."),
      sharedCredentialsFile: setting(text, "The file of profiles."),
      assumeRole: setting(
        z.object({
          roleArn: text,
          sessionName: text.optional(),
          policy: text.optional(),
          sessionExpiration: seconds.optional(),
          externalId: text.optional(),
        }),
        "A RAM role to take on by whatever else signs in. `sessionExpiration` in seconds, from 900 to 43,200.",
      ),
      assumeRoleWithOidc: credential(
        z.object({
          roleArn: text.optional(),
          oidcProviderArn: text.optional(),
          oidcTokenFile: text.optional(),
          oidcToken: text.optional(),
          roleSessionName: text.optional(),
          policy: text.optional(),
          sessionExpiration: seconds.optional(),
        }),
        "A RAM role to sign in as by a token of OpenID Connect. `sessionExpiration` in seconds, from 900 to 43,200.",
      ),
      ecsRoleName: setting(text, "The RAM role of the ECS instance that the program runs on."),
      credentialsUri: credential(text, "An address that answers temporary keys."),
      endpoints: setting(
        z.object({
          kms: text.optional(),
          gpdb: text.optional(),
          sts: text.optional(),
          ecsMetadata: text.optional(),
        }),
        "Addresses of the services, where they are not the public ones.",
      ),
    },
  },
  huaweicloud: {
    title: "Huawei Cloud",
    fields: {
      region: setting(placeName, "The region, such as `cn-north-4`."),
      projectId: setting(text, "The id of the region's project; by default IAM is asked."),
      projectName: setting(text, "The name of the project, such as `cn-north-4_team`, which IAM is asked for."),
      domainId: setting(text, "The id of the account that signs in; by default IAM is asked where an agency is taken."),
      profile: setting(text, "A profile of `~/.hcloud/config.json`, or of `sharedConfigFile`."),
      sharedConfigFile: setting(text, "The file of profiles."),
      assumeRole: setting(
        z.object({
          agencyName: text,
          domainName: text.optional(),
          domainId: text.optional(),
          duration: seconds.optional(),
        }),
        "An agency of another account to take by whatever else signs in. `duration` in seconds, from 900 to 86,400.",
      ),
      accessKey: credential(text, "The access key (AK). It counts together with `secretKey`."),
      secretKey: credential(text, "The access key's secret (SK)."),
      securityToken: credential(text, "The token of a temporary access key."),
      token: credential(text, "A token of IAM, instead of keys."),
      endpoints: setting(
        z.object({ kms: text.optional(), iam: text.optional(), eps: text.optional(), metadata: text.optional() }),
        "Addresses of the services, where they are not the public ones.",
      ),
    },
  },
} as const satisfies ProviderSettings;
