import { vi } from "vitest";
import type * as Limits from "../provider/limiter";

/** A test that has the service throttle would slow down all that follow it in its file. */
vi.mock("../provider/limiter", async (original): Promise<typeof Limits> => {
  const { Limiter } = await original<typeof Limits>();
  class Unlimited extends Limiter {
    override async turn(): Promise<number> {
      return performance.now();
    }
  }
  return { Limiter: Unlimited, limiterOf: () => new Unlimited() };
});
