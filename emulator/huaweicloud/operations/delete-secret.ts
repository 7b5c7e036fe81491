import { z } from "zod";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { requireNoReplicas } from "../replicas";
import { changeableSecret } from "../secrets";

export const deleteSecret = operation({
  name: "DeleteSecret",
  input: z.object({ path: secretPath }),
  run({ path }, { project }) {
    project.secrets.delete(requireNoReplicas(changeableSecret(project, path.secret_name)).name);
    return undefined;
  },
});
