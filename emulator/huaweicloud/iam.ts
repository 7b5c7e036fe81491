import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { authenticate } from "./authenticate";
import { Refusal } from "./failures";
import { domainIdOf, projectIdOf } from "./identity";
import { failureReply, reply } from "./reply";

/** Regions of this prefix have no project. */
const emptyRegion = /^cn-none-/;

interface Seen {
  readonly projects: Map<string, string>;
  readonly refusedCreations: { time: number }[];
}

type Answer = (request: WireRequest, options: ServiceOptions, seen: Seen) => WireReply;

const operations: Readonly<Record<string, readonly [name: string, answer: Answer]>> = {
  "GET /v3/projects": ["ListProjects", listProjects],
  "POST /v3/projects": ["CreateProject", refuseCreation],
  "GET /v3/auth/domains": ["ListAuthDomains", listAuthDomains],
  "GET /v3/regions": ["ListRegions", listRegions],
};

/** What clients ask of IAM to find a region's project; it creates none, and keeps who tried. */
export function iam(options: ServiceOptions): Service {
  const seen: Seen = { projects: new Map(), refusedCreations: [] };
  return {
    name: "iam",
    accepts: (request) => request.rawPath.startsWith("/v3/"),
    operationOf: (request) => `iam.${operationOf(request)?.[0] ?? "Unknown"}`,
    answer(request) {
      const [, run] = operationOf(request) ?? [];
      if (!run) return failureReply("apiNotFound");
      try {
        authenticate(request, options);
        return run(request, options, seen);
      } catch (error) {
        return error instanceof Refusal ? failureReply(error.failure, error.detail) : failureReply("internal");
      }
    },
    refuse(fault) {
      if (fault === "quota") return keystoneError(403, "Forbidden", "The quota has been reached.");
      return failureReply(fault === "throttle" ? "throttled" : fault);
    },
    state: () => ({
      projects: [...seen.projects].map(([name, id]) => ({ name, id })),
      refusedCreations: [...seen.refusedCreations],
    }),
    reset() {
      seen.projects.clear();
      seen.refusedCreations.length = 0;
    },
  };
}

function operationOf(request: WireRequest): readonly [name: string, answer: Answer] | undefined {
  return operations[`${request.method} ${request.rawPath}`];
}

/** The project of the region in `name`; without it, those that were asked for. */
function listProjects(request: WireRequest, options: ServiceOptions, { projects }: Seen): WireReply {
  const name = new URLSearchParams(request.rawQuery).get("name");
  if (name && !emptyRegion.test(name)) projects.set(name, projectIdOf(name));
  const listed = [...projects].filter(([region]) => region === (name || region));
  const domainId = domainIdOf(options.accessKey);
  const self = `http://${request.headers.host}/v3/projects`;
  return reply({
    projects: listed.map(([region, id]) => ({
      id,
      name: region,
      description: "",
      domain_id: domainId,
      parent_id: domainId,
      is_domain: false,
      enabled: true,
      links: links(`${self}/${id}`),
    })),
    links: links(self),
  });
}

function refuseCreation(_request: WireRequest, options: ServiceOptions, { refusedCreations }: Seen): WireReply {
  refusedCreations.push({ time: options.now() });
  return keystoneError(403, "Forbidden", "You are not authorized to perform the requested action.");
}

function listAuthDomains(request: WireRequest, options: ServiceOptions): WireReply {
  const id = domainIdOf(options.accessKey);
  const self = `http://${request.headers.host}/v3/auth/domains`;
  return reply({ domains: [{ id, name: "emulated", enabled: true, links: links(self) }], links: links(self) });
}

/** One region that has no project: the vendor's client then goes on to create one. */
function listRegions(request: WireRequest): WireReply {
  const self = `http://${request.headers.host}/v3/regions`;
  return reply({ regions: [{ id: "cn-none-1", type: "public", links: links(self) }], links: links(self) });
}

function keystoneError(status: number, title: string, message: string): WireReply {
  return reply({ error: { code: status, title, message } }, status);
}

function links(self: string): object {
  return { self, next: null, previous: null };
}
