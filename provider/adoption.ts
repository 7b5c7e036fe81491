import { z } from "zod";
import { CloudError, describeFailure } from "./errors";
import { input } from "./fields";

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

/** Why what exists cannot be taken over. */
export function cannotAdopt(existing: string, fixed: readonly string[]): string {
  return `${existing} exists already and cannot be taken over, since what cannot be changed in it is not as declared: ${fixed.join(", ")}. Declare it as it is, or give another name`;
}
