import { operationsOver } from "../product";
import type { DatabaseSecretStore } from "./store";

/** What an operation works on: the secrets of the call's region. */
export interface GpdbContext {
  readonly secrets: DatabaseSecretStore;
}

export const operation = operationsOver<GpdbContext>();
