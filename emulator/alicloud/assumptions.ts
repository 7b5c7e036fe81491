import { refusal } from "./rpc-error";

/** The account that owns everything: 16 digits, as in the ARNs of the documentation. */
export const ACCOUNT_ID = "1234567890123456";

/** Ids with this in them name things that do not exist: the emulator holds no keys and no instances. */
export const ABSENT = "not-found";

/** Instances with this in their id exist, but let nobody connect. */
export const UNREACHABLE = "unreachable";

/** Roles with this in their name let nobody take them on. */
export const DENYING = "denying";

/** The RAM role of the instance whose metadata is emulated. */
export const INSTANCE_ROLE = "emulated-instance";

/** How long an instance's keys last, and how long before their end it gives others, in seconds. */
export const INSTANCE_SESSION = { seconds: 21_600, renewedBefore: 1_800 } as const;

/**
 * What the documentation of KMS leaves open, as the emulator decides it.
 * A secret that waits for deletion refuses every call but DescribeSecret, ListSecrets, ListSecretVersionIds, ListTagResources and RestoreSecret, a
 * forced deletion too. An empty Description clears it. Absent tags can be removed. PlannedDeleteTime is absent unless set.
 * The rolling limit of versions spares ACSCurrent. Moving ACSCurrent leaves ACSPrevious behind. Filters match whole values.
 * ExtendedConfig has the members of its type and no others; it reads back as compact JSON, with a CustomData of {} where none was given. The 1024
 * characters count for what is sent, a new CustomData too. Of several Accounts or AccessKeys the first is kept, and a rotation goes on with its account
 * or user, whatever SecretSubType says; that of ECS keys makes an Ed25519 pair in PEM.
 */
export const KMS_ASSUMED = {
  /** PutSecretValue with a version id that holds another value. */
  versionTaken: refusal(409, "Rejected.ResourceExist", "The version already exists with another value."),
  managedOnly: refusal(400, "Rejected.UnsupportedOperation", "Generic secrets do not support this operation."),
  genericOnly: refusal(400, "Rejected.UnsupportedOperation", "Only generic secrets support this operation."),
  noPolicyOutsideInstance: refusal(
    400,
    "Rejected.UnsupportedOperation",
    "Only secrets in a KMS instance have a policy.",
  ),
  rotatedTooOften: refusal(400, "Rejected.LimitExceeded", "A secret rotates at most 50 times an hour."),
  tagQuota: refusal(400, "Rejected.LimitExceeded", "A secret has at most 20 tags."),
  stageQuota: refusal(400, "Rejected.LimitExceeded", "A secret has at most 8 version stages."),
  dryRun: refusal(400, "DryRunOperationError", "The request would have succeeded, but DryRun is on."),
};

/**
 * What the documentation of AnalyticDB for PostgreSQL leaves open. Each call names DBInstanceId or WorkspaceId, also beside a SecretArn.
 * A failed TestConnection is an HTTP 200 with Status `fail`, as the model of the answers suggests.
 */
export const GPDB_ASSUMED = {
  notFound: refusal(404, "Secret.NotFound", "The specified secret is not found."),
  nameTaken: refusal(409, "Secret.AlreadyExists", "A secret with this name already exists in the instance."),
  quota: refusal(400, "QuotaExceeded.Secret", "The quota of secrets is exceeded."),
  connectionFailed: {
    Status: "fail",
    Code: "TestConnection.Failed",
    Message: "The instance cannot be reached with this account.",
  },
};
