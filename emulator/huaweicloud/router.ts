import type { WireRequest } from "../service";
import { decodeSegment } from "./signature";

export type Route<Operation> = readonly [method: string, path: string, operation: Operation];

/** What a request asks for: an operation, and the parameters in the path, decoded. */
export interface Asked<Operation> {
  readonly operation: Operation;
  readonly path: Record<string, string>;
}

/** The first route that fits a request; undefined where none does. */
export function routeIn<Operation>(
  routes: readonly Route<Operation>[],
  request: WireRequest,
): Asked<Operation> | undefined {
  const segments = request.rawPath.replace(/\/$/, "").split("/");
  for (const [method, template, operation] of routes) {
    const path = method === request.method ? matched(template.split("/"), segments) : undefined;
    if (path) return { operation, path };
  }
  return undefined;
}

function matched(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [i, part] of template.entries()) {
    const segment = decodeSegment(segments[i] ?? "");
    if (part.startsWith("{")) path[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return path;
}
