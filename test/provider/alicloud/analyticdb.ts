import { canary } from "../support";

/** What a secret of AnalyticDB needs. */
export const minimal = { dbInstanceId: "gp-1", username: "admin", password: canary };

/** With all that the service keeps. */
export const full = { ...minimal, regionId: "cn-beijing", secretName: "shop", description: "for the shop" };
