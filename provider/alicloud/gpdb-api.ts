import { z } from "zod";
import type { RpcOperation, RpcService } from "./rpc";
import { endpoints } from "./settings";

const answer = z.object({ RequestId: z.string(), Status: z.string().optional(), Message: z.string().optional() });

/** Served by the one address for all of them; every other region has its own. */
const centralRegions =
  /^(cn-hangzhou(-finance)?|ap-south-1|ap-southeast-2|cn-wuhan.*|cn-edge-1|cn-fujian|rus-west-1-pop|eu-west-1-oxs|cn-beijing-(finance|gov)-1|.*-inner|.*-nebula.*|.*-internal-.*)$/;

/** AnalyticDB for PostgreSQL 2016-05-03: all of its operations on secrets. */
export const gpdbApi = {
  title: "AnalyticDB",
  version: "2016-05-03",
  endpoint: endpoints.gpdb,
  publicHost: (region: string) => (centralRegions.test(region) ? "gpdb.aliyuncs.com" : `gpdb.${region}.aliyuncs.com`),
  secretParameters: ["Password"],
  operations: {
    CreateSecret: { does: "adds", reply: answer.extend({ SecretArn: z.string(), SecretName: z.string() }) },
    GetSecretValue: {
      does: "reads",
      reply: answer.extend({
        SecretArn: z.string(),
        SecretName: z.string(),
        DBInstanceId: z.string().optional(),
        Username: z.string(),
        Password: z.string(),
        Description: z.string().optional(),
      }),
    },
    ListSecrets: {
      does: "reads",
      reply: answer.extend({
        Secrets: z
          .object({
            Secrets: z.array(
              z.object({
                SecretArn: z.string(),
                SecretName: z.string(),
                DBInstanceId: z.string().optional(),
                Username: z.string().optional(),
                Description: z.string().optional(),
              }),
            ),
          })
          .optional(),
      }),
    },
    DeleteSecret: { does: "sets", reply: answer },
  },
} as const satisfies RpcService<Record<string, RpcOperation>>;
