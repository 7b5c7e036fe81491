import { projectIdOf } from "./identity";

/** Where CSMS is; a secret can have replicas in all of them. */
export const regions: readonly string[] = [
  ...["cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-north-11", "cn-north-12"],
  ...["cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5", "cn-south-1", "cn-south-2", "cn-southwest-2"],
  ...["cn-southwest-3", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
  ...["la-north-2", "la-south-2", "na-mexico-1", "sa-brazil-1", "me-east-1", "tr-west-1", "ae-ad-1"],
  ...["my-kualalumpur-1", "ru-moscow-1", "af-north-1", "af-south-1"],
];

const regionByProject = new Map(regions.map((region) => [projectIdOf(region), region]));

/** The region of a project; undefined for one that is of none of these. */
export function regionOf(projectId: string): string | undefined {
  return regionByProject.get(projectId);
}
