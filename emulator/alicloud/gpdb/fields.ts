import { z } from "zod";
import { ABSENT } from "../assumptions";
import { GPDB, parameterErrors } from "./refusals";
import type { Owner, SecretKey } from "./store";

/** The parameters that every operation on secrets has. */
export const common = {
  RegionId: z.string(),
  DBInstanceId: z.string().optional(),
  WorkspaceId: z.string().optional(),
  OwnerId: z.string().regex(/^\d+$/, "must be a number").optional(),
};

export const secretName = z.string().regex(/^\w{1,16}$/, "1 to 16 of letters, digits and _");

/** The parameters that name one secret. */
export const secretKey = { SecretArn: z.string().optional(), SecretName: z.string().optional() };

/** The owner that a call names: WorkspaceId wins, one of the two is needed, and it must exist. */
export function ownerOf({ DBInstanceId, WorkspaceId }: { DBInstanceId?: string; WorkspaceId?: string }): Owner {
  const owner = WorkspaceId === undefined ? { instanceId: DBInstanceId } : { workspaceId: WorkspaceId };
  const id = WorkspaceId ?? DBInstanceId;
  if (id === undefined) throw parameterErrors.missing("DBInstanceId");
  if (id.includes(ABSENT)) throw GPDB.instanceNotFound();
  return owner;
}

/** The secret that a call names: one of the two is needed. */
export function keyOf({ SecretArn, SecretName }: { SecretArn?: string; SecretName?: string }): SecretKey {
  if (SecretArn === undefined && SecretName === undefined) throw parameterErrors.missing("SecretName");
  return { arn: SecretArn, name: SecretName };
}

/** What a call that worked says besides its own fields. */
export const DONE = { Status: "success", Message: "Successful" };
