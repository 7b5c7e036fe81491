import { z } from "zod";
import { Refusal } from "../failures";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { secretNamed } from "../secrets";
import { wireSecret } from "../wire";

export const restoreSecret = operation({
  name: "RestoreSecret",
  input: z.object({ path: secretPath }),
  run({ path }, { project, now }) {
    const secret = secretNamed(project, path.secret_name);
    if (secret.state !== "PENDING_DELETE") throw new Refusal("notScheduled");
    secret.state = "ENABLED";
    secret.scheduledDeleteTime = null;
    secret.updateTime = now;
    return { secret: wireSecret(secret) };
  },
});
