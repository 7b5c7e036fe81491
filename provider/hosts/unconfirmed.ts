import type { Attempt } from "../definition";
import { CloudError } from "../errors";
import type { Values } from "../fields";
import { toWire } from "./wire";

/** Marks the state of a secret of which nobody knows whether it was made, and tells when its create was under way. */
const unconfirmedKey = "__unconfirmed";

export const attemptOf = (properties: Values) => properties[unconfirmedKey] as Attempt | undefined;

export const markOf = (attempt: Attempt | undefined): Values =>
  attempt ? { [unconfirmedKey]: toWire({}, { ...attempt }) } : {};

/** The engine wants the name of what differs: there is none but that it has no id yet. */
export const replacement = { changes: true, replaces: ["id"], deleteBeforeReplace: true };

export const whyReplaced = (id: string) =>
  `nobody knows yet whether ${id} was made: what is provably of that create is deleted, and it is made anew; run \`pulumi refresh\` first to keep that instead`;

export function notUpdatable(id: string): CloudError {
  const message = `nobody knows yet whether ${id} was made, so it cannot be updated: run \`pulumi refresh\`, and then \`pulumi up\` again`;
  return new CloudError({ kind: "unconfirmed", message });
}
