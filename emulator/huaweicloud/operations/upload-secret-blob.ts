import { randomUUID } from "node:crypto";
import { z } from "zod";
import { unseal } from "../blobs";
import { fields } from "../fields";
import type { Secret } from "../model";
import { operation } from "../operation";
import { nextRotation } from "../rotation";
import { requireFreeName } from "../secrets";
import { wireSecret } from "../wire";

export const uploadSecretBlob = operation({
  name: "UploadSecretBlob",
  input: z.object({ body: z.object({ secret_blob: fields.secret_blob }) }),
  run({ body }, { project, now }) {
    const sealed = unseal(project, body.secret_blob);
    requireFreeName(project, sealed.name);
    const secret: Secret = {
      ...sealed,
      id: randomUUID(),
      createTime: now,
      updateTime: now,
      nextRotationTime: nextRotation(sealed, now),
      replicas: [],
      primaryProjectId: null,
      move: null,
    };
    project.secrets.set(secret.name, secret);
    return { secret: wireSecret(secret) };
  },
});
