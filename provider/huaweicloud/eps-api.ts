import { z } from "zod";
import { type RestOperation, type RestService, someOf } from "./client";
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
      does: "sets",
      reply: z.object({}),
    },
    FilterResources: {
      method: "POST",
      path: "/v1.0/enterprise-projects/{enterprise_project_id}/resources/filter",
      does: "reads",
      reply: someOf({ resources: z.array(z.object({ resource_id: z.string() })).nullish() }),
    },
  },
} as const satisfies RestService<Record<string, RestOperation>>;
