import { canary } from "../../support";
import { projectId } from "../wire";

/** A secret whose value a function rotates, and the same as it asks for a rotation. */
export const still = {
  name: "db",
  projectId,
  secretString: canary,
  secretType: "RDS-FG",
  rotationConfig: '{"InstanceId":"rds-1","SecretSubType":"SingleUser"}',
  rotationFuncUrn: "urn:fss:one",
};
export const turned = { ...still, rotationTrigger: "1" };
