import { type ErrorCodes, kindsOf } from "../errors";

/** What the codes of KMS, of AnalyticDB, of STS and of the gateway in front of them mean. None means two things. */
export const errorCodes = {
  notFound: [
    // KMS: the secret, or its version
    "Forbidden.ResourceNotFound",
    // AnalyticDB: the secret, or its instance and the secret with it
    "Secret.NotFound",
    "InvalidDBInstanceId.NotFound",
  ],
  exists: ["Rejected.ResourceExist", "Secret.AlreadyExists"],
  pendingDeletion: ["Rejected.ResourceInDeleteWindow"],
  notPending: ["Rejected.ResourceInUse"],
  throttled: ["Rejected.Throttling", "Throttling", "Throttling.User", "Throttling.Api", /^Throttling/],
  notReady: ["OperationDenied.DBInstanceStatus", "IncorrectDBInstanceState", "Forbidden.DKMSInstanceStateInvalid"],
  denied: ["Forbidden.NoPermission", "Forbidden.RAM", "NoPermission"],
  credentials: [
    "InvalidAccessKeyId.NotFound",
    "InvalidAccessKeyId.Inactive",
    "InvalidSecurityToken.Expired",
    "InvalidSecurityToken.Malformed",
    "InvalidSecurityToken.MismatchWithAccessKey",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "Forbidden.AccessKey",
    "MissingSecurityToken",
    // STS: the OIDC token, and what it is to speak for
    "AuthenticationFail.OIDCToken.Invalid",
    "AuthenticationFail.OIDCToken.Expired",
    "EntityNotExist.Role",
    "EntityNotExist.OIDCProvider",
  ],
  clock: ["IllegalTimestamp", "InvalidTimeStamp.Expired"],
  quota: ["Rejected.LimitExceeded", "QuotaExceeded.Secret"],
  invalid: [
    "InvalidParameter",
    "MissingParameter",
    "UnsupportedOperation",
    "Rejected.UnsupportedOperation",
    /^Invalid\w+\.(Malformed|ValueNotSupported)$/,
    // STS
    /^(Invalid|Missing)Parameter\.\w+$/,
  ],
  unavailable: [
    "InternalError",
    "InternalFailure",
    "ServiceUnavailable",
    "ServiceUnavailableTemporary",
    // the request came twice, so the first may have been carried out
    "SignatureNonceUsed",
  ],
  other: [
    // the key that encrypts the secret, however much they sound like the secret
    "Forbidden.KeyNotFound",
    "Forbidden.KeyVersionNotFound",
    "Forbidden.AliasNotFound",
    "Rejected.Disabled",
    "Rejected.PendingDeletion",
    "Rejected.PendingImport",
    "Rejected.StateModifiedFailed",
    // the instance, the region, the address
    "Forbidden.DKMSInstanceNotFound",
    "Forbidden.InstanceNotFound",
    "InvalidRegionId.NotFound",
    "InvalidAction.NotFound",
    // the account
    "Forbidden.KmsServiceNotEnabled",
    "Forbidden.InDebt",
    "Forbidden.InDebtOverdue",
    "Forbidden.ProhibitedByRiskControl",
    // what was asked for only as a test
    "DryRunOperationError",
    "TestConnection.Failed",
  ],
} as const satisfies ErrorCodes;

export const kindOfCode = kindsOf(errorCodes);
