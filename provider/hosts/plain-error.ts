/** What the engine's host prints: one line, and nothing that may carry a value. */
export class PlainError extends Error {
  /** Read by the engine's host: the secret's id and state, which are kept, and why it is not as declared. */
  id?: string;
  properties?: Record<string, unknown>;
  reasons?: readonly string[];

  constructor(
    private readonly where: string,
    message: string,
  ) {
    super(message);
    this.stack = message;
  }

  override toString(): string {
    return `${this.where} failed`;
  }
}

/** An error that nobody foresaw may carry a value in its message, so only its kind and place are told. */
export function describeDefect(where: string, error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? /\n {4}at (.*:\d+:\d+\)?)(?:\n|$)/.exec(error.stack ?? "")?.[1] : undefined;
  return `${where} failed with an unforeseen ${name}${frame ? ` at ${frame}` : ""}: this is a defect of pulumi-cloud-secrets, please report it`;
}
