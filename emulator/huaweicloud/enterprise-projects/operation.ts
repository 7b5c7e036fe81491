import { z } from "zod";
import { ABSENT } from "../assumptions";
import { Refusal } from "../failures";
import { fields } from "../fields";
import type { Projects } from "../projects";

/** Where an operation of EPS acts: in all projects at once. */
export interface EpsContext {
  readonly projects: Projects;
  readonly now: number;
}

export const enterpriseProjectPath = z.object({ enterprise_project_id: fields.enterprise_project_id });

/** The only type of resource that is emulated. */
export const secretType = "csms";

/** Throws `Refusal` (EPS.0025) for what is no secret. */
export function requireSecretType(type: string): void {
  if (type !== secretType) throw new Refusal("epsResourceType");
}

/** Throws `Refusal` (EPS.0005) for an enterprise project that does not exist. */
export function existing({ enterprise_project_id: id }: z.output<typeof enterpriseProjectPath>): string {
  if (id.includes(ABSENT)) throw new Refusal("epsNotFound", "enterprise_project_id");
  return id;
}
