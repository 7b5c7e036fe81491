import { z } from "zod";
import { fields, hasOneValue, oneValueFault, optional, value } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { changeable, enabledSecret } from "../secrets";
import { addVersion, requireLater } from "../versions";
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
    const secret = changeable(enabledSecret(project, path.secret_name));
    requireLater(body.expire_time, now);
    const content = {
      secretString: body.secret_string,
      secretBinary: body.secret_binary,
      stages: body.version_stages,
      expireTime: body.expire_time,
    };
    return { version_metadata: wireVersion(secret, addVersion(secret, content, now)) };
  },
});
