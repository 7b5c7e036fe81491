import { z } from "zod";
import { flag, jsonOf, whole } from "../parameters";
import { operation } from "./context";
import { type Secret, tagList, timestamp } from "./secret";

/** What a filter compares its values with. */
const FILTERED: Record<string, (secret: Secret) => readonly (string | undefined)[]> = {
  SecretName: (secret) => [secret.name],
  Description: (secret) => [secret.description],
  TagKey: (secret) => [...secret.tags.keys()],
  TagValue: (secret) => [...secret.tags.values()],
  DKMSInstanceId: (secret) => [secret.instanceId],
  // the filter spells one type RDS
  SecretType: (secret) => [secret.type, secret.type === "Rds" ? "RDS" : undefined],
};

const filter = z.object({
  Key: z.enum(Object.keys(FILTERED), `filter keys are ${Object.keys(FILTERED).join(", ")}`),
  Values: z.array(z.string()).max(10, "a filter has at most 10 values"),
});

const matches = (secret: Secret, { Key, Values }: z.output<typeof filter>): boolean =>
  Values.length === 0 || (FILTERED[Key]?.(secret) ?? []).some((value) => value !== undefined && Values.includes(value));

const summary = (secret: Secret, fetchTags: boolean) => ({
  SecretName: secret.name,
  SecretType: secret.type,
  CreateTime: timestamp(secret.createTime),
  UpdateTime: timestamp(secret.updateTime),
  PlannedDeleteTime: timestamp(secret.plannedDeleteTime),
  ...(fetchTags && { Tags: tagList(secret.tags) }),
});

export const listSecrets = operation(
  "ListSecrets",
  {
    FetchTags: flag.default(false),
    Filters: jsonOf(z.array(filter).max(10, "at most 10 filters")).default([]),
    PageNumber: whole(1, 999_999_999).default(1),
    PageSize: whole(1, 100).default(10),
  },
  ({ FetchTags, Filters, PageNumber, PageSize }, { secrets }) => {
    const found = secrets.all().filter((secret) => Filters.every((one) => matches(secret, one)));
    const page = found.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
    return {
      SecretList: { Secret: page.map((secret) => summary(secret, FetchTags)) },
      PageNumber,
      PageSize,
      TotalCount: found.length,
    };
  },
);
