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

/** Each is the configuration key `<cloud>:<name>`; an object is given as JSON there. */
export const providerSettings = {
  alicloud: {
    title: "Alibaba Cloud",
    fields: {
      region: setting(placeName, "The region, such as `cn-hangzhou`."),
      accessKey: credential(text, "The access key's id. It counts together with `secretKey`."),
      secretKey: credential(text, "The access key's secret."),
      securityToken: credential(text, "The token of a temporary access key."),
      profile: setting(text, "A profile of `~/.aliyun/config.json`."),
      endpoints: setting(
        z.object({ kms: text.optional(), gpdb: text.optional() }),
        "Addresses of the services, where they are not the public ones.",
      ),
    },
  },
  huaweicloud: {
    title: "Huawei Cloud",
    fields: {
      region: setting(placeName, "The region, such as `cn-north-4`."),
      projectId: setting(text, "The id of the region's project; by default IAM is asked."),
      accessKey: credential(text, "The access key (AK). It counts together with `secretKey`."),
      secretKey: credential(text, "The access key's secret (SK)."),
      securityToken: credential(text, "The token of a temporary access key."),
      token: credential(text, "A token of IAM, instead of keys."),
      endpoints: setting(
        z.object({ kms: text.optional(), iam: text.optional(), eps: text.optional() }),
        "Addresses of the services, where they are not the public ones.",
      ),
    },
  },
} as const satisfies ProviderSettings;
