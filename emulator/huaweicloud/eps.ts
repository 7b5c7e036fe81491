import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { authenticate } from "./authenticate";
import { filterResources } from "./enterprise-projects/filter-resources";
import { migrateResource } from "./enterprise-projects/migrate-resource";
import { movesOf } from "./enterprise-projects/moves";
import type { EpsContext } from "./enterprise-projects/operation";
import { type Failure, Refusal } from "./failures";
import { type Operation, rawInput } from "./operation";
import { Projects } from "./projects";
import { failureReply, reply } from "./reply";
import { type Route, routeIn } from "./router";

const enterpriseProject = "/v1.0/enterprise-projects/{enterprise_project_id}";

const routes: readonly Route<Operation<EpsContext>>[] = [
  ["POST", `${enterpriseProject}/resources-migrate`, migrateResource],
  ["POST", `${enterpriseProject}/resources/filter`, filterResources],
];

const faults = {
  throttle: "epsThrottled",
  quota: "epsForbidden",
  unavailable: "unavailable",
  internal: "epsInternal",
} as const;

/** This service's own words for what can go wrong in each. */
const inOwnWords: Partial<Record<Failure, Failure>> = {
  parameter: "epsParameter",
  bodyFormat: "epsParameter",
  token: "epsUnauthenticated",
  signature: "epsUnauthenticated",
};

/** The Enterprise Project Management Service, v1.0: which enterprise project a secret is in, and moving it to another. */
export function eps(options: ServiceOptions, projects: Projects = new Projects(options)): Service {
  return {
    name: "eps",
    operations: routes.map(([, , { name }]) => name),
    accepts: (request) => request.rawPath.startsWith("/v1.0/"),
    operationOf: (request) => `eps.${routeIn(routes, request)?.operation.name ?? "Unknown"}`,
    answer: (request) => answer(request, options, projects),
    refuse: (fault) => failureReply(faults[fault], "", "nested"),
    state() {
      projects.bringUpToDate(options.now());
      return { moves: projects.all().flatMap(movesOf) };
    },
    reset: () => projects.clear(),
  };
}

function answer(request: WireRequest, options: ServiceOptions, projects: Projects): WireReply {
  const route = routeIn(routes, request);
  if (!route) return failureReply("apiNotFound");
  try {
    authenticate(request, options);
    const now = options.now();
    projects.bringUpToDate(now);
    return reply(route.operation.run(rawInput(request, route.path), { projects, now }));
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): WireReply {
  if (!(error instanceof Refusal)) return failureReply("epsInternal", "", "nested");
  return failureReply(inOwnWords[error.failure] ?? error.failure, error.detail, "nested");
}
