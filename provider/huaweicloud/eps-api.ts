import { z } from "zod";
import type { RestOperation, RestService } from "./client";
import { endpoints } from "./settings";

/** Huawei Cloud EPS v1.0: moving a resource to another enterprise project, and where it is. */
export const epsApi = {
  title: "EPS",
  endpoint: endpoints.eps,
  publicHost: () => "eps.myhuaweicloud.com",
  secretMembers: [],
  operations: {
    MigrateResource: {
      method: "POST",
      path: "/v1.0/enterprise-projects/{enterprise_project_id}/resources-migrate",
      // A resource that is in the target already stays there.
      repeatable: true,
      reply: z.object({}),
    },
    FilterResources: {
      method: "POST",
      path: "/v1.0/enterprise-projects/{enterprise_project_id}/resources/filter",
      repeatable: true,
      reply: z.object({ resources: z.array(z.object({ resource_id: z.string() })).nullish() }),
    },
  },
  errors: {
    "EPS.0000": "unavailable",
    "EPS.0001": "unavailable",
    "EPS.0002": "invalid",
    "EPS.0003": "credentials",
    "EPS.0004": "denied",
    "EPS.0005": "notFound",
    "EPS.0006": "throttled",
    "EPS.0009": "quota",
    "EPS.0014": "invalid",
    "EPS.0022": "invalid",
    "EPS.0025": "invalid",
  },
} as const satisfies RestService<Record<string, RestOperation>>;
