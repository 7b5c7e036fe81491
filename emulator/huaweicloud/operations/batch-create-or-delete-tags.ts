import { z } from "zod";
import { fields, optional, tag } from "../fields";
import { operation } from "../operation";
import { tagsPath } from "../paths";
import { changeable, secretWithId } from "../secrets";
import { putTags } from "../tags";

const sequence = optional(fields.sequence);

export const batchCreateOrDeleteTags = operation({
  name: "BatchCreateOrDeleteTags",
  errors: "nested",
  input: z.object({
    path: tagsPath,
    body: z.discriminatedUnion("action", [
      z.object({ action: z.literal("create"), sequence, tags: z.array(tag).min(1).max(20) }),
      z.object({ action: z.literal("delete"), sequence, tags: z.array(z.object({ key: z.string() })).min(1) }),
    ]),
  }),
  run({ path, body }, { project }) {
    const secret = changeable(secretWithId(project, path.secret_id));
    if (body.action === "create") putTags(secret, body.tags);
    else for (const { key } of body.tags) secret.tags.delete(key);
    return undefined;
  },
});
