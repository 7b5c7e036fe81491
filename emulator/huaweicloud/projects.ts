import type { ServiceOptions } from "../service";
import { settleMoves } from "./enterprise-projects/moves";
import { domainIdOf } from "./identity";
import type { Project } from "./model";
import { followPrimaries, settleReplicas } from "./replicas";
import { finishRotations, rotateDue } from "./rotation";
import { purge } from "./secrets";

/** The projects of the account by id: what CSMS keeps in them, and what EPS knows of it. */
export class Projects {
  readonly #domainId: string;
  readonly #projects = new Map<string, Project>();

  constructor({ accessKey }: Pick<ServiceOptions, "accessKey">) {
    this.#domainId = domainIdOf(accessKey);
  }

  /** A project; an empty one where nobody has used it yet. */
  get(id: string): Project {
    const known = this.#projects.get(id);
    if (known) return known;
    const project = { id, domainId: this.#domainId, secrets: new Map(), events: new Map(), tasks: [] };
    this.#projects.set(id, project);
    return project;
  }

  /** Those that anybody has used. */
  all(): Project[] {
    return [...this.#projects.values()];
  }

  clear(): void {
    this.#projects.clear();
  }

  /** Lets happen what fell due while nobody asked. */
  bringUpToDate(now: number): void {
    for (const project of this.all()) {
      finishRotations(project, now);
      purge(project, now);
      rotateDue(project, now);
      settleMoves(project, now);
      settleReplicas(project, now);
    }
    followPrimaries(this);
  }
}
