import { z } from "zod";
import { Refusal } from "../failures";
import { fields, optional } from "../fields";
import { operation } from "../operation";
import { startMove } from "./moves";
import { type EpsContext, enterpriseProjectPath, existing, requireSecretType } from "./operation";

export const migrateResource = operation({
  name: "MigrateResource",
  errors: "nested",
  input: z.object({
    path: enterpriseProjectPath,
    body: z.object({
      resource_id: z.string().min(1),
      resource_type: z.string().min(1),
      project_id: fields.project_id,
      region_id: optional(z.string()),
      associated: optional(z.boolean()),
    }),
  }),
  run({ path, body }, { projects, now }: EpsContext) {
    requireSecretType(body.resource_type);
    const target = existing(path);
    const project = projects.all().find(({ id }) => id === body.project_id);
    const secret = [...(project?.secrets.values() ?? [])].find(({ id }) => id === body.resource_id);
    if (!secret) throw new Refusal("epsNotFound", "resource_id");
    if (secret.primaryProjectId !== null) throw new Refusal("epsParameter", "resource_id: is a replica");
    startMove(secret, target, now);
    return undefined;
  },
});
