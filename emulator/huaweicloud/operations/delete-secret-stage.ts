import { z } from "zod";
import { Refusal } from "../failures";
import { operation } from "../operation";
import { stagePath } from "../paths";
import { changeableSecret } from "../secrets";
import { isBuiltIn, requireStage } from "../versions";

export const deleteSecretStage = operation({
  name: "DeleteSecretStage",
  input: z.object({ path: stagePath }),
  run({ path }, { project }) {
    const secret = changeableSecret(project, path.secret_name);
    if (isBuiltIn(path.stage_name)) throw new Refusal("builtInStage");
    requireStage(secret, path.stage_name);
    secret.stages.delete(path.stage_name);
    return undefined;
  },
});
