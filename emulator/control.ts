import { type Context, Hono } from "hono";
import { z } from "zod";
import type { FaultPlan } from "./faults";

/** What `/_emulator/…` reads and steers. */
export interface Controlled {
  state(): Record<string, unknown>;
  load(state: Record<string, unknown>): void;
  calls(since: number): readonly unknown[];
  faults(): readonly unknown[];
  addFaults(plan: FaultPlan): void;
  clearFaults(): void;
  reset(): void;
}

const sinceParameter = z.coerce.number().int().nonnegative().catch(0);

/** What an action gives, or why it refuses what it was given. */
function answered(c: Context, act: () => object) {
  try {
    return c.json(act());
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return c.json({ error: z.prettifyError(error) }, 400);
  }
}

/** The emulator's own addresses: `state`, `calls`, `faults`, `reset`. */
export function controlRoutes(emulator: Controlled): Hono {
  const routes = new Hono();
  routes.get("/state", (c) => c.json(emulator.state()));
  routes.post("/state", async (c) => {
    const state = await c.req.json().catch(() => undefined);
    return answered(c, () => {
      emulator.load(z.record(z.string(), z.unknown()).parse(state));
      return {};
    });
  });
  routes.get("/calls", (c) => c.json(emulator.calls(sinceParameter.parse(c.req.query("since")))));
  routes.get("/faults", (c) => c.json({ faults: emulator.faults() }));
  routes.post("/faults", async (c) => {
    const plan = await c.req.json().catch(() => undefined);
    return answered(c, () => {
      emulator.addFaults(plan);
      return { faults: emulator.faults() };
    });
  });
  routes.delete("/faults", (c) => {
    emulator.clearFaults();
    return c.json({ faults: [] });
  });
  routes.post("/reset", (c) => {
    emulator.reset();
    return c.json({});
  });
  return routes;
}
