import { flag, whole } from "../parameters";
import { operation } from "./context";
import { secretName } from "./fields";
import { timestamp } from "./secret";

const DAY_MS = 86_400_000;

export const deleteSecret = operation(
  "DeleteSecret",
  {
    SecretName: secretName,
    ForceDeleteWithoutRecovery: flag.default(false),
    RecoveryWindowInDays: whole(7, 30).default(30),
  },
  ({ SecretName, ForceDeleteWithoutRecovery, RecoveryWindowInDays }, { secrets }) => {
    const secret = secrets.live(SecretName);
    const { now } = secrets;
    if (ForceDeleteWithoutRecovery) {
      secrets.remove(secret);
      return { SecretName: secret.name, PlannedDeleteTime: timestamp(now) };
    }
    secret.plannedDeleteTime = now + RecoveryWindowInDays * DAY_MS;
    return { SecretName: secret.name, PlannedDeleteTime: timestamp(secret.plannedDeleteTime) };
  },
);
