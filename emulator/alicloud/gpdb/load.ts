import { z } from "zod";
import type { DatabaseSecret } from "./store";

const secret = z
  .object({
    SecretArn: z.string(),
    SecretName: z.string(),
    RegionId: z.string(),
    DBInstanceId: z.string().optional(),
    WorkspaceId: z.string().optional(),
    Username: z.string(),
    Password: z.string(),
    Description: z.string(),
  })
  .transform(
    (given): DatabaseSecret => ({
      arn: given.SecretArn,
      name: given.SecretName,
      region: given.RegionId,
      owner: { instanceId: given.DBInstanceId, workspaceId: given.WorkspaceId },
      username: given.Username,
      password: given.Password,
      description: given.Description,
    }),
  );

/** Reads what the service's state gave of the secrets; throws a ZodError for anything else. */
export const secretsIn = (state: unknown): DatabaseSecret[] =>
  z.object({ secrets: z.array(secret) }).parse(state).secrets;
