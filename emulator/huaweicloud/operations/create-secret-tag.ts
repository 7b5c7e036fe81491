import { z } from "zod";
import { tag } from "../fields";
import { operation } from "../operation";
import { tagsPath } from "../paths";
import { changeable, secretWithId } from "../secrets";
import { putTags } from "../tags";

export const createSecretTag = operation({
  name: "CreateSecretTag",
  errors: "nested",
  input: z.object({ path: tagsPath, body: z.object({ tag }) }),
  run({ path, body }, { project }) {
    putTags(changeable(secretWithId(project, path.secret_id)), [body.tag]);
    return undefined;
  },
});
