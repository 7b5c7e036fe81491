import { z } from "zod";
import { KMS_ASSUMED } from "../assumptions";
import { jsonOf } from "../parameters";
import { operation } from "./context";
import { customData } from "./extended-config";
import { extendedConfig, secretName } from "./fields";
import { parameterErrors } from "./refusals";
import type { Secret } from "./secret";

const parameters = {
  SecretName: secretName,
  Description: z.string().optional(),
  "ExtendedConfig.CustomData": extendedConfig.pipe(jsonOf(customData)).optional(),
};

function replaceCustomData(secret: Secret, CustomData: object): void {
  if (!secret.managed) throw KMS_ASSUMED.managedOnly();
  secret.managed = { ...secret.managed, config: { ...secret.managed.config, CustomData } };
}

export const updateSecret = operation("UpdateSecret", parameters, (input, { secrets }) => {
  const given = input["ExtendedConfig.CustomData"];
  if (input.Description === undefined && given === undefined) throw parameterErrors.missing("Description");
  const secret = secrets.live(input.SecretName);
  if (given !== undefined) replaceCustomData(secret, given);
  if (input.Description !== undefined) secret.description = input.Description;
  secret.updateTime = secrets.now;
  return { SecretName: secret.name };
});
