import { z } from "zod";
import { fields } from "../fields";
import { operation } from "../operation";
import { versionPath } from "../paths";
import { changeable, enabledSecret } from "../secrets";
import { requireLater, requireVersion } from "../versions";
import { wireVersion } from "../wire";

export const updateVersion = operation({
  name: "UpdateVersion",
  input: z.object({ path: versionPath, body: z.object({ expire_time: fields.expire_time }) }),
  run({ path, body }, { project, now }) {
    const secret = changeable(enabledSecret(project, path.secret_name));
    const version = requireVersion(secret, path.version_id);
    requireLater(body.expire_time, now);
    version.expireTime = body.expire_time;
    return { version_metadata: wireVersion(secret, version) };
  },
});
