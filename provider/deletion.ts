import { z } from "zod";
import type { Definition, Observed, PlannedChange } from "./definition";
import { plan, replacing, type Shape } from "./diff";
import { CloudError, mayHaveActed } from "./errors";
import { input, namesWhere, type Values } from "./fields";
import type { Step } from "./steps";
import { hasUnknown } from "./unknown";
import { unsure } from "./versions";

/** The state of what waits for deletion. */
export const pending = "PENDING_DELETE";

/** How a secret is deleted, on the services that can give a deleted secret back. */
export const deletionInputs = {
  recoveryWindowInDays: input(
    z.int("must be a whole number").min(7, "must be from 7 to 30").max(30, "must be from 7 to 30"),
    {
      doc: "For how many days after its deletion the secret can be restored: 7 to 30, by default 30. Its name stays taken for that time. It is used when the secret is deleted, and has no meaning with `forceDeleteWithoutRecovery`.",
      onChange: "update",
      writeOnly: true,
      default: 30,
    },
  ),
  forceDeleteWithoutRecovery: input(z.boolean(), {
    doc: "Whether deletion is at once and for good, which frees the name. By default false: a deleted secret can be restored for `recoveryWindowInDays`. With true, creating the secret also finishes a deletion that waits for the same name, where what waits cannot become what is declared.",
    onChange: "update",
    writeOnly: true,
    skipsRecovery: true,
    default: false,
  }),
} as const;

/** A replacement that leaves no way back to the old secret: it is deleted for good, or ended as it keeps the name. */
export function lostForGood(shape: Shape, change: PlannedChange): string[] {
  const [force] = namesWhere(shape.inputs, (field) => field.skipsRecovery);
  const [name] = namesWhere(shape.inputs, (field) => field.name);
  const what = replacing(change);
  const open = what && force && name && openConditions(shape, { force, name }, change);
  if (!open) return [];
  const end =
    open.length > 0
      ? `and the old one ends for good, with all its versions, if ${open.join(" and ")}`
      : `and ${force}: true ends the old one for good, with all its versions`;
  return [`${what} "${change.state[name]}", ${end}: nobody can bring it back`];
}

/** What is not known yet and has to turn out so for the old secret to end for good; undefined where it cannot. */
function openConditions(
  shape: Shape,
  { force, name }: Readonly<Record<"force" | "name", string>>,
  { state, inputs, plan: planned }: PlannedChange,
): string[] | undefined {
  if (state[force] === true) return [];
  const [isForceOpen, isNameOpen] = [hasUnknown(inputs[force]), hasUnknown(inputs[name])];
  const { replaces, deleteBeforeReplace } = isNameOpen
    ? plan(shape, state, { ...inputs, [name]: state[name] })
    : planned;
  if (replaces.length === 0 || !deleteBeforeReplace || !(inputs[force] === true || isForceOpen)) return undefined;
  return [...(isNameOpen ? [`${name} stays`] : []), ...(isForceOpen ? [`${force} is true`] : [])];
}

/** A name is taken by a secret that waits for deletion and that could not become the declared one. */
export function otherSecretWaits(call: string, nameField: string, differing: readonly string[]): CloudError {
  const message = `${call} failed: a secret of this name waits for deletion, and what cannot be changed in it is not as declared (${differing.join(", ")}). Give a new ${nameField}, or set forceDeleteWithoutRecovery: true, which deletes what waits for good.`;
  return new CloudError({ kind: "pendingDeletion", message });
}

/** Deletes a secret. Where nobody knows whether that happened, it is done if a look finds nothing any more. */
export async function surelyDelete(definition: Definition, client: unknown, found: Observed): Promise<void> {
  try {
    await definition.delete(client, found);
  } catch (error) {
    if (!mayHaveActed(error)) throw error;
    const look = definition.read(client, found.id, found.state);
    const isThere = await look.then(Boolean, () => undefined);
    if (isThere !== false) throw isThere === undefined ? perhapsDeleted(error) : error;
  }
}

/** The engine keeps what may be gone, and an up that finds it declared again would change nothing. */
function perhapsDeleted(error: CloudError): CloudError {
  const message = `${error.message} It may be deleted already: run \`pulumi refresh\` before the next up.`;
  return new CloudError({ ...error, message });
}

/** Brings back a secret that waits for deletion; where nobody knows whether it still does, that is kept, and the next update restores it. */
export function bringBack<State extends Values & { readonly state?: string | undefined }>(
  idOf: (state: State) => string | undefined,
  restore: (state: State) => Promise<void>,
): Step<State> {
  return async (state) => {
    if (state.state !== pending) return undefined;
    await restore(state).catch((error: unknown) => {
      throw mayHaveActed(error) ? unsure(idOf(state), state, error) : error;
    });
    return { ...state, state: "ENABLED" };
  };
}
