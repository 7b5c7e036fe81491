import { Refusal } from "./failures";
import type { Project, SecretEvent } from "./model";

/** Throws `Refusal` (CSMS.0005). */
export function eventNamed(project: Project, name: string): SecretEvent {
  const event = project.events.get(name);
  if (!event) throw new Refusal("resourceNotFound");
  return event;
}
