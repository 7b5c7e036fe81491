import { type Attempt, type Observed, PartialFailure } from "./definition";
import { CloudError, isKind, mayHaveActed } from "./errors";
import type { Values } from "./fields";

/** Changes one thing and tells what the state is now, or undefined where nothing was to do. Of several calls, each is kept as it is reached. */
export type Step<State> = (
  state: State,
  keep: (reached: Partial<State>) => void,
) => Promise<Partial<State> | undefined>;

/**
 * Carries out steps one after another; a failure after the first change keeps what was reached, and one that may have
 * changed something says so. What creating only found there is looked at by the next one anyway.
 */
export async function inSteps<State>(
  start: Observed<State>,
  steps: readonly Step<State>[],
  acted = false,
): Promise<State> {
  let { state } = start;
  let changed = acted;
  const keep = (reached: Partial<State>) => {
    state = { ...state, ...reached };
    changed = true;
  };
  for (const step of steps) {
    try {
      const reached = await step(state, keep);
      if (reached) keep(reached);
    } catch (error) {
      if (error instanceof PartialFailure) throw new PartialFailure({ ...start, ...error.observed }, error.cause);
      const isDoubtful = mayHaveActed(error);
      const isKept = changed || (isDoubtful && !start.existed);
      throw isKept ? new PartialFailure({ ...start, state: state as Values, isDoubtful }, error) : error;
    }
  }
  return state;
}

/** A step of as many calls as there are names, each kept as it is reached. */
export function oneByOne<State>(
  namesIn: (state: State) => readonly string[],
  act: (state: State, name: string) => Promise<Partial<State>>,
): Step<State> {
  return async (start, keep) => {
    let state = start;
    for (const name of namesIn(start)) {
      const reached = await act(state, name);
      state = { ...state, ...reached };
      keep(reached);
    }
    return undefined;
  };
}

const mostAttempts = 3;
/** How much the clocks of two machines may differ that still accept each other's signatures. */
const clockDifferenceMs = 15 * 60_000;

/** Whether a secret may be of this create: one that is older or newer is somebody else's, however alike. */
export function isCreatedIn(attempt: Attempt, createTime: string | undefined): boolean {
  const { started, ended = Number.POSITIVE_INFINITY } = attempt;
  const created = Date.parse(createTime ?? "");
  return created >= started - clockDifferenceMs && created <= ended + clockDifferenceMs;
}

/**
 * Carries out a write that must not happen twice. Where nobody knows whether it happened, `look` decides: it gives the
 * result of this very write, undefined where it did not happen, or throws where something else stands in its place.
 */
export async function once<T>(act: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  let lost: CloudError | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (mayHaveActed(error)) lost = error;
      // An earlier attempt may have come through after all, and be what this one ran into.
      const done = lost && (await lookFor(look, lost));
      if (done !== undefined) return done;
      // What the look does not see yet may be what the earlier call has made.
      if (lost && isKind(error, "exists")) throw unconfirmed(error, lost);
      if (!mayHaveActed(error) || attempt === mostAttempts) throw error;
    }
  }
}

/** Creates `once`. Where nobody knows whether that happened, what was `asked` for is kept, for `confirm` to look for. */
export async function createOnce<T>(
  asked: { readonly name: string | undefined; readonly state: Values } & Pick<Attempt, "proof">,
  act: () => Promise<T>,
  look: (attempt: Attempt) => Promise<T | undefined>,
): Promise<T> {
  const attempt = { started: Date.now(), proof: asked.proof };
  try {
    return await once(act, () => look(attempt));
  } catch (error) {
    if (!isKind(error, "unconfirmed") && !mayHaveActed(error)) throw error;
    const made = { ...attempt, ended: Date.now() };
    const next =
      "It is kept in the state as unconfirmed: `pulumi refresh` looks for what it made, and `pulumi up` makes it anew.";
    const failure = new CloudError({ ...error, kind: "unconfirmed", message: `${error.message} ${next}` });
    throw new PartialFailure({ id: `unconfirmed:${asked.name}`, state: asked.state, unconfirmed: made }, failure);
  }
}

/** Where nobody can look either, the write may have happened all the same. */
async function lookFor<T>(look: () => Promise<T | undefined>, lost: CloudError): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    // Where something else stands there, that is the answer.
    if (!(error instanceof CloudError) || error.kind === "exists") throw error;
    throw unconfirmed(error, lost);
  }
}

function unconfirmed(error: CloudError, lost: CloudError): CloudError {
  const message = `${error.message} An earlier call, whose answer was lost, may have been carried out: ${lost.message}`;
  return new CloudError({ ...error, kind: "unconfirmed", mayHaveActed: true, message });
}
