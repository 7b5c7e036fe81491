import { z } from "zod";
import { operation } from "../operation";
import { sortedSecrets } from "../secrets";
import { wireTags } from "../wire";

export const listProjectSecretsTags = operation({
  name: "ListProjectSecretsTags",
  errors: "nested",
  input: z.object({}),
  run(_input, { project }) {
    const byKey = Map.groupBy(sortedSecrets(project).flatMap(wireTags), ({ key }) => key);
    const tags = [...byKey].map(([key, tags]) => ({ key, values: [...new Set(tags.map(({ value }) => value))] }));
    return { tags };
  },
});
