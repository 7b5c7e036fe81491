import { Refusal } from "./failures";
import type { Project, Secret } from "./model";

/** Throws `Refusal` (CSMS.0106). */
export function secretNamed(project: Project, name: string): Secret {
  const secret = project.secrets.get(name);
  if (!secret) throw new Refusal("secretNotFound");
  return secret;
}

/** Tags know secrets by id. Throws `Refusal` (CSMS.0005). */
export function secretWithId(project: Project, id: string): Secret {
  const secret = [...project.secrets.values()].find((candidate) => candidate.id === id);
  if (!secret) throw new Refusal("resourceNotFound");
  return secret;
}

/** The secret, for what needs its value. Throws `Refusal` (CSMS.0106, CSMS.0109). */
export function enabledSecret(project: Project, name: string): Secret {
  const secret = secretNamed(project, name);
  if (secret.state !== "ENABLED") throw new Refusal("notEnabled");
  return secret;
}

/** The secret, for a change. Throws `Refusal` (CSMS.0106, CSMS.0103, CSMS.0003). */
export function changeableSecret(project: Project, name: string): Secret {
  return changeable(secretNamed(project, name));
}

/** Throws `Refusal` while a deletion is scheduled (CSMS.0103), and for a replica (CSMS.0003). */
export function changeable(secret: Secret): Secret {
  if (living(secret).primaryProjectId === null) return secret;
  throw new Refusal("request", "the secret is a replica, which its primary alone changes");
}

/** Throws `Refusal` (CSMS.0103) while a deletion is scheduled. */
function living(secret: Secret): Secret {
  if (secret.state === "PENDING_DELETE") throw new Refusal("pendingDeletion");
  return secret;
}

/** Throws `Refusal` where a secret has the name, one that waits for its deletion too (CSMS.0103). */
export function requireFreeName(project: Project, name: string): void {
  const holder = project.secrets.get(name);
  if (!holder) return;
  living(holder);
  throw new Refusal("alreadyExists");
}

/** Secrets in the order of their names. */
export function sortedSecrets(project: Project): Secret[] {
  return [...project.secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Removes the secrets whose recovery window is over. */
export function purge(project: Project, now: number): void {
  for (const { name, scheduledDeleteTime } of project.secrets.values())
    if ((scheduledDeleteTime ?? Number.POSITIVE_INFINITY) <= now) project.secrets.delete(name);
}
