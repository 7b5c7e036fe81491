import { isDeepStrictEqual } from "node:util";

export type Cloud = "KMS" | "AnalyticDB" | "CSMS";

/** What a service holds, each secret in plain words, and which operations it was asked for since the look before. */
export interface Finding {
  readonly secrets: readonly string[];
  readonly calls: readonly string[];
}
export type Findings = Readonly<Record<Cloud, Finding>>;

/** A secret in one form for all services, its versions from new to old. */
interface Held {
  readonly id: string;
  readonly name: string;
  readonly versions: readonly { readonly stage: string | undefined; readonly value: string | undefined }[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly deletion?: string | number | null | undefined;
}

interface State {
  readonly kms: {
    readonly secrets: readonly {
      Arn: string;
      SecretName: string;
      Tags: Record<string, string>;
      PlannedDeleteTime?: string;
      Versions: { SecretData: string; VersionStages: string[] }[];
    }[];
  };
  readonly gpdb: {
    readonly secrets: readonly { SecretArn: string; SecretName: string; Password: string }[];
  };
  readonly csms: {
    readonly secrets: readonly {
      id: string;
      name: string;
      tags: Record<string, string>;
      scheduledDeleteTime: number | null;
      versions: { secretString: string; stages: string[] }[];
    }[];
  };
}

/** Reads the emulator, and says what it finds with names in place of values. */
export class Observer {
  private seenCalls = 0;
  private readonly seenIds = new Set<string>();
  private readonly url: string;
  private readonly names: ReadonlyMap<string, string>;

  /** `names` says what to call each value. */
  constructor(url: string, names: ReadonlyMap<string, string>) {
    this.url = url;
    this.names = names;
  }

  async look(): Promise<Findings> {
    const { kms, gpdb, csms } = await this.get<State>("state");
    const calls = await this.get<{ service: string; operation: string }[]>(`calls?since=${this.seenCalls}`);
    this.seenCalls += calls.length;
    const callsTo = (service: string) =>
      calls.flatMap((call) => (call.service === service ? [call.operation.replace(/^.*\./, "")] : [])).sort();
    return {
      KMS: { secrets: kms.secrets.map((secret) => this.describe(kmsSecret(secret))), calls: callsTo("kms") },
      AnalyticDB: { secrets: gpdb.secrets.map((secret) => this.describe(gpdbSecret(secret))), calls: callsTo("gpdb") },
      CSMS: { secrets: csms.secrets.map((secret) => this.describe(csmsSecret(secret))), calls: callsTo("csms") },
    };
  }

  private async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}/_emulator/${path}`)).json()) as T;
  }

  private describe({ id, name, versions, tags, deletion }: Held): string {
    const identity = this.seenIds.has(id) ? "same id" : "new id";
    this.seenIds.add(id);
    const tagged = Object.entries(tags ?? {}).map(([key, value]) => `, ${key}=${value}`);
    const values = versions.map(
      ({ stage, value }) => `${stage ?? "no stage"} = ${this.names.get(value ?? "") ?? "a foreign value"}`,
    );
    const end = deletion ? `; deleted, restorable for ${daysUntil(deletion)} days` : "";
    return `${name} (${identity}${tagged.join("")}): ${values.join(", ")}${end}`;
  }
}

const kmsSecret = (secret: State["kms"]["secrets"][number]): Held => ({
  id: secret.Arn,
  name: secret.SecretName,
  versions: secret.Versions.map(({ SecretData, VersionStages }) => ({
    stage: VersionStages[0],
    value: passwordIn(SecretData),
  })).reverse(),
  tags: secret.Tags,
  deletion: secret.PlannedDeleteTime,
});

const gpdbSecret = (secret: State["gpdb"]["secrets"][number]): Held => ({
  id: secret.SecretArn,
  name: secret.SecretName,
  versions: [{ stage: "password", value: secret.Password }],
});

const csmsSecret = (secret: State["csms"]["secrets"][number]): Held => ({
  id: secret.id,
  name: secret.name,
  versions: secret.versions.map(({ secretString, stages }) => ({ stage: stages[0], value: secretString })).reverse(),
  tags: secret.tags,
  deletion: secret.scheduledDeleteTime,
});

/** The quickstart keeps `{"user": "app", "password": …}` in KMS. */
function passwordIn(json: string): string | undefined {
  const { user, password } = JSON.parse(json) as { user?: string; password?: string };
  return user === "app" ? password : undefined;
}

const daysUntil = (time: string | number): number => Math.round((new Date(time).getTime() - Date.now()) / 86_400_000);

/** What was found is not what a step leads to. */
export class Difference extends Error {
  constructor(what: string, found: unknown, expected: unknown) {
    super(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
}

export function expectSame(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) throw new Difference(what, found, expected);
}
