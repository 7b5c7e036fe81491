/** What an error means, whatever the cloud calls it. */
export type ErrorKind =
  | "notFound"
  | "exists"
  | "pendingDeletion"
  | "notPending"
  | "throttled"
  | "notReady"
  | "denied"
  | "credentials"
  | "clock"
  | "quota"
  | "invalid"
  | "unavailable"
  | "unconfirmed"
  | "settings"
  | "other";

const nextSteps: Partial<Record<ErrorKind, string>> = {
  exists:
    "Give another name, set adoptExisting: true to take over what has it, or delete that; where this stack has it under another resource name, give that by `aliases`.",
  pendingDeletion: "It waits for deletion: restore it, or wait until its recovery window ends.",
  throttled: "The service asks for fewer calls: try again later, or with a lower `pulumi up --parallel`.",
  notReady: "The instance is not ready for this: wait until it runs, then try again.",
  denied: "Allow the operation in the policies of the account that signs in.",
  credentials: "Check the access key, its secret and its security token, and where they are read from.",
  clock: "The clock of this machine and that of the service differ too much: set this machine's clock.",
  quota: "Delete what is not needed, or ask the cloud for a higher quota.",
  notFound: "Run `pulumi refresh` to see what is there.",
  unavailable: "Try again.",
};

/** The codes of a cloud by what they mean; a pattern stands for those that no list names. */
export type ErrorCodes = Readonly<Partial<Record<ErrorKind, readonly (string | RegExp)[]>>>;

/** What a code means; undefined where the table does not say. A code that is named counts before any pattern. */
export function kindsOf(table: ErrorCodes): (code: string) => ErrorKind | undefined {
  const entries = Object.entries(table).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as ErrorKind] as const),
  );
  const named = new Map(entries);
  return (code) => named.get(code) ?? entries.find(([pattern]) => pattern instanceof RegExp && pattern.test(code))?.[1];
}

export interface CloudErrorFacts {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** The request may have been carried out, although no answer says so. */
  readonly mayHaveActed?: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** The one error of all clouds. Its message is one line, ends with what to do next, and holds no value of a secret. */
export class CloudError extends Error {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly mayHaveActed: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(facts: CloudErrorFacts) {
    super(facts.message);
    this.name = "CloudError";
    this.kind = facts.kind;
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.mayHaveActed = facts.mayHaveActed ?? false;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

export function isKind(error: unknown, ...kinds: readonly ErrorKind[]): error is CloudError {
  return error instanceof CloudError && kinds.includes(error.kind);
}

/** Whether a write may have happened although it failed: look before doing it again. */
export function mayHaveActed(error: unknown): error is CloudError {
  return error instanceof CloudError && error.mayHaveActed;
}

/** A failed call as one line: what failed, on what, the service's own code and words, and what to do next. */
export function describeFailure(
  call: string,
  facts: Omit<CloudErrorFacts, "message"> & { readonly said: string },
): string {
  const code = facts.code ? `${facts.code}: ` : "";
  const origin = [facts.status && `HTTP ${facts.status}`, facts.requestId && `request ${facts.requestId}`].filter(
    Boolean,
  );
  const next = nextSteps[facts.kind];
  const said = facts.said.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return `${call} failed: ${code}${said}${origin.length ? ` (${origin.join(", ")})` : ""}.${next ? ` ${next}` : ""}`;
}

/** A service may repeat a parameter in its message: where that is a secret, the whole message is left out. */
export function withoutSecrets(said: string, secrets: readonly string[]): string {
  const forms = secrets
    .flatMap((secret) => [secret, ...textsIn(secret)])
    .filter(Boolean)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
      Buffer.from(secret).toString("base64"),
      htmlOf(secret),
      new URLSearchParams([["", secret]]).toString().slice(1),
    ]);
  return forms.some((form) => repeats(said, form) || repeatsStart(said, form))
    ? "(the message is left out, since it repeats a secret)"
    : said;
}

/** What a value that is JSON or base64 holds: a password says as much without what is around it. A short text of another name is rather a name. */
function textsIn(secret: string): string[] {
  const texts: string[] = [];
  try {
    JSON.parse(secret, (name, value: unknown) => {
      if (typeof value === "string" && (value.length >= 8 || secretName.test(name))) texts.push(value);
      return value;
    });
  } catch {
    // No JSON, so there is nothing in it.
  }
  const decoded = /^[\w+/]{8,}={0,2}$/.test(secret) ? Buffer.from(secret, "base64").toString() : "";
  return decoded.length >= 6 && !/[\p{C}\ufffd]/u.test(decoded) ? [...texts, decoded] : texts;
}

const secretName = /passw|pwd|secret|token|key/i;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const htmlOf = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** As much of a value as tells it, where a service shortens what it repeats. */
const tellingLength = 16;
const repeatsStart = (said: string, value: string) =>
  value.length > tellingLength && said.includes(value.slice(0, tellingLength));

/** A short value may be part of any word, and is none of it there. */
function repeats(said: string, value: string): boolean {
  const isWord = (character = "") => /[\p{L}\p{N}]/u.test(character);
  for (let at = said.indexOf(value); at >= 0; at = said.indexOf(value, at + 1)) {
    const isWithin = isWord(said[at - 1]) || isWord(said[at + value.length]);
    if (value.length >= 6 || !isWithin) return true;
  }
  return false;
}

/** What a call answers, or undefined where the secret is not there. */
export async function ifFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isKind(error, "notFound")) return undefined;
    throw error;
  }
}

/** The system's or the platform's code for what went wrong. Only codes are taken over: messages of lower layers may carry the request, or what stands in a file. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return systemCode(error instanceof AggregateError ? error.errors[0] : error.cause);
}
