import { afterAll, vi } from "vitest";
import type * as Dispatch from "../emulator/dispatch";
import type * as Retry from "../provider/retry";
import { count, taken } from "./counts.mts";

// Each file of tests leaves in its meta what it came to, for the summary at the end.

/** Every call to an emulator in this process goes through it. */
vi.mock("../emulator/dispatch", async (original): Promise<typeof Dispatch> => {
  const { dispatch } = await original<typeof Dispatch>();
  return {
    dispatch(request, around) {
      const before = around.calls.length;
      const outcome = dispatch(request, around);
      count({ faults: around.calls.slice(before).filter(({ fault }) => fault).length });
      return outcome;
    },
  };
});

/** All that the provider repeats is repeated in it; between two attempts in a test there is nothing to wait for. */
vi.mock("../provider/retry", async (original): Promise<typeof Retry> => {
  const retry = await original<typeof Retry>();
  const hastened = { ...retry.retryLimits, firstDelayMs: 1, longestDelayMs: 20 };
  return {
    ...retry,
    withRetry(does, attempt, limits = hastened) {
      let attempts = 0;
      const counted: typeof attempt = (turn) => {
        attempts += 1;
        if (attempts > 1) count({ retries: 1 });
        return attempt(turn);
      };
      return retry.withRetry(does, counted, limits);
    },
  };
});

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern that no fixture is wanted
afterAll(({}, suite) => {
  suite.file.meta.counts = taken();
});
