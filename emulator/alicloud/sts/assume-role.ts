import { z } from "zod";
import { operation } from "./context";
import { assumed, checkRole, roleFields } from "./fields";

export const assumeRole = operation(
  "AssumeRole",
  { ...roleFields, ExternalId: z.string().min(2).max(1_224).optional() },
  (input, { sessions }) => {
    checkRole(input.RoleArn);
    return assumed(sessions.issue(input.RoleArn, input.RoleSessionName, input.DurationSeconds));
  },
);
