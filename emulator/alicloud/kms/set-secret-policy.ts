import { KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import { policy, policyName, secretRef } from "./fields";
import { parameterErrors } from "./refusals";

export const setSecretPolicy = operation(
  "SetSecretPolicy",
  { SecretName: secretRef, Policy: policy, PolicyName: policyName },
  ({ SecretName, Policy, PolicyName }, { secrets }) => {
    if (PolicyName !== "default") throw parameterErrors.invalid("PolicyName", "must be default");
    const secret = secrets.live(SecretName);
    if (secret.instanceId === undefined) throw KMS_ASSUMED.noPolicyOutsideInstance();
    secret.policy = Policy;
    return {};
  },
);
