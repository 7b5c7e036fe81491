import { z } from "zod";
import type { RestOperation, RestService } from "./client";
import { endpoints } from "./settings";

/** Huawei Cloud IAM v3: reading which project a region has. */
export const iamApi = {
  title: "IAM",
  endpoint: endpoints.iam,
  publicHost: () => "iam.myhuaweicloud.com",
  secretMembers: [],
  operations: {
    ListProjects: {
      method: "GET",
      path: "/v3/projects",
      repeatable: true,
      reply: z.object({ projects: z.array(z.object({ id: z.string(), name: z.string() })) }),
    },
  },
} as const satisfies RestService<Record<string, RestOperation>>;
