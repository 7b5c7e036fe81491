import type { ParameterErrors } from "../parameters";
import { RpcError, refusal } from "../rpc-error";

/** The documented errors of AnalyticDB for PostgreSQL that concern secrets. */
export const GPDB = {
  instanceNotFound: refusal(404, "InvalidDBInstanceId.NotFound", "The specified instance does not exist."),
  throttled: refusal(400, "Throttling.User", "Request was denied due to user flow control."),
  unavailable: refusal(503, "ServiceUnavailable", "The service is unavailable for the moment."),
  internal: refusal(500, "InternalError", "An internal error occurred."),
};

export const parameterErrors: ParameterErrors = {
  missing: (name) => new RpcError(400, "MissingParameter", `The parameter "${name}" is needed but not provided.`),
  invalid: (name, reason) =>
    new RpcError(400, `Invalid${name}.Malformed`, `The specified parameter "${name}" is not valid: ${reason}.`),
};
