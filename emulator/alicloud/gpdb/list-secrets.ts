import { ACCOUNT_ID } from "../assumptions";
import { operation } from "./context";
import { common, DONE, ownerOf } from "./fields";

export const listSecrets = operation("ListSecrets", common, (input, { secrets }) => {
  const found = secrets.list(ownerOf(input)).map((secret) => ({
    AccountId: ACCOUNT_ID,
    RegionId: secret.region,
    DBInstanceId: secret.owner.instanceId,
    SecretArn: secret.arn,
    SecretName: secret.name,
    Username: secret.username,
    Description: secret.description,
  }));
  return { ...DONE, Count: found.length, Secrets: { Secrets: found } };
});
