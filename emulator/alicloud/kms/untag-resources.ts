import { z } from "zod";
import { flag } from "../parameters";
import { operation } from "./context";
import { parameterErrors } from "./refusals";
import { resourceIds, resourceType, taggedSecrets } from "./tagged-resource";

export const untagResources = operation(
  "UntagResources",
  {
    RegionId: z.string(),
    ResourceType: resourceType,
    ResourceId: resourceIds,
    TagKey: z.array(z.string()).max(20, "at most 20 tag keys").default([]),
    All: flag.default(false),
  },
  ({ ResourceType, ResourceId, TagKey, All }, { secrets }) => {
    if (TagKey.length === 0 && !All) throw parameterErrors.missing("TagKey");
    for (const { tags } of taggedSecrets(secrets, ResourceType, ResourceId)) {
      // All counts only without keys
      for (const key of TagKey.length > 0 ? TagKey : [...tags.keys()]) tags.delete(key);
    }
    return {};
  },
);
