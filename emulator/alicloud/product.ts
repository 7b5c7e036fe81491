import { z } from "zod";
import type { Fault, Service, ServiceOptions, WireReply, WireRequest } from "../service";
import { type ParameterErrors, readParameters } from "./parameters";
import { type Answer, failure, type ReplyStyle, success } from "./reply";
import { type Fields, type RpcCall, rpcCallOf } from "./rpc";
import { gatewayRefusal, notSupplied, RpcError } from "./rpc-error";
import type { Sessions } from "./sessions";
import { signatureGate } from "./signature/gate";

/** One API operation, from decoded parameters to the fields of its answer. */
export interface Operation<Context> {
  readonly name: string;
  /** What it takes. */
  readonly input: z.ZodType;
  /** Anybody may call it, without a signature. */
  readonly isOpen: boolean;
  call(fields: Fields, errors: ParameterErrors, context: Context): Answer;
}

/** Returns the constructor of operations over one product's context: a name, a table of parameters, and what it does. */
export const operationsOver =
  <Context>() =>
  <Shape extends z.ZodRawShape>(
    name: string,
    parameters: Shape,
    run: (input: z.output<z.ZodObject<Shape>>, context: Context) => Answer,
    { isOpen = false } = {},
  ): Operation<Context> => {
    const input = z.object(parameters);
    return {
      name,
      input,
      isOpen,
      call: (fields, errors, context) => run(readParameters(input, fields, errors), context),
    };
  };

/** What makes one RPC product different from another. */
export interface Product<Context> {
  readonly name: string;
  readonly version: string;
  readonly style: ReplyStyle;
  readonly operations: readonly Operation<Context>[];
  readonly parameterErrors: ParameterErrors;
  readonly faults: Readonly<Record<Fault, () => RpcError>>;
  /** `accessKey` is that of the caller, where the call is signed. */
  contextOf(region: string, accessKey: string | undefined): Context;
  state(): unknown;
  load(state: unknown): void;
  reset(): void;
}

const REGION_IN_HOST = /^(?:kms|gpdb|sts)(?:-vpc)?\.([a-z]+-[a-z0-9-]+)\./;

/** The region of a call: its parameter, else its endpoint, else cn-hangzhou. */
export function regionOf(call: RpcCall): string {
  const region = call.fields.get("RegionId") || (REGION_IN_HOST.exec(call.host)?.[1] ?? "cn-hangzhou");
  if (/^[a-z0-9-]{1,64}$/.test(region)) return region;
  throw gatewayRefusal(404, "InvalidRegionId.NotFound", "The specified region does not exist.");
}

/** A service on the RPC wire: refuses what is not signed, answers the operations of the product, never throws. */
export function rpcService<Context>(product: Product<Context>, options: ServiceOptions, sessions: Sessions): Service {
  const operations = new Map(product.operations.map((operation) => [operation.name, operation]));
  let admit = signatureGate(options, sessions);

  const perform = (request: WireRequest, call: RpcCall): Answer => {
    if (call.malformed) throw gatewayRefusal(400, "InvalidParameter", "The request is not percent-encoded UTF-8.");
    if (!call.action) throw notSupplied("Action");
    const operation = operations.get(call.action);
    if (!operation) throw gatewayRefusal(404, "InvalidAction.NotFound", "The specified API is not found.");
    const accessKey = operation.isOpen ? undefined : admit(request, call);
    return operation.call(call.fields, product.parameterErrors, product.contextOf(regionOf(call), accessKey));
  };

  const fail = (request: WireRequest, error: RpcError): WireReply => failure(product.style, rpcCallOf(request), error);

  return {
    name: product.name,
    operations: [...operations.keys()],
    accepts: (request) =>
      request.rawPath === "/" &&
      (request.method === "GET" || request.method === "POST") &&
      rpcCallOf(request).version === product.version,
    operationOf: (request) => {
      const { action } = rpcCallOf(request);
      return `${product.name}.${operations.has(action) ? action : "Unknown"}`;
    },
    answer: (request) => {
      try {
        return success(rpcCallOf(request), perform(request, rpcCallOf(request)));
      } catch (error) {
        return fail(request, error instanceof RpcError ? error : product.faults.internal());
      }
    },
    refuse: (kind, request) => fail(request ?? PLAIN, product.faults[kind]()),
    state: () => product.state(),
    load: (state) => product.load(state),
    reset: () => {
      product.reset();
      admit = signatureGate(options, sessions);
    },
  };
}

const PLAIN: WireRequest = {
  method: "POST",
  rawPath: "/",
  rawQuery: "Format=JSON",
  headers: {},
  body: Buffer.alloc(0),
};
