import { operation } from "./context";
import { secretName } from "./fields";
import { KMS } from "./refusals";

export const restoreSecret = operation("RestoreSecret", { SecretName: secretName }, (input, { secrets }) => {
  const secret = secrets.find(input.SecretName);
  if (secret.plannedDeleteTime === undefined) throw KMS.notDeleted();
  secret.plannedDeleteTime = undefined;
  return { SecretName: secret.name };
});
