import { z } from "zod";
import { fields } from "../fields";
import { operation } from "../operation";
import { enabledSecret } from "../secrets";
import { requireVersion } from "../versions";
import { wireVersion } from "../wire";

export const showSecretVersion = operation({
  name: "ShowSecretVersion",
  input: z.object({
    path: z.object({
      secret_name: fields.secret_name,
      version_id: z.union([z.literal("latest"), fields.version_id]),
    }),
  }),
  run({ path }, { project, now }) {
    const secret = enabledSecret(project, path.secret_name);
    const latest = path.version_id === "latest" ? secret.versions.at(-1) : undefined;
    const version = latest ?? requireVersion(secret, path.version_id);
    secret.lastUsedTime = now;
    return {
      version: {
        version_metadata: wireVersion(secret, version),
        secret_string: version.secretString ?? null,
        secret_binary: version.secretBinary ?? null,
      },
    };
  },
});
