import { z } from "zod";
import { Refusal } from "../failures";
import { operation } from "../operation";
import { tagPath } from "../paths";
import { changeable, secretWithId } from "../secrets";

export const deleteSecretTag = operation({
  name: "DeleteSecretTag",
  errors: "nested",
  input: z.object({ path: tagPath }),
  run({ path }, { project }) {
    const secret = changeable(secretWithId(project, path.secret_id));
    if (!secret.tags.delete(path.key)) throw new Refusal("resourceNotFound");
    return undefined;
  },
});
