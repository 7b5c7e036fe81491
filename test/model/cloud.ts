import type { Emulator, RecordedCall } from "../../emulator/server";
import type { Kind } from "./declared";

// biome-ignore lint/suspicious/noExplicitAny: what the emulator holds is read at the wire's edge
type Loose = any;

/** A secret as a service has it, in the words that all three share. */
export interface Found {
  readonly kind: Kind;
  /** In the service's own words. */
  readonly id: string;
  readonly name: string;
  readonly isWaiting: boolean;
  readonly value: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Those of the current version beside the service's own. */
  readonly stages: readonly string[];
  readonly versions: readonly Version[];
}

interface Version {
  readonly stages: readonly string[];
  readonly value: string;
}

const systemStages = /^(ACS|SYS)/;

const withCurrent = (versions: readonly Version[], current: string) => {
  const held = versions.find(({ stages }) => stages.includes(current));
  return {
    value: held?.value ?? "",
    stages: (held?.stages ?? []).filter((stage) => !systemStages.test(stage)).toSorted(),
    versions,
  };
};

const kms = (secret: Loose): Found => ({
  kind: "kms",
  id: secret.Arn,
  name: secret.SecretName,
  isWaiting: secret.PlannedDeleteTime !== undefined && secret.PlannedDeleteTime !== null,
  description: secret.Description ?? "",
  tags: secret.Tags,
  ...withCurrent(
    secret.Versions.map((version: Loose) => ({ stages: version.VersionStages, value: version.SecretData })),
    "ACSCurrent",
  ),
});

const gpdb = (secret: Loose): Found => ({
  kind: "gpdb",
  id: secret.SecretArn,
  name: secret.SecretName,
  isWaiting: false,
  value: secret.Password,
  description: secret.Description ?? "",
  tags: {},
  stages: [],
  versions: [{ stages: [], value: secret.Password }],
});

const csms = (secret: Loose): Found => ({
  kind: "csms",
  id: secret.id,
  name: secret.name,
  isWaiting: secret.state === "PENDING_DELETE",
  description: secret.description ?? "",
  tags: secret.tags,
  ...withCurrent(
    secret.versions.map((version: Loose) => ({ stages: version.stages, value: version.secretString })),
    "SYSCURRENT",
  ),
});

/** All that the three services hold. */
export function everySecret(emulator: Emulator): Found[] {
  const state = emulator.state() as Loose;
  return [...state.kms.secrets.map(kms), ...state.gpdb.secrets.map(gpdb), ...state.csms.secrets.map(csms)];
}

const reads = /\.(Get|List|Show|Describe|Filter)/;

/** Whether a call changes something, or would. */
export const isWrite = ({ operation }: RecordedCall): boolean => !reads.test(operation);

export const writesSince = (emulator: Emulator, since: number): string[] =>
  emulator
    .calls(since)
    .filter(isWrite)
    .map(({ operation }) => operation);
