import { z } from "zod";
import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { authenticate } from "./authenticate";
import { Refusal } from "./failures";
import { fields } from "./fields";
import { load } from "./load";
import { parse, rawInput } from "./operation";
import { Projects } from "./projects";
import { type ErrorShape, failureReply, reply } from "./reply";
import { operationNames, routeOf } from "./routes";
import { stateOf } from "./state";

const faults = {
  throttle: "throttled",
  quota: "secretQuota",
  unavailable: "unavailable",
  internal: "internal",
} as const;
const projectPath = z.object({ path: z.object({ project_id: fields.project_id }) });

/** The Cloud Secret Management Service, v1: secrets of any project, each by name. */
export function csms(options: ServiceOptions, projects: Projects = new Projects(options)): Service {
  return {
    name: "csms",
    operations: operationNames,
    accepts: (request) => request.rawPath.startsWith("/v1/"),
    operationOf: (request) => `csms.${routeOf(request)?.operation.name ?? "Unknown"}`,
    answer: (request) => answer(request, options, projects),
    refuse: (fault, request) => failureReply(faults[fault], "", request && routeOf(request)?.operation.errors),
    state() {
      projects.bringUpToDate(options.now());
      return stateOf(projects.all());
    },
    load: (state) => load(state, projects),
    reset: () => projects.clear(),
  };
}

function answer(request: WireRequest, options: ServiceOptions, projects: Projects): WireReply {
  const route = routeOf(request);
  if (!route) return failureReply("apiNotFound");
  const { operation, path } = route;
  try {
    authenticate(request, options);
    const raw = rawInput(request, path);
    const project = projects.get(parse(projectPath, raw).path.project_id);
    const now = options.now();
    projects.bringUpToDate(now);
    return reply(operation.run(raw, { project, projects, now }));
  } catch (error) {
    return failed(error, operation.errors);
  }
}

function failed(error: unknown, shape: ErrorShape): WireReply {
  return error instanceof Refusal ? failureReply(error.failure, error.detail, shape) : failureReply("internal");
}
