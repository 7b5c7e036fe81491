import { z } from "zod";
import { operation } from "./context";
import { resourceIds, resourceType, taggedSecrets } from "./tagged-resource";
import { mergeTags, setTags, tagFields } from "./tags";

export const tagResources = operation(
  "TagResources",
  {
    RegionId: z.string(),
    ResourceType: resourceType,
    ResourceId: resourceIds,
    Tag: tagFields.refine((tags) => tags.length <= 20, "at most 20 tags"),
  },
  ({ ResourceType, ResourceId, Tag }, { secrets }) => {
    const tagged = taggedSecrets(secrets, ResourceType, ResourceId);
    // all or nothing: the quota is checked for each before any is changed
    for (const secret of tagged) mergeTags(secret.tags, Tag);
    for (const secret of tagged) setTags(secret.tags, Tag);
    return {};
  },
);
