import { Refusal } from "./failures";
import type { Project, Secret, SecretEvent } from "./model";

/** Throws `Refusal` (CSMS.0005). */
export function eventNamed(project: Project, name: string): SecretEvent {
  const event = project.events.get(name);
  if (!event) throw new Refusal("resourceNotFound");
  return event;
}

/** Throws `Refusal` (CSMS.0003) while a secret subscribes to the event; one that waits for deletion does not count. */
export function requireUnheard(project: Project, name: string): void {
  const hears = ({ state, eventSubscriptions }: Secret) =>
    state !== "PENDING_DELETE" && eventSubscriptions.includes(name);
  if ([...project.secrets.values()].some(hears)) throw new Refusal("request", "a secret subscribes to the event");
}
