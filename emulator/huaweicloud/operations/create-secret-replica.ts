import { z } from "zod";
import { fields, optional } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { addReplica } from "../replicas";
import { changeableSecret } from "../secrets";
import { wireSecret } from "../wire";

export const createSecretReplica = operation({
  name: "CreateSecretReplica",
  input: z.object({
    path: secretPath,
    body: z.object({ region: z.string(), kms_key_id: optional(fields.kms_key_id) }),
  }),
  run({ path, body }, { project, projects, now }) {
    const secret = changeableSecret(project, path.secret_name);
    addReplica(secret, { region: body.region, kmsKeyId: body.kms_key_id }, projects, now);
    return { secret: wireSecret(secret) };
  },
});
