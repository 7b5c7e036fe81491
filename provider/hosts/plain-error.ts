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
