/** An error that nobody foresaw may carry a value in its message, so only its kind and place are told. */
export function describeDefect(where: string, error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? /\n {4}at (.*:\d+:\d+\)?)(?:\n|$)/.exec(error.stack ?? "")?.[1] : undefined;
  return `${where} failed with an unforeseen ${name}${frame ? ` at ${frame}` : ""}: this is a defect of pulumi-cloud-secrets, please report it`;
}
