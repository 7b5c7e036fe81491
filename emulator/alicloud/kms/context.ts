import { operationsOver } from "../product";
import type { SecretStore } from "./store";

/** What a KMS operation works on: the secrets of the call's region. */
export interface KmsContext {
  readonly secrets: SecretStore;
}

export const operation = operationsOver<KmsContext>();
