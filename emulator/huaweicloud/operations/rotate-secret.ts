import { z } from "zod";
import { Refusal } from "../failures";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { rotate } from "../rotation";
import { livingSecret } from "../secrets";
import { current } from "../versions";

export const rotateSecret = operation({
  name: "RotateSecret",
  input: z.object({ path: secretPath }),
  run({ path }, { project, now }) {
    const secret = livingSecret(project, path.secret_name);
    if (secret.secretType === "COMMON") throw new Refusal("request", "a COMMON secret does not rotate");
    const task = rotate(project, secret, now);
    return { version_id: current(secret)?.id, secret_name: secret.name, rotation_task_id: task.taskId };
  },
});
