import type { Service, ServiceOptions } from "../../service";
import { type Product, rpcService } from "../product";
import type { Sessions } from "../sessions";
import { assumeRole } from "./assume-role";
import { assumeRoleWithOidc } from "./assume-role-with-oidc";
import type { StsContext } from "./context";
import { getCallerIdentity } from "./get-caller-identity";
import { parameterErrors, STS } from "./refusals";

/** STS 2015-04-01. State: `{sessions: [...]}` with the field names of the API, those that ECS gave among them. */
export function sts(options: ServiceOptions, sessions: Sessions): Service {
  const { throttled, unavailable, internal } = STS;
  const product: Product<StsContext> = {
    name: "sts",
    version: "2015-04-01",
    style: { product: "Sts", errorShape: "host" },
    operations: [assumeRole, assumeRoleWithOidc, getCallerIdentity],
    parameterErrors,
    faults: { throttle: throttled, quota: throttled, unavailable, internal },
    contextOf: (_, accessKey) => ({
      sessions,
      caller: accessKey === undefined ? undefined : sessions.find(accessKey),
      now: options.now(),
    }),
    state: () => sessions.state(),
    load: (state) => sessions.load(state),
    reset: () => sessions.reset(),
  };
  return rpcService(product, options, sessions);
}
