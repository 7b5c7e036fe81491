import { z } from "zod";
import { operation } from "../operation";
import { stagePath } from "../paths";
import { secretNamed } from "../secrets";
import { wireStage } from "../wire";

export const showSecretStage = operation({
  name: "ShowSecretStage",
  input: z.object({ path: stagePath }),
  run: ({ path }, { project }) => ({ stage: wireStage(secretNamed(project, path.secret_name), path.stage_name) }),
});
