import { assumptions } from "./assumptions";

const { notFoundStatus, tokenStatus, alreadyExists, quotas, unavailableCode, rotationFunction } = assumptions;

/** The services' own errors: status, code, message. */
export const failures = {
  parameter: [400, "CSMS.0002", "The value of parameter is invalid."],
  request: [400, "CSMS.0003", "The request is invalid."],
  bodyFormat: [400, "CSMS.0004", "The requested body format is wrong."],
  resourceNotFound: [notFoundStatus, "CSMS.0005", "The resource does not exist."],
  alreadyExists: [alreadyExists.status, alreadyExists.code, alreadyExists.message],
  pendingDeletion: [400, "CSMS.0103", "The secret is in the scheduled deletion state."],
  builtInStage: [400, "CSMS.0105", "Can not delete the system internal stage."],
  secretNotFound: [notFoundStatus, "CSMS.0106", "The secret name not found int the db."],
  alreadyScheduled: [400, "CSMS.0107", "The secret is in schedule delete state."],
  notScheduled: [400, "CSMS.0108", "The secret is not in schedule delete state."],
  notEnabled: [403, "CSMS.0109", "The secret state is not enabled."],
  secretQuota: [400, quotas.secrets, "The number of secrets has reached the upper limit."],
  stageQuota: [400, quotas.stages, "The number of stages has reached the upper limit."],
  // only ever in a task
  rotationFunction: [400, rotationFunction.code, rotationFunction.message],
  token: [tokenStatus, "CSMS.0301", "Invalid X-Auth-Token."],
  signature: [401, "APIGW.0301", "Incorrect IAM authentication information"],
  apiNotFound: [404, "APIG.0101", "The API does not exist or has not been published in the environment."],
  throttled: [429, "APIGW.0308", "The throttling threshold has been reached."],
  unavailable: [503, unavailableCode, "Backend unavailable."],
  internal: [500, "APIGW.0601", "Internal server error."],
  epsInternal: [500, "EPS.0000", "The system is busy."],
  epsParameter: [400, "EPS.0002", "The request parameter is invalid."],
  epsUnauthenticated: [401, "EPS.0003", "The authentication failed."],
  epsForbidden: [403, "EPS.0004", "The operation is not permitted."],
  epsNotFound: [404, "EPS.0005", "The resource does not exist."],
  epsThrottled: [403, "EPS.0006", "There are too many requests."],
  epsResourceType: [400, "EPS.0025", "The resource type is not supported."],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>;

export type Failure = keyof typeof failures;

/** A request that cannot be served. `detail` goes to the client and names fields, never values. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly failure: Failure,
    readonly detail = "",
  ) {
    super(failures[failure][2]);
  }
}
