import { z } from "zod";
import type { WireRequest } from "../service";
import { Refusal } from "./failures";
import type { Project } from "./model";
import type { Projects } from "./projects";
import type { ErrorShape } from "./reply";

/** What a request brings, before validation. */
interface RawInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Where an operation acts; `now` in milliseconds. */
export interface Context {
  readonly project: Project;
  /** All of them, for what reaches beyond one. */
  readonly projects: Projects;
  readonly now: number;
}

export interface Operation<C = Context> {
  readonly name: string;
  readonly errors: ErrorShape;
  /** What it takes, as in a definition. */
  readonly input: z.ZodType;
  /** The content of the reply; undefined is 204. Throws `Refusal`. */
  run(raw: RawInput, context: C): object | undefined;
}

interface Definition<I, C> {
  readonly name: string;
  /** Shape of its error bodies; default "top". */
  readonly errors?: ErrorShape;
  /** Over `{ path, query, body }`; what it does not name is ignored. */
  readonly input: z.ZodType<I>;
  run(input: I, context: C): object | undefined;
}

/** An operation of the API: its parameters validated, then run. */
export function operation<I, C = Context>({ name, errors = "top", input, run }: Definition<I, C>): Operation<C> {
  return { name, errors, input, run: (raw, context) => run(parse(input, raw), context) };
}

/** Decodes a request's query and JSON body; parameters without a value count as absent. */
export function rawInput(request: WireRequest, path: RawInput["path"]): RawInput {
  const query = Object.fromEntries([...new URLSearchParams(request.rawQuery)].filter(([, value]) => value !== ""));
  return { path, query, body: request.method === "POST" || request.method === "PUT" ? json(request.body) : {} };
}

/** Validates; throws `Refusal` (CSMS.0002) that names every wrong parameter. */
export function parse<I>(schema: z.ZodType<I>, raw: unknown): I {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.slice(1).join(".")}: ${message}`);
  throw new Refusal("parameter", faults.join("; "));
}

function json(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new Refusal("bodyFormat");
  }
}
