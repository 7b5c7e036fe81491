import { ACCOUNT_ID, KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import { policyName, secretRef } from "./fields";
import { KMS } from "./refusals";

const DEFAULT_POLICY = JSON.stringify({
  Version: "1",
  Statement: [
    {
      Sid: "kms default secret policy",
      Effect: "Allow",
      Principal: { RAM: [`acs:ram::${ACCOUNT_ID}:*`] },
      Action: ["kms:*"],
      Resource: ["*"],
    },
  ],
});

export const getSecretPolicy = operation(
  "GetSecretPolicy",
  { SecretName: secretRef, PolicyName: policyName },
  ({ SecretName, PolicyName }, { secrets }) => {
    const secret = secrets.live(SecretName);
    if (PolicyName !== "default") throw KMS.notFound();
    if (secret.instanceId === undefined) throw KMS_ASSUMED.noPolicyOutsideInstance();
    return { Policy: secret.policy ?? DEFAULT_POLICY };
  },
);
