import { z } from "zod";
import { jsonIn } from "../json";
import { type SettingsSource, settingError } from "../settings";
import { assumeRole, assumeRoleVariables } from "./settings";

/** An agency of an account that has delegated to ours: whoever signs in takes its keys. */
export interface Agency {
  readonly agencyName: string;
  /** The account that has the agency: one of both at least. */
  readonly domainId?: string | undefined;
  readonly domainName?: string | undefined;
  /** How long its keys hold, in seconds. */
  readonly duration?: number | undefined;
}

const text = z.string().min(1);
export const assumedAgency = z
  .strictObject({
    agencyName: text,
    domainName: text.optional(),
    domainId: text.optional(),
    duration: z.coerce.number().int().min(900).max(86_400).optional(),
  })
  .refine(({ domainId, domainName }) => domainId ?? domainName);

/** So a configuration says that the environment's agency is none of its own. */
const none = z.strictObject({ agencyName: z.literal("") });

/** The agency that the configuration names, else the environment; throws a settings error for a wrong shape. */
export function configuredAgency(source: SettingsSource): (Agency & { readonly from: string }) | undefined {
  const configured = source.config(assumeRole.config);
  if (configured) {
    const given = fromJson(configured);
    if (none.safeParse(given).success) return undefined;
    return { ...parse(given, assumeRole.config), from: assumeRole.config };
  }
  const { agencyName, domainName, domainId, duration } = assumeRoleVariables;
  if (!source.env[agencyName]) return undefined;
  const given = {
    agencyName: source.env[agencyName],
    domainName: source.env[domainName] || undefined,
    domainId: source.env[domainId] || undefined,
    duration: source.env[duration] || undefined,
  };
  return { ...parse(given, `${agencyName} with ${domainName} or ${domainId}, and ${duration},`), from: agencyName };
}

/** A list of one is what Terraform's block becomes. */
function fromJson(json: string): unknown {
  const value = jsonIn(json);
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function parse(value: unknown, key: string): Agency {
  const parsed = assumedAgency.safeParse(value);
  if (parsed.success) return parsed.data;
  throw settingError(
    `${key} must be an object of agencyName and the account that has the agency, as domainName or domainId, such as {"agencyName": "deploy", "domainName": "company"}; duration may be 900 to 86400 seconds`,
  );
}
