import { operationsOver } from "../product";
import type { Session, Sessions } from "../sessions";

/** What an operation works on: the temporary keys, and who calls. */
export interface StsContext {
  readonly sessions: Sessions;
  /** Undefined where lasting keys call, or nobody known does. */
  readonly caller: Session | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const operation = operationsOver<StsContext>();
