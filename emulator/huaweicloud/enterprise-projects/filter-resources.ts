import { z } from "zod";
import { fields, optional } from "../fields";
import type { Secret } from "../model";
import { operation } from "../operation";
import { regionOf } from "../regions";
import { sortedSecrets } from "../secrets";
import { type EpsContext, enterpriseProjectPath, existing, requireSecretType, secretType } from "./operation";

const maxPage = 1000;

const body = z.object({
  resource_types: z.array(z.string()).min(1),
  projects: z.array(fields.project_id).min(1),
  offset: optional(z.int().min(0)),
  limit: optional(z.int().min(1).max(maxPage)),
  matches: optional(z.array(z.object({ key: z.literal("resource_name"), value: z.string().max(255) }))),
});

/** The secrets of an enterprise project in these projects, those that have a part of the name, in any case. */
export const filterResources = operation({
  name: "FilterResources",
  errors: "nested",
  input: z.object({ path: enterpriseProjectPath, body }),
  run({ path, body }, { projects }: EpsContext) {
    body.resource_types.forEach(requireSecretType);
    const enterpriseProject = existing(path);
    const { offset = 0, limit = maxPage, matches = [] } = body;
    const named = ({ name }: Secret) => matches.every(({ value }) => name.toLowerCase().includes(value.toLowerCase()));
    const found = projects
      .all()
      .filter(({ id }) => body.projects.includes(id))
      .flatMap(sortedSecrets)
      .filter((secret) => secret.enterpriseProjectId === enterpriseProject && named(secret));
    return {
      resources: found.slice(offset, offset + limit).map(wireResource),
      errors: [],
      total_count: found.length,
    };
  },
});

function wireResource(secret: Secret): object {
  return {
    enterprise_project_id: secret.enterpriseProjectId,
    project_id: secret.projectId,
    // the default project of a region is named after it
    project_name: regionOf(secret.projectId) ?? secret.projectId,
    resource_id: secret.id,
    resource_name: secret.name,
    resource_type: secretType,
    resource_detail: null,
  };
}
