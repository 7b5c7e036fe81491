import { KMS_ASSUMED } from "../assumptions";
import { flag } from "../parameters";
import { operation } from "./context";
import { rotationInterval, secretName } from "./fields";
import { parameterErrors } from "./refusals";
import { isGeneric } from "./secret";

export const updateSecretRotationPolicy = operation(
  "UpdateSecretRotationPolicy",
  { SecretName: secretName, EnableAutomaticRotation: flag, RotationInterval: rotationInterval.optional() },
  ({ SecretName, EnableAutomaticRotation, RotationInterval }, { secrets }) => {
    const secret = secrets.live(SecretName);
    if (isGeneric(secret)) throw KMS_ASSUMED.managedOnly();
    if (EnableAutomaticRotation && RotationInterval === undefined) throw parameterErrors.missing("RotationInterval");
    secret.rotation.enabled = EnableAutomaticRotation;
    if (EnableAutomaticRotation) secret.rotation.seconds = RotationInterval;
    secret.updateTime = secrets.now;
    return { SecretName: secret.name };
  },
);
