import type { Service, ServiceOptions } from "../../service";
import { type Product, rpcService } from "../product";
import type { Sessions } from "../sessions";
import { batchGetSecretValue } from "./batch-get-secret-value";
import type { KmsContext } from "./context";
import { createSecret } from "./create-secret";
import { deleteSecret } from "./delete-secret";
import { describeSecret } from "./describe-secret";
import { getSecretPolicy } from "./get-secret-policy";
import { getSecretValue } from "./get-secret-value";
import { listSecretVersionIds } from "./list-secret-version-ids";
import { listSecrets } from "./list-secrets";
import { listTagResources } from "./list-tag-resources";
import { secretsIn } from "./load";
import { putSecretValue } from "./put-secret-value";
import { KMS, parameterErrors } from "./refusals";
import { restoreSecret } from "./restore-secret";
import { rotateSecret } from "./rotate-secret";
import { stateOf } from "./secret";
import { setSecretPolicy } from "./set-secret-policy";
import { SecretStore } from "./store";
import { tagResource } from "./tag-resource";
import { tagResources } from "./tag-resources";
import { untagResource } from "./untag-resource";
import { untagResources } from "./untag-resources";
import { updateSecret } from "./update-secret";
import { updateSecretRotationPolicy } from "./update-secret-rotation-policy";
import { updateSecretVersionStage } from "./update-secret-version-stage";

const OPERATIONS = [
  batchGetSecretValue,
  createSecret,
  deleteSecret,
  describeSecret,
  getSecretPolicy,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  listTagResources,
  putSecretValue,
  restoreSecret,
  rotateSecret,
  setSecretPolicy,
  tagResource,
  tagResources,
  untagResource,
  untagResources,
  updateSecret,
  updateSecretRotationPolicy,
  updateSecretVersionStage,
];

/** Alibaba Cloud KMS 2016-01-20, the operations on secrets. State: `{secrets: [...]}` with the field names of the API. */
export function kms(options: ServiceOptions, sessions: Sessions): Service {
  const regions = new Map<string, SecretStore>();
  const storeOf = (region: string): SecretStore => {
    const store = regions.get(region) ?? new SecretStore(region, options.now);
    regions.set(region, store);
    return store;
  };
  const product: Product<KmsContext> = {
    name: "kms",
    version: "2016-01-20",
    style: { product: "Kms", errorShape: "status" },
    operations: OPERATIONS,
    parameterErrors,
    faults: { throttle: KMS.throttled, quota: KMS.quota, unavailable: KMS.unavailable, internal: KMS.internal },
    contextOf: (region) => ({ secrets: storeOf(region) }),
    state: () => ({ secrets: [...regions.values()].flatMap((store) => store.all().map(stateOf)) }),
    load: (state) => {
      for (const secret of secretsIn(state)) storeOf(secret.region).add(secret);
    },
    reset: () => regions.clear(),
  };
  return rpcService(product, options, sessions);
}
