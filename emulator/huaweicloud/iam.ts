import { z } from "zod";
import type { Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { authenticate } from "./authenticate";
import { Refusal } from "./failures";
import { domainIdOf, projectIdOf } from "./identity";
import { keystoneError } from "./keystone";
import { failureReply, reply } from "./reply";
import { createTemporaryAccessKeyByAgency } from "./sign-in/create-temporary-access-key-by-agency";
import { createTemporaryAccessKeyByToken } from "./sign-in/create-temporary-access-key-by-token";
import { createUnscopedTokenWithIdToken } from "./sign-in/create-unscoped-token-with-id-token";
import type { Giver } from "./temporary-keys";

/** Regions of this prefix have no project. */
const emptyRegion = /^cn-none-/;

interface Seen extends Giver {
  readonly projects: Map<string, string>;
  readonly refusedCreations: { time: number }[];
}

type Answer = (request: WireRequest, options: ServiceOptions, seen: Seen) => WireReply;

const operations: Readonly<Record<string, readonly [name: string, answer: Answer]>> = {
  "GET /v3/projects": ["ListProjects", signed(listProjects)],
  "POST /v3/projects": ["CreateProject", signed(refuseCreation)],
  "GET /v3/auth/domains": ["ListAuthDomains", signed(listAuthDomains)],
  "GET /v3/regions": ["ListRegions", signed(listRegions)],
  "POST /v3.0/OS-CREDENTIAL/securitytokens#assume_role": [
    "CreateTemporaryAccessKeyByAgency",
    createTemporaryAccessKeyByAgency,
  ],
  "POST /v3.0/OS-CREDENTIAL/securitytokens#token": ["CreateTemporaryAccessKeyByToken", createTemporaryAccessKeyByToken],
  "POST /v3.0/OS-AUTH/id-token/tokens": ["CreateUnscopedTokenWithIdToken", createUnscopedTokenWithIdToken],
};

/** What clients ask of IAM to find a region's project, which it does not create, keeping who tried, and to get temporary keys. */
export function iam(options: ServiceOptions): Service {
  const seen: Seen = { projects: new Map(), refusedCreations: [], givenOut: [] };
  return {
    name: "iam",
    operations: Object.values(operations).map(([name]) => name),
    accepts: (request) => /^\/v3(\.0)?\//.test(request.rawPath),
    operationOf: (request) => `iam.${operationOf(request)?.[0] ?? "Unknown"}`,
    answer(request) {
      const [, run] = operationOf(request) ?? [];
      if (!run) return failureReply("apiNotFound");
      try {
        return run(request, options, seen);
      } catch (error) {
        return failed(error);
      }
    },
    refuse(fault) {
      if (fault === "quota") return keystoneError(403, "Forbidden", "The quota has been reached.");
      return failureReply(fault === "throttle" ? "throttled" : fault);
    },
    state: () => ({
      projects: [...seen.projects].map(([name, id]) => ({ name, id })),
      refusedCreations: [...seen.refusedCreations],
      givenOut: [...seen.givenOut],
    }),
    reset() {
      seen.projects.clear();
      seen.refusedCreations.length = 0;
      seen.givenOut.length = 0;
    },
  };
}

const methods = z.object({ auth: z.object({ identity: z.object({ methods: z.array(z.string()) }) }) });

/** Two operations have one address, and differ by the method that the body names. */
function operationOf(request: WireRequest): readonly [name: string, answer: Answer] | undefined {
  const address = `${request.method} ${request.rawPath}`;
  return operations[address] ?? operations[`${address}#${methodOf(request)}`];
}

function methodOf({ body }: WireRequest): string {
  try {
    return methods.parse(JSON.parse(body.toString("utf8"))).auth.identity.methods.join();
  } catch {
    return "";
  }
}

function signed(answer: Answer): Answer {
  return (request, options, seen) => {
    authenticate(request, options);
    return answer(request, options, seen);
  };
}

function failed(error: unknown): WireReply {
  if (!(error instanceof Refusal)) return failureReply("internal");
  if (error.failure === "parameter" || error.failure === "bodyFormat")
    return keystoneError(400, "Bad Request", error.detail || error.message);
  return failureReply(error.failure, error.detail);
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

function links(self: string): object {
  return { self, next: null, previous: null };
}
