import type { Values } from "../../provider/fields";
import type { Declared, Kind } from "./declared";

/** What tells secrets apart, as everything happens in one region. */
export type Place = Pick<Declared, "kind" | "name">;

/** Why a command failed. */
export interface Failure {
  readonly message: string;
  /** What the engine says that it was to make. */
  readonly attempted?: readonly Place[];
}

/** What the state holds of a secret. */
export interface Held {
  /** What the program calls it. */
  readonly key: string;
  readonly kind: Kind;
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
  /** Something new has taken its place, and it is still to be deleted. */
  readonly isReplaced?: boolean;
}

/** The provider is killed, somebody presses Ctrl-C, or the state cannot be written. */
export const hazardKinds = ["killed", "interrupted", "unwritable"] as const;

/** What happens to a command besides what the clouds do. */
export interface Hazard {
  readonly kind: (typeof hazardKinds)[number];
  /** At which call that the emulator gets from the command, counted from 1. */
  readonly atCall: number;
}

/** Pulumi's commands, on one stack. */
export interface Engine {
  held(): readonly Held[];
  up(program: readonly Declared[], hazard?: Hazard): Promise<Failure | undefined>;
  refresh(): Promise<Failure | undefined>;
  destroy(): Promise<Failure | undefined>;
}
