import type { Findings } from "./observer.mts";

/** What a step can do. */
export interface Hands {
  preview(): Promise<void>;
  up(): Promise<void>;
  /** The same, without the stack's outputs on the screen. */
  upBriefly(): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
  /** Gives the stack the second password. */
  changePassword(): Promise<void>;
  /** Deletes the application's secret as somebody else would, past Pulumi. */
  deleteBehindItsBack(): Promise<void>;
}

export interface Step {
  readonly title: string;
  readonly text: string;
  act(hands: Hands): Promise<void>;
  readonly leadsTo: Findings;
}

const application = (facts: string, values: string) =>
  `quickstart-application (${facts}, project=quickstart): ${values}`;
const warehouse = (facts: string, values: string) => `warehouse (${facts}): ${values}`;
const database = (facts: string, values: string) => `quickstart-database (${facts}, project=quickstart): ${values}`;

const nothing = { secrets: [], calls: [] };
const kmsChanged = application("same id", "ACSCurrent = second password, ACSPrevious = first password");
const changed: Findings = {
  KMS: { secrets: [kmsChanged], calls: [] },
  AnalyticDB: { secrets: [warehouse("same id", "password = second password")], calls: [] },
  CSMS: {
    secrets: [database("same id", "SYSCURRENT = second password, SYSPREVIOUS = first password")],
    calls: [],
  },
};

export const steps: readonly Step[] = [
  {
    title: "Preview",
    text: "What would happen, checked without asking any cloud.",
    act: (hands) => hands.preview(),
    leadsTo: { KMS: nothing, AnalyticDB: nothing, CSMS: nothing },
  },
  {
    title: "Up",
    text: "Three secrets, one call each, in AnalyticDB after a look whether the name is free; CSMS takes tags by a call of their own.",
    act: (hands) => hands.up(),
    leadsTo: {
      KMS: { secrets: [application("new id", "ACSCurrent = first password")], calls: ["CreateSecret"] },
      AnalyticDB: {
        secrets: [warehouse("new id", "password = first password")],
        calls: ["CreateSecret", "ListSecrets"],
      },
      CSMS: {
        secrets: [database("new id", "SYSCURRENT = first password")],
        calls: ["BatchCreateOrDeleteTags", "CreateSecret"],
      },
    },
  },
  {
    title: "A new password",
    text: "KMS and CSMS look whose the name is and get a new version in place; AnalyticDB cannot change a secret, so it is replaced.",
    async act(hands) {
      await hands.changePassword();
      await hands.up();
    },
    leadsTo: {
      KMS: { ...changed.KMS, calls: ["DescribeSecret", "PutSecretValue"] },
      AnalyticDB: {
        secrets: [warehouse("new id", "password = second password")],
        calls: ["CreateSecret", "DeleteSecret", "ListSecrets"],
      },
      CSMS: { ...changed.CSMS, calls: ["CreateSecretVersion", "ShowSecret"] },
    },
  },
  {
    title: "Nothing new",
    text: "An up without a change makes no write, and no call at all.",
    act: (hands) => hands.upBriefly(),
    leadsTo: changed,
  },
  {
    title: "Deleted behind its back",
    text: "Somebody deletes the KMS secret in the console; refresh reads each secret, and drops it from the state.",
    async act(hands) {
      await hands.deleteBehindItsBack();
      await hands.refresh();
    },
    leadsTo: {
      KMS: { secrets: [`${kmsChanged}; deleted, restorable for 7 days`], calls: ["DeleteSecret", "DescribeSecret"] },
      AnalyticDB: { ...changed.AnalyticDB, calls: ["GetSecretValue"] },
      CSMS: { ...changed.CSMS, calls: ["ListSecretTags", "ListSecretVersions", "ShowSecret", "ShowSecretVersion"] },
    },
  },
  {
    title: "Healed",
    text: "The name waits for deletion, so up restores the secret, versions and all, instead of making another.",
    act: (hands) => hands.upBriefly(),
    leadsTo: {
      ...changed,
      KMS: {
        secrets: [kmsChanged],
        calls: [
          "CreateSecret",
          "DescribeSecret",
          "DescribeSecret",
          "GetSecretValue",
          "ListSecretVersionIds",
          "RestoreSecret",
        ],
      },
    },
  },
  {
    title: "Destroy",
    text: "Nothing is lost at once where the service has a way back: 7 days as declared on KMS, 30 by default on CSMS.",
    act: (hands) => hands.destroy(),
    leadsTo: {
      KMS: { secrets: [`${kmsChanged}; deleted, restorable for 7 days`], calls: ["DeleteSecret", "DescribeSecret"] },
      AnalyticDB: { secrets: [], calls: ["DeleteSecret"] },
      CSMS: {
        secrets: [`${changed.CSMS.secrets[0]}; deleted, restorable for 30 days`],
        calls: ["DeleteSecretForSchedule", "ShowSecret"],
      },
    },
  },
];
