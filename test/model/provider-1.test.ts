import { it } from "vitest";
import { liveThroughHalf } from "./random-programs";

it(
  "whatever happens to a stack, it converges, and nothing is orphaned, put twice or leaked",
  {
    timeout: 3_600_000,
  },
  () => liveThroughHalf(1),
);
