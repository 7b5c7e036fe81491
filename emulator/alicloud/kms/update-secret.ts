import { z } from "zod";
import { KMS_ASSUMED } from "../assumptions";
import { jsonText } from "../parameters";
import { operation } from "./context";
import { secretName } from "./fields";
import { parameterErrors } from "./refusals";
import { isGeneric, type Secret } from "./secret";

function setCustomData(secret: Secret, customData: string): void {
  if (isGeneric(secret)) throw KMS_ASSUMED.managedOnly();
  const config: Record<string, unknown> = JSON.parse(secret.extendedConfig ?? "{}");
  secret.extendedConfig = JSON.stringify({ ...config, CustomData: JSON.parse(customData) });
}

export const updateSecret = operation(
  "UpdateSecret",
  { SecretName: secretName, Description: z.string().optional(), "ExtendedConfig.CustomData": jsonText.optional() },
  (input, { secrets }) => {
    const customData = input["ExtendedConfig.CustomData"];
    if (input.Description === undefined && customData === undefined) throw parameterErrors.missing("Description");
    const secret = secrets.live(input.SecretName);
    if (customData !== undefined) setCustomData(secret, customData);
    if (input.Description !== undefined) secret.description = input.Description;
    secret.updateTime = secrets.now;
    return { SecretName: secret.name };
  },
);
