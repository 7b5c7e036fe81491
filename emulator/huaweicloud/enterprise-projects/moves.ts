import { assumptions } from "../assumptions";
import type { Project, Secret } from "../model";

/** Begins to move a secret to an enterprise project; a move that is under way goes there instead. */
export function startMove(secret: Secret, enterpriseProjectId: string, now: number): void {
  secret.move = { to: enterpriseProjectId, doneTime: now + assumptions.moveMs };
}

/** Ends the moves that have had their time. */
export function settleMoves(project: Project, now: number): void {
  for (const secret of project.secrets.values()) {
    if (secret.move === null || secret.move.doneTime > now) continue;
    secret.enterpriseProjectId = secret.move.to;
    secret.move = null;
  }
}

/** The moves under way as plain JSON. */
export function movesOf({ secrets }: Project): object[] {
  return [...secrets.values()].flatMap(({ id, projectId, enterpriseProjectId, move }) =>
    move ? [{ resourceId: id, projectId, from: enterpriseProjectId, ...move }] : [],
  );
}
