import { z } from "zod";
import type { RpcOperation, RpcService } from "./rpc";
import { endpoints } from "./settings";
import { temporaryKeys } from "./temporary-keys";

const issued = z.object({ Credentials: temporaryKeys });

/** STS 2015-04-01: the two operations that give a role's temporary keys. */
export const stsApi = {
  title: "STS",
  version: "2015-04-01",
  endpoint: endpoints.sts,
  /** Without a region, the one address for all. */
  publicHost: (region: string) => (region ? `sts.${region}.aliyuncs.com` : "sts.aliyuncs.com"),
  secretParameters: ["OIDCToken"],
  operations: {
    AssumeRole: { does: "sets", reply: issued },
    AssumeRoleWithOIDC: { does: "sets", reply: issued },
  },
} as const satisfies RpcService<Record<string, RpcOperation>>;
