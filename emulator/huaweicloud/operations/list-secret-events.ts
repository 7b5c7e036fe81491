import { z } from "zod";
import { pageQuery } from "../fields";
import { operation } from "../operation";
import { page } from "../paging";
import { wireEvent } from "../wire";

export const listSecretEvents = operation({
  name: "ListSecretEvents",
  errors: "nested",
  input: z.object({ query: pageQuery }),
  run({ query }, { project }) {
    const sorted = [...project.events.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, page_info } = page(sorted, {
      limit: query.limit,
      markerOf: (event) => event.name,
      startsAt: (event) => event.name >= (query.marker ?? ""),
    });
    return { events: items.map(wireEvent), page_info };
  },
});
