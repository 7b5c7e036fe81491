import { isKind } from "../errors";
import { missingSetting, readSetting, type SettingsSource, settingError } from "../settings";
import { type RestCall, restClient } from "./client";
import { csmsApi } from "./csms-api";
import { epsApi } from "./eps-api";
import { iamApi } from "./iam-api";
import { region as regionSetting } from "./settings";

export type Csms = RestCall<(typeof csmsApi)["operations"]>;
export type Eps = RestCall<(typeof epsApi)["operations"]>;

/** The services behind a secret of CSMS, and what of their settings belongs to no secret. */
export interface Client {
  readonly csms: Csms;
  readonly eps: Eps;
  /** For what is looked up by its id alone. */
  defaultRegion(): string;
  /** The project of a region, asked of IAM once. */
  projectOf(region: string): Promise<string>;
}

export function connect(source: SettingsSource): Client {
  const iam = restClient(iamApi, source);
  const projects = new Map<string, Promise<string>>();
  return {
    csms: restClient(csmsApi, source),
    eps: restClient(epsApi, source),
    defaultRegion() {
      const region = readSetting(regionSetting, source);
      if (region) return region;
      throw settingError(missingSetting(regionSetting, "region"));
    },
    async projectOf(region) {
      const asked = projects.get(region);
      const project = asked ?? findProject(iam, region);
      projects.set(region, project);
      project.catch(() => projects.delete(region));
      // Of refused credentials only the first is told in full: each asks for itself, which costs no call.
      const again = (error: unknown) => (asked && isKind(error, "credentials") ? findProject(iam, region) : project);
      return project.catch(again);
    },
  };
}

async function findProject(iam: RestCall<(typeof iamApi)["operations"]>, region: string): Promise<string> {
  const { projects } = await iam("ListProjects", { region, query: { name: region } });
  const [project, ...others] = projects.filter(({ name }) => name === region);
  if (project && others.length === 0) return project.id;
  throw settingError(
    `IAM knows ${project ? "several projects" : "no project"} for the region ${region}; give projectId, or set huaweicloud:projectId`,
  );
}

/** The region and the project that a resource is in, given or found. */
export async function homeOf(
  client: Client,
  { region = client.defaultRegion(), projectId }: { region?: string | undefined; projectId?: string | undefined },
): Promise<{ region: string; projectId: string }> {
  return { region, projectId: projectId ?? (await client.projectOf(region)) };
}

/** All items of a list that comes in pages, each naming where the next one begins. */
export async function allPages<T>(
  pageFrom: (marker: string | undefined) => Promise<{ items: readonly T[]; next: string | null | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let marker: string | undefined;
  do {
    const page = await pageFrom(marker);
    items.push(...page.items);
    // A marker that stays would lead on for ever.
    marker = page.next === marker ? undefined : (page.next ?? undefined);
  } while (marker);
  return items;
}
