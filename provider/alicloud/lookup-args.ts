import { argument } from "../lookup";
import type { Rule } from "../rules";
import { placeName } from "../schemas";
import { missingSetting } from "../settings";
import { region } from "./settings";

/** Where one secret is looked for, which an ARN tells too. */
export const regionOfSecret = argument(placeName, {
  doc: "The region, such as `cn-hangzhou`; by default the one in the settings. Where `arn` is given, the region in that counts.",
  setting: region,
});

export const regionOfList = argument(placeName, {
  doc: "The region, such as `cn-hangzhou`; by default the one in the settings.",
  required: true,
  setting: region,
});

/** A secret that is named needs a region, given or set. */
export const regionRule: Rule = {
  fields: ["arn", "regionId"],
  check: ({ arn, regionId }) =>
    arn === undefined && regionId === undefined
      ? [{ property: "regionId", reason: missingSetting(region, "regionId") }]
      : [],
};
