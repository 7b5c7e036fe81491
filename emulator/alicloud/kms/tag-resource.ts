import { operation } from "./context";
import { taggedResource, taggedSecret } from "./tagged-resource";
import { setTags, tagsJson } from "./tags";

export const tagResource = operation(
  "TagResource",
  { ...taggedResource, Tags: tagsJson.refine((tags) => tags.length <= 10, "at most 10 tags") },
  (input, { secrets }) => {
    setTags(taggedSecret(secrets, input).tags, input.Tags);
    return {};
  },
);
