import { inspect } from "node:util";
import { expect } from "vitest";
import { CloudError } from "../../provider/errors";

/** The CloudError that a call ends in; none of the canaries may stand anywhere in it. */
export async function failureOf(call: Promise<unknown>, ...canaries: readonly string[]): Promise<CloudError> {
  const error = await call.then(
    () => new Error("the call did not fail"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof CloudError)) throw error;
  const seen = inspect(error, { depth: 9, showHidden: true });
  for (const canary of canaries) expect(seen).not.toContain(canary);
  return error;
}
