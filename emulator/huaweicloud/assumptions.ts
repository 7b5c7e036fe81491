/** Ids with this in them name things that do not exist. */
export const ABSENT = "not-found";

/** Functions of rotations with this in their URN run, but fail. */
export const FAILING = "fails";

/**
 * What the published pages of CSMS and EPS leave open, with the answer chosen here; everything else follows the documentation.
 *
 * Behaviour that is assumed, too, and has no value of its own below:
 * - the 12 stages of a secret are the custom ones, SYSCURRENT and SYSPREVIOUS come on top;
 * - SYSCURRENT that moves, by whatever call, leaves SYSPREVIOUS on the version that had it;
 * - a 21st version removes the oldest one without stages;
 * - `latest` is the version with the highest number, whichever has SYSCURRENT;
 * - a list's marker is the first item of the page, and need not exist any more;
 * - `recovery_window_in_days` must be sent, and an empty value of a secret counts as none;
 * - the 64 KB of a binary value are counted after decoding;
 * - tags, stages, metadata and rotation cannot change while a deletion is scheduled, and can be read;
 * - values and versions of a secret that is not ENABLED answer CSMS.0109, everything else CSMS.0103;
 * - an event that does not exist may be subscribed to; one that a secret subscribes to cannot be deleted, unless that secret waits for deletion;
 * - a list of event types is 0 to 12 long, wherever it is sent, since one page has 0 and another 1;
 * - `expire_time` must be later than now, and `version_stages` may not have SYSPREVIOUS, which only moves along;
 * - automatic rotation is for RDS-FG and GaussDB-FG, and done at once; one by hand takes its time, and shows as a task meanwhile;
 * - a rotation without a function fails in its task, as does one whose secret went, or waits for deletion, before it ended;
 * - a secret that is being rotated cannot be rotated again, and what falls due meanwhile waits;
 * - `CreateSecretStage` takes name and version_id, and moves a stage that exists;
 * - a blob holds the tags too, can be restored more than once, but only in its own project, and making it is no use of the value;
 * - a blob that is not whole, or of another service, is an invalid parameter; a secret that is not ENABLED has none;
 * - a secret out of a blob has a new id, starts its times and its period of rotation anew, and is otherwise as it was;
 * - making a replica answers with the primary; its copy is there at once, and follows each change of the primary at once;
 * - a replica's secret has its own id, key, time of creation and of last use, no subscriptions, and the rest of the primary;
 * - `updated_at` of a replica is when it came to be in sync, and the replica itself lists no replicas;
 * - a replica refuses all changes, a rotation and its deletion in its own region as CSMS.0003, as a primary that has replicas refuses its deletion;
 * - a region that cannot have a replica is an invalid parameter; one that has one, or a secret of the name, answers as CreateSecret does;
 * - EPS knows all enterprise projects but those with `not-found` in their id, and of all resources only secrets;
 * - a move of EPS shows only when it is over; a second one meanwhile takes the place of the first, and a replica moves with its primary alone;
 * - an agency's account has the same projects and secrets as the one that takes the agency;
 * - a security token is looked at where the emulator has issued it; beside the permanent key any one is taken, as ever;
 * - keys that have ended answer as wrong keys do, with their own words;
 * - an OpenID Connect token is any JWT that has not ended; its signature and who issued it are not looked at;
 * - `projects` must be sent to EPS, since secrets are of a region, and the quota that EPS can be made to report is its EPS.0004.
 */
export const assumptions = {
  /** Status of CSMS.0005 and CSMS.0106: the code table prints 400, the pages of the operations 404. */
  notFoundStatus: 404,
  /** Status of CSMS.0301: the code table prints 400, the pages of the operations 401. */
  tokenStatus: 401,
  /** The code for a name that is in use is in no published table. */
  alreadyExists: { status: 400, code: "CSMS.0101", message: "The resource already exists." },
  /** Which quota code stands for what is not said; tags over the limit are an invalid parameter. */
  quotas: { secrets: "CSMS.0202", stages: "CSMS.0204" },
  /** No page of the gateway names a 503: the code of its 502. */
  unavailableCode: "APIGW.0202",
  /** What terraform has to filter out: a subscription that was cleared reads as one empty name. */
  clearedSubscriptions: [""],
  /** Upper bound of `limit` in a list; only its default, 50, is documented. */
  maxPage: 1000,
  /** Bounds of the length of a generated password; only its default, 32, is documented. */
  passwordLength: { min: 8, max: 4096 },
  /** `task_status` of a rotation that is neither SUCCESS nor FAILED yet. */
  taskUnderWay: "PROCESSING",
  /** How long a rotation by hand takes. */
  rotationMs: 1_000,
  /** What the task of a rotation says whose function failed. */
  rotationFunction: { code: "CSMS.0501", message: "The rotation function failed." },
  /** How long a replica is IN_PROGRESS. */
  replicationMs: 1_000,
  /** How long a secret is still in its old enterprise project after it was moved. */
  moveMs: 1_000,
  /** How long keys hold where a request to IAM does not say; as documented, 15 minutes. */
  keySeconds: { default: 900, min: 900, max: 86_400 },
  /** How long the keys hold that an instance's metadata gives, and how long before their end it gives new ones. */
  instanceKeys: { seconds: 3_600, aheadMs: 600_000 },
  /** How long a token holds that IAM gives for one of OpenID Connect; as documented for all tokens. */
  tokenSeconds: 86_400,
} as const;
