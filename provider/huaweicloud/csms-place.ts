import { z } from "zod";
import { input } from "../fields";
import { placeName } from "../schemas";
import { projectId, region } from "./places";

/** Where a resource of CSMS is. */
export const placeInputs = {
  region: input(placeName, {
    doc: "The region, such as `cn-north-4`; by default the one in the settings. Changing it replaces the resource.",
    onChange: "replace",
    required: true,
    identity: true,
    setting: region,
  }),
  projectId: input(z.string().regex(/^[0-9a-zA-Z]{32}$/, "must be 32 letters or digits"), {
    doc: "The id of the region's project, 32 letters or digits; by default the one in the settings, else the one that IAM names for the region. Changing it replaces the resource.",
    onChange: "replace",
    identity: true,
    computed: true,
    always: true,
    setting: projectId,
    settingOf: "region",
  }),
} as const;

/** A name of CSMS, which the provider makes where the program gives none. */
export const nameRule = { most: 64, forbidden: /[^a-zA-Z0-9_-]+/g, prefix: () => "" } as const;
export const namePattern = /^[a-zA-Z0-9_-]{1,64}$/;

const endOfDates = Date.parse("9999-12-31T23:59:59.999Z");

/** The documentation says seconds and its samples show milliseconds: 13 digits are milliseconds. What is no date is no time. */
export function isoTime(time: number | null | undefined): string | undefined {
  if (!time || time < 0 || time > endOfDates) return undefined;
  return new Date(time < 1e11 ? time * 1000 : time).toISOString().replace(".000Z", "Z");
}
