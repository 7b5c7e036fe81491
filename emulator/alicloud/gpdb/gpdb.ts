import type { Service, ServiceOptions } from "../../service";
import { GPDB_ASSUMED } from "../assumptions";
import { type Product, rpcService } from "../product";
import type { Sessions } from "../sessions";
import type { GpdbContext } from "./context";
import { createSecret } from "./create-secret";
import { deleteSecret } from "./delete-secret";
import { getSecretValue } from "./get-secret-value";
import { listSecrets } from "./list-secrets";
import { secretsIn } from "./load";
import { GPDB, parameterErrors } from "./refusals";
import { type DatabaseSecret, DatabaseSecretStore } from "./store";

const stateOf = (secret: DatabaseSecret) => ({
  SecretArn: secret.arn,
  SecretName: secret.name,
  RegionId: secret.region,
  DBInstanceId: secret.owner.instanceId,
  WorkspaceId: secret.owner.workspaceId,
  Username: secret.username,
  Password: secret.password,
  Description: secret.description,
});

/** AnalyticDB for PostgreSQL 2016-05-03, the operations on secrets. State: `{secrets: [...]}` with the field names of the API. */
export function gpdb(options: ServiceOptions, sessions: Sessions): Service {
  const regions = new Map<string, DatabaseSecretStore>();
  const storeOf = (region: string): DatabaseSecretStore => {
    const store = regions.get(region) ?? new DatabaseSecretStore(region);
    regions.set(region, store);
    return store;
  };
  const { throttled, unavailable, internal } = GPDB;
  const product: Product<GpdbContext> = {
    name: "gpdb",
    version: "2016-05-03",
    style: { product: "gpdb", errorShape: "host" },
    operations: [createSecret, deleteSecret, getSecretValue, listSecrets],
    parameterErrors,
    faults: { throttle: throttled, quota: GPDB_ASSUMED.quota, unavailable, internal },
    contextOf: (region) => ({ secrets: storeOf(region) }),
    state: () => ({ secrets: [...regions.values()].flatMap((store) => store.list().map(stateOf)) }),
    load: (state) => {
      for (const secret of secretsIn(state)) storeOf(secret.region).put(secret);
    },
    reset: () => regions.clear(),
  };
  return rpcService(product, options, sessions);
}
