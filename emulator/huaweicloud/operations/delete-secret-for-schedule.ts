import { z } from "zod";
import { Refusal } from "../failures";
import { fields } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { requireNoReplicas } from "../replicas";
import { changeable, secretNamed } from "../secrets";
import { wireSecret } from "../wire";

const day = 24 * 60 * 60 * 1000;

export const deleteSecretForSchedule = operation({
  name: "DeleteSecretForSchedule",
  input: z.object({
    path: secretPath,
    body: z.object({ recovery_window_in_days: fields.recovery_window_in_days }),
  }),
  run({ path, body }, { project, now }) {
    const secret = secretNamed(project, path.secret_name);
    if (secret.state === "PENDING_DELETE") throw new Refusal("alreadyScheduled");
    requireNoReplicas(changeable(secret));
    secret.state = "PENDING_DELETE";
    secret.scheduledDeleteTime = now + body.recovery_window_in_days * day;
    secret.updateTime = now;
    return { secret: wireSecret(secret) };
  },
});
