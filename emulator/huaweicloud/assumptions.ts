/**
 * What the published CSMS pages leave open, with the answer chosen here; everything else follows the documentation.
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
 * - an event may be subscribed to, and deleted, whether or not the other side exists;
 * - automatic rotation is for RDS-FG and GaussDB-FG; rotating by hand without a function makes a task that failed;
 * - `CreateSecretStage` takes name and version_id, and moves a stage that exists;
 * - a blob holds the tags too, can be restored more than once, but only in its own project, and making it is no use of the value;
 * - a blob that is not whole, or of another service, is an invalid parameter; a secret that is not ENABLED has none;
 * - a secret out of a blob has a new id, starts its times and its period of rotation anew, and is otherwise as it was.
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
  /** `operate_type` of a rotation's task. */
  rotationKinds: { byHand: "MANUAL", byClock: "AUTO" },
} as const;
