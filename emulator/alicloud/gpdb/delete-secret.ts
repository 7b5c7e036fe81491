import { operation } from "./context";
import { common, DONE, keyOf, ownerOf, secretKey } from "./fields";

export const deleteSecret = operation("DeleteSecret", { ...common, ...secretKey }, (input, { secrets }) => {
  const secret = secrets.find(ownerOf(input), keyOf(input));
  secrets.remove(secret);
  return { ...DONE, SecretArn: secret.arn };
});
