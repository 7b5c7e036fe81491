import { z } from "zod";
import { assumptions } from "../assumptions";
import { fields, optional } from "../fields";
import { operation } from "../operation";
import { secretPath } from "../paths";
import { nextRotation, requireRotatable } from "../rotation";
import { changeableSecret } from "../secrets";
import { wireSecret } from "../wire";

const body = z.object({
  kms_key_id: optional(fields.kms_key_id),
  description: optional(fields.description),
  auto_rotation: optional(z.boolean()),
  rotation_period: optional(fields.rotation_period),
  rotation_func_urn: optional(fields.rotation_func_urn),
  event_subscriptions: optional(fields.event_subscriptions),
});

export const updateSecret = operation({
  name: "UpdateSecret",
  input: z.object({ path: secretPath, body }),
  run({ path, body }, { project, now }) {
    const secret = changeableSecret(project, path.secret_name);
    const rotation = {
      autoRotation: body.auto_rotation ?? secret.autoRotation,
      rotationPeriod: body.rotation_period ?? secret.rotationPeriod,
      rotationFuncUrn: body.rotation_func_urn ?? secret.rotationFuncUrn,
    };
    requireRotatable({ ...secret, ...rotation });
    const rescheduled =
      rotation.autoRotation !== secret.autoRotation || rotation.rotationPeriod !== secret.rotationPeriod;
    Object.assign(secret, rotation, {
      kmsKeyId: body.kms_key_id ?? secret.kmsKeyId,
      description: body.description ?? secret.description,
      eventSubscriptions: subscriptions(body.event_subscriptions) ?? secret.eventSubscriptions,
      updateTime: now,
    });
    if (rescheduled) secret.nextRotationTime = nextRotation(secret, now);
    return { secret: wireSecret(secret) };
  },
});

function subscriptions(sent: string[] | undefined): readonly string[] | undefined {
  if (sent === undefined) return undefined;
  return sent.some(Boolean) ? sent : assumptions.clearedSubscriptions;
}
