import { plan, type Shape } from "./diff";
import { CloudError, describeFailure } from "./errors";
import type { InputField, Values } from "./fields";
import type { Step } from "./steps";

/** Calls go by the name, which something else may have by now: where an update makes any, a look comes before the first. */
export function oursFirst<State extends Values & { readonly versionId?: string | undefined }>(
  shape: Shape,
  wanted: Values,
  isDoubtful: boolean,
  requireOurs: (state: State) => Promise<void>,
): Step<State> {
  return async (state) => {
    const makesCalls = isDoubtful || state.versionId === undefined || isTold(shape, state, wanted);
    if (makesCalls) await requireOurs(state);
    return undefined;
  };
}

/** Whether the service has to hear of a difference; some are kept for the deletion alone. */
function isTold(shape: Shape, state: Values, wanted: Values): boolean {
  return plan(shape, state, wanted).changed.some((name) => {
    const { writeOnly, acts } = shape.inputs[name] as InputField;
    return !writeOnly || acts;
  });
}

/** Something else than ours has the name by now. */
export function replacedByAnother(call: string, what: string, theirId: string): CloudError {
  const said = `what has this name by now is another ${what} than ours, with the id ${theirId}, and is left as it is`;
  const facts = { kind: "notFound", said } as const;
  return new CloudError({ ...facts, message: describeFailure(call, facts) });
}
