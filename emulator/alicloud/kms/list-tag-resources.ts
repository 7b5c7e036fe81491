import { z } from "zod";
import { operation } from "./context";
import { parameterErrors } from "./refusals";
import type { Secret } from "./secret";
import { resourceIds, resourceType } from "./tagged-resource";

const PAGE = 200;

interface Wanted {
  readonly Key: string;
  readonly Value?: string;
}

const carries = ({ tags }: Secret, { Key, Value }: Wanted): boolean =>
  tags.has(Key) && (Value === undefined || tags.get(Key) === Value);

export const listTagResources = operation(
  "ListTagResources",
  {
    RegionId: z.string(),
    ResourceType: resourceType,
    ResourceId: resourceIds.optional(),
    Tag: z
      .array(z.object({ Key: z.string(), Value: z.string().optional() }))
      .max(20, "at most 20 tags")
      .default([]),
    NextToken: z.string().regex(/^\d+$/, "is not a token of this list").optional(),
  },
  ({ ResourceType, ResourceId, Tag, NextToken }, { secrets }) => {
    if (!ResourceId && Tag.length === 0) throw parameterErrors.missing("ResourceId");
    const chosen = ResourceType === "secret" ? secrets.all() : [];
    const rows = chosen
      .filter((secret) => (!ResourceId || ResourceId.includes(secret.name)) && Tag.every((tag) => carries(secret, tag)))
      .flatMap(({ name, tags }) =>
        [...tags].map(([TagKey, TagValue]) => ({ ResourceId: name, ResourceType, TagKey, TagValue })),
      );
    const from = Number(NextToken ?? 0);
    const end = from + PAGE;
    return {
      TagResources: { TagResource: rows.slice(from, end) },
      NextToken: end < rows.length ? String(end) : "",
    };
  },
);
