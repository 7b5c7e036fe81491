import { z } from "zod";
import { fields } from "../fields";
import { operation } from "../operation";
import { stagePath } from "../paths";
import { changeableSecret } from "../secrets";
import { moveStage } from "../versions";
import { wireStage } from "../wire";

export const updateSecretStage = operation({
  name: "UpdateSecretStage",
  input: z.object({ path: stagePath, body: z.object({ version_id: fields.version_id }) }),
  run({ path, body }, { project, now }) {
    const secret = changeableSecret(project, path.secret_name);
    moveStage(secret, path.stage_name, body.version_id, now);
    return { stage: wireStage(secret, path.stage_name) };
  },
});
