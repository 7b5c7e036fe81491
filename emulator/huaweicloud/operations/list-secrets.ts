import { z } from "zod";
import { fields, pageQuery } from "../fields";
import { operation } from "../operation";
import { page } from "../paging";
import { sortedSecrets } from "../secrets";
import { wireSecret } from "../wire";

export const listSecrets = operation({
  name: "ListSecrets",
  input: z.object({ query: pageQuery.extend({ event_name: fields.event_name.optional() }) }),
  run({ query }, { project }) {
    const matching = sortedSecrets(project).filter(
      ({ eventSubscriptions }) => query.event_name === undefined || eventSubscriptions.includes(query.event_name),
    );
    const { items, page_info } = page(matching, {
      limit: query.limit,
      markerOf: (secret) => secret.name,
      startsAt: (secret) => secret.name >= (query.marker ?? ""),
    });
    return { secrets: items.map(wireSecret), page_info };
  },
});
