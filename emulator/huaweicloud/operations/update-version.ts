import { z } from "zod";
import { fields } from "../fields";
import { operation } from "../operation";
import { versionPath } from "../paths";
import { enabledSecret } from "../secrets";
import { requireVersion } from "../versions";
import { wireVersion } from "../wire";

export const updateVersion = operation({
  name: "UpdateVersion",
  input: z.object({ path: versionPath, body: z.object({ expire_time: fields.expire_time }) }),
  run({ path, body }, { project }) {
    const secret = enabledSecret(project, path.secret_name);
    const version = requireVersion(secret, path.version_id);
    version.expireTime = body.expire_time;
    return { version_metadata: wireVersion(secret, version) };
  },
});
