import { operation } from "./context";
import { common, DONE, keyOf, ownerOf, secretKey } from "./fields";

export const getSecretValue = operation("GetSecretValue", { ...common, ...secretKey }, (input, { secrets }) => {
  const secret = secrets.find(ownerOf(input), keyOf(input));
  return {
    ...DONE,
    SecretArn: secret.arn,
    SecretName: secret.name,
    DBInstanceId: secret.owner.instanceId,
    Username: secret.username,
    Password: secret.password,
    Description: secret.description,
  };
});
