import { z } from "zod";
import { fields, hasOneValue, oneValueFault, optional, value } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { enabledSecret } from "../secrets";
import { addVersion } from "../versions";
import { wireVersion } from "../wire";

const body = z
  .object({
    ...value,
    version_stages: optional(fields.version_stages),
    expire_time: optional(fields.expire_time),
  })
  .refine(hasOneValue, oneValueFault);

export const createSecretVersion = operation({
  name: "CreateSecretVersion",
  input: z.object({ path: secretPath, body }),
  run({ path, body }, { project, now }) {
    const secret = enabledSecret(project, path.secret_name);
    const content = {
      secretString: body.secret_string,
      secretBinary: body.secret_binary,
      stages: body.version_stages,
      expireTime: body.expire_time,
    };
    return { version_metadata: wireVersion(secret, addVersion(secret, content, now)) };
  },
});
