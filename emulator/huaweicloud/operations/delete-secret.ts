import { z } from "zod";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { livingSecret } from "../secrets";

export const deleteSecret = operation({
  name: "DeleteSecret",
  input: z.object({ path: secretPath }),
  run({ path }, { project }) {
    project.secrets.delete(livingSecret(project, path.secret_name).name);
    return undefined;
  },
});
