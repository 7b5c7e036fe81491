import { KMS_ASSUMED } from "../assumptions";
import { operation } from "./context";
import { secretName, versionId } from "./fields";
import { arnOf, isGeneric, type Secret } from "./secret";
import { generatedValue } from "./secret-types";
import { addVersion, CURRENT } from "./stages";

const HOUR_MS = 3_600_000;
const MAX_PER_HOUR = 50;

function rotate(secret: Secret, id: string, now: number): void {
  const { rotation } = secret;
  const lastHour = rotation.history.filter((at) => now - at < HOUR_MS);
  if (lastHour.length >= MAX_PER_HOUR) throw KMS_ASSUMED.rotatedTooOften();
  addVersion(secret, { id, data: generatedValue(), dataType: "text", createTime: now, stages: [] }, [CURRENT]);
  rotation.history = [...lastHour, now];
}

export const rotateSecret = operation(
  "RotateSecret",
  { SecretName: secretName, VersionId: versionId },
  ({ SecretName, VersionId }, { secrets }) => {
    const secret = secrets.live(SecretName);
    if (isGeneric(secret)) throw KMS_ASSUMED.managedOnly();
    // a repeated version id is the same rotation again
    if (!secret.versions.some((version) => version.id === VersionId)) rotate(secret, VersionId, secrets.now);
    return { Arn: arnOf(secret), SecretName: secret.name, VersionId };
  },
);
