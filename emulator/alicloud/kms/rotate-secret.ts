import { KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import type { Managed } from "./extended-config";
import { secretName, versionId } from "./fields";
import { nextValue } from "./managed-values";
import { arnOf, type Secret } from "./secret";
import { addVersion, CURRENT, holderOf } from "./stages";

const HOUR_MS = 3_600_000;
const MAX_PER_HOUR = 50;

function rotate(secret: Secret, managed: Managed, id: string, now: number): void {
  const { rotation } = secret;
  const lastHour = rotation.history.filter((at) => now - at < HOUR_MS);
  if (lastHour.length >= MAX_PER_HOUR) throw KMS_ASSUMED.rotatedTooOften();
  const data = nextValue(managed, holderOf(secret, CURRENT)?.data ?? "{}", now);
  addVersion(secret, { id, data, dataType: "text", createTime: now, stages: [] }, [CURRENT]);
  rotation.history = [...lastHour, now];
}

export const rotateSecret = operation(
  "RotateSecret",
  { SecretName: secretName, VersionId: versionId },
  ({ SecretName, VersionId }, { secrets }) => {
    const secret = secrets.live(SecretName);
    if (!secret.managed) throw KMS_ASSUMED.managedOnly();
    const known = secret.versions.some((version) => version.id === VersionId);
    // a repeated version id is the same rotation again
    if (!known) rotate(secret, secret.managed, VersionId, secrets.now);
    return { Arn: arnOf(secret), SecretName: secret.name, VersionId };
  },
);
