import { z } from "zod";
import { fields, optional } from "../fields";
import type { Secret } from "../model";
import { operation } from "../operation";
import { sortedSecrets } from "../secrets";
import { wireSecret, wireTags } from "../wire";

const count = z.union([z.string().regex(/^\d{1,9}$/), z.int()]).transform(Number);

const body = z.object({
  action: z.enum(["filter", "count"]),
  limit: optional(count.pipe(z.number().min(1).max(1000))),
  offset: optional(count.pipe(z.number().min(0))),
  tags: optional(z.array(z.object({ key: fields.tag_key, values: optional(z.array(z.string())) })).max(20)),
  matches: optional(z.array(z.object({ key: z.literal("resource_name"), value: z.string().max(255) }))),
  sequence: optional(fields.sequence),
});

/** Secrets by all the tag keys (any of a key's values; none: whichever) and by a part of the name, in any case. */
export const listResourceInstances = operation({
  name: "ListResourceInstances",
  errors: "nested",
  input: z.object({ body }),
  run({ body }, { project }) {
    const matching = sortedSecrets(project).filter((secret) => matches(secret, body));
    if (body.action === "count") return { total_count: matching.length };
    const { offset = 0, limit = 10 } = body;
    return { resources: matching.slice(offset, offset + limit).map(wireResource), total_count: matching.length };
  },
});

function matches(secret: Secret, { tags = [], matches = [] }: z.output<typeof body>): boolean {
  const tagged = tags.every(({ key, values = [] }) => {
    const value = secret.tags.get(key);
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
  const name = secret.name.toLowerCase();
  return tagged && matches.every(({ value }) => value !== "" && name.includes(value.toLowerCase()));
}

function wireResource(secret: Secret): object {
  return {
    resource_id: secret.id,
    resource_detail: wireSecret(secret),
    resource_name: secret.name,
    tags: wireTags(secret),
    sys_tags: [],
  };
}
