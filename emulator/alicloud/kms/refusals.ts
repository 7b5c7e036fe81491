import type { ParameterErrors } from "../parameters";
import { RpcError, refusal } from "../rpc-error";

/** The documented errors of KMS for secrets. */
export const KMS = {
  notFound: refusal(404, "Forbidden.ResourceNotFound", "The resource is not found."),
  exists: refusal(409, "Rejected.ResourceExist", "The resource already exists."),
  pendingDeletion: refusal(409, "Rejected.ResourceInDeleteWindow", "The secret is planned to be deleted."),
  notDeleted: refusal(409, "Rejected.ResourceInUse", "restore normal secret"),
  keyNotFound: refusal(404, "Forbidden.KeyNotFound", "The specified Key is not found."),
  quota: refusal(400, "Rejected.LimitExceeded", "The secret quota is exceeded."),
  throttled: refusal(429, "Rejected.Throttling", "The QPS upper limit is exceeded."),
  unavailable: refusal(503, "ServiceUnavailableTemporary", "The service is unavailable for the moment."),
  internal: refusal(500, "InternalFailure", "An internal error occurred."),
};

export const parameterErrors: ParameterErrors = {
  missing: (name) => new RpcError(400, "MissingParameter", `The parameter "${name}" is needed but not provided.`),
  invalid: (name, reason) =>
    new RpcError(400, "InvalidParameter", `The specified parameter "${name}" is not valid: ${reason}.`),
};
