import { z } from "zod";
import { type Shape, unchangeable } from "./diff";
import { CloudError, describeFailure } from "./errors";
import { input, type Values } from "./fields";

/** Whether creating may take over what has the name already. */
export const adoptionInput = {
  adoptExisting: input(z.boolean(), {
    doc: "Whether creating takes over what exists already under this name and brings it to what is declared; a warning at preview lists what will differ. From then on it belongs to the stack, which also deletes it. By default false: then it is left alone, and creating fails. Changing it alone changes nothing.",
    onChange: "nothing",
    writeOnly: true,
    adopts: true,
    default: false,
  }),
} as const;

/** Something else has the name, and creating was not allowed to take it over. */
export function nameTaken(call: string, said: string): CloudError {
  const facts = { kind: "exists", said } as const;
  return new CloudError({ ...facts, message: describeFailure(call, facts) });
}

/** Throws where what is to be taken over could not become what is declared. */
export function requireAdoptable(shape: Shape, existing: string, state: Values, wanted: Values): void {
  const fixed = unchangeable(shape, state, wanted);
  if (fixed.length > 0) throw new CloudError({ kind: "exists", message: cannotAdopt(existing, fixed) });
}

/** Why what exists cannot be taken over. */
export function cannotAdopt(existing: string, fixed: readonly string[]): string {
  return `${existing} exists already and cannot be taken over, since what cannot be changed in it is not as declared: ${fixed.join(", ")}. Declare it as it is, or give another name`;
}

/** What taking over changes, and what it may change, since that is not known yet. */
export function whatChanges(known: readonly string[], pending: readonly string[]): string {
  if (known.length === 0 && pending.length === 0) return "nothing of it will change";
  const will = known.length > 0 ? [`these will change: ${known.join(", ")}`] : [];
  const may = `these may${known.length > 0 ? "" : " change"}, as they are not known yet: ${pending.join(", ")}`;
  return [...will, ...(pending.length > 0 ? [may] : [])].join("; ");
}
