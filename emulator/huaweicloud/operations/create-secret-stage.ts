import { z } from "zod";
import { fields } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { changeableSecret } from "../secrets";
import { moveStage } from "../versions";
import { wireStage } from "../wire";

export const createSecretStage = operation({
  name: "CreateSecretStage",
  input: z.object({
    path: secretPath,
    body: z.object({ name: fields.stage_name, version_id: fields.version_id }),
  }),
  run({ path, body }, { project, now }) {
    const secret = changeableSecret(project, path.secret_name);
    moveStage(secret, body.name, body.version_id, now);
    return { stage: wireStage(secret, body.name) };
  },
});
