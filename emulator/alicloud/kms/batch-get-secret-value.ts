import { z } from "zod";
import { jsonOf } from "../parameters";
import { RpcError } from "../rpc-error";
import { operation } from "./context";
import { secretValue, valueSelection } from "./get-secret-value";
import type { SecretStore } from "./store";

const wanted = z.object({ ...valueSelection, FetchExtendedConfig: z.boolean().default(false) });

function valueOrError(secrets: SecretStore, selection: z.output<typeof wanted>) {
  try {
    return { value: secretValue(secrets, selection) };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { code: Code, status: HttpStatus, message: Message } = error;
    return { error: { Code, HttpStatus, Message, SecretName: selection.SecretName } };
  }
}

export const batchGetSecretValue = operation(
  "BatchGetSecretValue",
  { SecretsList: jsonOf(z.array(wanted).min(1, "names no secret").max(20, "at most 20 secrets")) },
  (input, { secrets }) => {
    const results = input.SecretsList.map((selection) => valueOrError(secrets, selection));
    return {
      SecretValues: results.flatMap(({ value }) => value ?? []),
      Errors: results.flatMap(({ error }) => error ?? []),
    };
  },
);
