import { z } from "zod";
import { Refusal } from "../failures";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { startRotation } from "../rotation";
import { changeableSecret } from "../secrets";

export const rotateSecret = operation({
  name: "RotateSecret",
  errors: "nested",
  input: z.object({ path: secretPath }),
  run({ path }, { project, now }) {
    const secret = changeableSecret(project, path.secret_name);
    if (secret.secretType === "COMMON") throw new Refusal("request", "a COMMON secret does not rotate");
    return { rotation_task_id: startRotation(project, secret, now).taskId };
  },
});
