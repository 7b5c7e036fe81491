import { z } from "zod";
import { operation } from "../operation";
import { replicaPath } from "../paths";
import { removeReplica } from "../replicas";
import { changeableSecret } from "../secrets";

export const deleteSecretReplica = operation({
  name: "DeleteSecretReplica",
  input: z.object({ path: replicaPath }),
  run({ path }, { project, projects }) {
    removeReplica(changeableSecret(project, path.secret_name), path.region_name, projects);
    return undefined;
  },
});
