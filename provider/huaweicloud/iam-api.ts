import { z } from "zod";
import type { RestOperation, RestService } from "./client";
import { issuedKeys } from "./issued-keys";
import { endpoints } from "./settings";

const temporaryKeys = {
  method: "POST",
  path: "/v3.0/OS-CREDENTIAL/securitytokens",
  // Keys that nobody received end by themselves.
  does: "sets",
  reply: issuedKeys,
} as const;

/** Huawei Cloud IAM v3: reading which project a region has, and temporary keys. */
export const iamApi = {
  title: "IAM",
  endpoint: endpoints.iam,
  publicHost: () => "iam.myhuaweicloud.com",
  secretMembers: [],
  operations: {
    ListProjects: {
      method: "GET",
      path: "/v3/projects",
      does: "reads",
      reply: z.object({ projects: z.array(z.object({ id: z.string(), name: z.string() })) }),
    },
    ListAuthDomains: {
      method: "GET",
      path: "/v3/auth/domains",
      does: "reads",
      reply: z.object({ domains: z.array(z.object({ id: z.string() })) }),
    },
    CreateTemporaryAccessKeyByAgency: temporaryKeys,
    CreateTemporaryAccessKeyByToken: temporaryKeys,
    CreateUnscopedTokenWithIdToken: {
      method: "POST",
      path: "/v3.0/OS-AUTH/id-token/tokens",
      does: "sets",
      replyHeaders: ["X-Subject-Token"],
      reply: z.object({ "X-Subject-Token": z.string().min(1) }),
    },
  },
} as const satisfies RestService<Record<string, RestOperation>>;
