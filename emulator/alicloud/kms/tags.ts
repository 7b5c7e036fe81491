import { z } from "zod";
import { KMS_ASSUMED } from "../assumptions";
import { jsonOf } from "../parameters";

const MAX_TAGS = 20;

const text = (least: number) =>
  z
    .string()
    .max(128, "tags have at most 128 characters")
    .regex(/^[A-Za-z0-9/\\_.+=:@-]*$/, "tags hold letters, digits and / \\ _ - . + = : @")
    .min(least, "a tag key is empty");

const key = text(1).regex(/^(?!aliyun|acs:)/, "tag keys do not begin with aliyun or acs:");

type Pair = [string, string];

// piped, for a refinement would run on tags that failed already
const asPairs = (tag: z.ZodType<Pair>) =>
  z
    .array(tag)
    .pipe(
      z.custom<Pair[]>((tags) => new Map(tags as Pair[]).size === (tags as Pair[]).length, "a tag key is given twice"),
    );

/** `[{"TagKey":"a","TagValue":"b"}]`, as JSON text. */
export const tagsJson = jsonOf(
  asPairs(
    z
      .object({ TagKey: key, TagValue: text(0).default("") })
      .transform(({ TagKey, TagValue }): Pair => [TagKey, TagValue]),
  ),
);

/** `Tag.1.Key=a&Tag.1.Value=b`. */
export const tagFields = asPairs(
  z.object({ Key: key, Value: text(0).default("") }).transform(({ Key, Value }): Pair => [Key, Value]),
);

/** The tags with others laid over them; throws when that makes more than 20. */
export function mergeTags(tags: Map<string, string>, added: Iterable<readonly [string, string]>): Map<string, string> {
  const merged = new Map([...tags, ...added]);
  if (merged.size > MAX_TAGS) throw KMS_ASSUMED.tagQuota();
  return merged;
}

export function setTags(tags: Map<string, string>, added: Iterable<readonly [string, string]>): void {
  for (const [name, value] of mergeTags(tags, added)) tags.set(name, value);
}
