import type { ParameterErrors } from "../parameters";
import { RpcError, refusal } from "../rpc-error";

/** The documented errors of STS. */
export const STS = {
  noRole: refusal(404, "EntityNotExist.Role", "The specified Role not exists."),
  denied: refusal(403, "NoPermission", "You are not authorized to do this action. You should be authorized by RAM."),
  noProvider: refusal(404, "EntityNotExist.OIDCProvider", "The OIDC provider does not exist."),
  wrongToken: refusal(400, "AuthenticationFail.OIDCToken.Invalid", "This JsonWebToken is invalid."),
  endedToken: refusal(400, "AuthenticationFail.OIDCToken.Expired", "This JsonWebToken is expired."),
  throttled: refusal(400, "Throttling.User", "Request was denied due to user flow control."),
  unavailable: refusal(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
  internal: refusal(500, "InternalError", "STS server internal error happened."),
};

export const parameterErrors: ParameterErrors = {
  missing: (name) => new RpcError(400, `MissingParameter.${name}`, `The parameter "${name}" is missing.`),
  invalid: (name, reason) =>
    new RpcError(400, `InvalidParameter.${name}`, `The parameter ${name} is wrongly formed: ${reason}.`),
};
