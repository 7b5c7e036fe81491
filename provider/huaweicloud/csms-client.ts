import { isKind } from "../errors";
import { KnownCredentials } from "../known-credentials";
import {
  missingSetting,
  placePattern,
  placeRule,
  readSetting,
  readSettingOf,
  type SettingsSource,
  settingError,
} from "../settings";
import { cloud, type RestCall, restClient } from "./client";
import { huaweicloudSignIn } from "./credentials";
import { csmsApi } from "./csms-api";
import { placeInputs } from "./csms-place";
import { epsApi } from "./eps-api";
import { iamApi } from "./iam-api";
import { projectId as projectIdSetting, region as regionSetting } from "./places";
import { projectName } from "./settings";

export type Csms = RestCall<(typeof csmsApi)["operations"]>;
export type Eps = RestCall<(typeof epsApi)["operations"]>;

/** The services behind a secret of CSMS, and what of their settings belongs to no secret. */
export interface Client {
  readonly csms: Csms;
  readonly eps: Eps;
  /** For what is looked up by its id alone. */
  defaultRegion(): string;
  /** The project of a region: the one in the settings, else asked of IAM once. */
  projectOf(region: string): Promise<string>;
}

export function connect(settings: SettingsSource): Client {
  const knownCredentials = settings.knownCredentials ?? new KnownCredentials();
  const source = { ...settings, knownCredentials };
  const signIn = knownCredentials.found(cloud, () => huaweicloudSignIn(source));
  const iam = restClient(iamApi, source, signIn);
  const nameOf = projectNames(source);
  const projects = new Map<string, Promise<string>>();
  return {
    csms: restClient(csmsApi, source, signIn),
    eps: restClient(epsApi, source, signIn),
    defaultRegion() {
      const region = readSetting(regionSetting, source);
      if (region) return region;
      throw settingError(missingSetting(regionSetting, "region"));
    },
    async projectOf(region) {
      const given = givenProject(source, region);
      if (given) return given;
      const find = () => findProject(iam, nameOf(region), region);
      const asked = projects.get(region);
      const project = asked ?? find();
      projects.set(region, project);
      project.catch(() => projects.delete(region));
      // Of a failure to sign in only the first is told in full: each asks for itself, which costs no call.
      const again = (error: unknown) => (asked && isKind(error, "credentials") ? find() : project);
      return project.catch(again);
    },
  };
}

function givenProject(source: SettingsSource, region: string): string | undefined {
  const given = readSettingOf(projectIdSetting, regionSetting, region, source);
  if (given === undefined) return undefined;
  const { error } = placeInputs.projectId.schema.safeParse(given);
  if (error) throw settingError(`${projectIdSetting.config} ${error.issues[0]?.message}`);
  return given;
}

/** What the project of a region is called: as the settings say, where these mean this region, else as the region is. */
function projectNames(source: SettingsSource): (region: string) => string {
  const first = readSetting(projectName, source);
  if (first === undefined) return (region) => region;
  validName(first);
  return (region) => {
    if (first.startsWith(`${region}_`)) return first;
    const found = readSettingOf(projectName, regionSetting, region, source);
    return found === undefined ? region : validName(found);
  };
}

function validName(name: string): string {
  if (!placePattern.test(name)) throw settingError(`${projectName.config} ${placeRule}`);
  return name;
}

async function findProject(
  iam: RestCall<(typeof iamApi)["operations"]>,
  name: string,
  region: string,
): Promise<string> {
  const { projects } = await iam("ListProjects", { region, query: { name } });
  const [project, ...others] = projects.filter((one) => one.name === name);
  if (project && others.length === 0) return project.id;
  const [wanted, remedy] =
    name === region
      ? [`for the region ${region}`, "give projectId, or set huaweicloud:projectId"]
      : [`"${name}"`, `check ${projectName.config}, or set huaweicloud:projectId in its place`];
  throw settingError(`IAM knows ${project ? "several projects" : "no project"} ${wanted}; ${remedy}`);
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
