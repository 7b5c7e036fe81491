import { z } from "zod";
import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { authenticate } from "./authenticate";
import { Refusal } from "./failures";
import { fields } from "./fields";
import { domainIdOf } from "./identity";
import type { Project } from "./model";
import { parse, rawInput } from "./operation";
import { type ErrorShape, failureReply, reply } from "./reply";
import { rotateDue } from "./rotation";
import { routeOf } from "./routes";
import { purge } from "./secrets";
import { stateOf } from "./state";

const faults = {
  throttle: "throttled",
  quota: "secretQuota",
  unavailable: "unavailable",
  internal: "internal",
} as const;
const projectPath = z.object({ path: z.object({ project_id: fields.project_id }) });

/** The Cloud Secret Management Service, v1: secrets of any project, each by name. */
export function csms(options: ServiceOptions): Service {
  const projects = new Map<string, Project>();
  return {
    name: "csms",
    accepts: (request) => request.rawPath.startsWith("/v1/"),
    operationOf: (request) => `csms.${routeOf(request)?.operation.name ?? "Unknown"}`,
    answer: (request) => answer(request, options, projects),
    refuse: (fault, request) => failureReply(faults[fault], "", request && routeOf(request)?.operation.errors),
    state() {
      for (const project of projects.values()) bringUpToDate(project, options.now());
      return stateOf([...projects.values()]);
    },
    reset: () => projects.clear(),
  };
}

function answer(request: WireRequest, options: ServiceOptions, projects: Map<string, Project>): WireReply {
  const route = routeOf(request);
  if (!route) return failureReply("apiNotFound");
  const { operation, path } = route;
  try {
    authenticate(request, options);
    const raw = rawInput(request, path);
    const id = parse(projectPath, raw).path.project_id;
    const project = projects.get(id) ?? newProject(id, options.accessKey);
    projects.set(id, project);
    const now = options.now();
    bringUpToDate(project, now);
    return reply(operation.run(raw, { project, now }));
  } catch (error) {
    return failed(error, operation.errors);
  }
}

function failed(error: unknown, shape: ErrorShape): WireReply {
  return error instanceof Refusal ? failureReply(error.failure, error.detail, shape) : failureReply("internal");
}

function newProject(id: string, accessKey: string): Project {
  return { id, domainId: domainIdOf(accessKey), secrets: new Map(), events: new Map(), tasks: [] };
}

function bringUpToDate(project: Project, now: number): void {
  purge(project, now);
  rotateDue(project, now);
}
