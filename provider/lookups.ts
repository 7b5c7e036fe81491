import { analyticDbLookups } from "./alicloud/analyticdb-lookups";
import { kmsLookups } from "./alicloud/kms-lookups";
import { csmsLookups } from "./huaweicloud/csms-lookups";
import type { Lookup } from "./lookup";

/** Every look-up of the provider. */
export const lookups: readonly Lookup[] = [...kmsLookups, ...analyticDbLookups, ...csmsLookups];
