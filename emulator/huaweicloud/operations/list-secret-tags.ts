import { z } from "zod";
import { operation } from "../operation";
import { tagsPath } from "../paths";
import { secretWithId } from "../secrets";
import { wireTags } from "../wire";

export const listSecretTags = operation({
  name: "ListSecretTags",
  errors: "nested",
  input: z.object({ path: tagsPath }),
  run: ({ path }, { project }) => ({ tags: wireTags(secretWithId(project, path.secret_id)), sys_tags: [] }),
});
