import { z } from "zod";
import { jsonOf } from "../parameters";
import { operation } from "./context";
import { taggedResource, taggedSecret } from "./tagged-resource";

export const untagResource = operation(
  "UntagResource",
  { ...taggedResource, TagKeys: jsonOf(z.array(z.string())) },
  (input, { secrets }) => {
    const { tags } = taggedSecret(secrets, input);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
);
