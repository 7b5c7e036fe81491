import { expect, it, onTestFinished } from "vitest";
import type { Declared } from "./declared";
import { RealEngine } from "./real-engine";

it("a create kept as unconfirmed fails in one line, without the engine's own list around it", async () => {
  const engine = await RealEngine.start();
  onTestFinished(() => engine.stack.stop());
  const one: Declared = {
    key: "r0",
    kind: "csms",
    name: "r0_0",
    value: "canary-1",
    form: "literal",
    file: "",
    description: undefined,
    tags: undefined,
    stages: [],
    isDeletedForGood: true,
    adoptExisting: false,
  };
  engine.stack.emulator.addFaults({ faults: [{ operation: "csms.CreateSecret", kind: "resetBefore" }] });
  const failure = await engine.up([one]);
  expect(failure?.message).toMatch(/^CSMS CreateSecret of secret "r0_0" failed: .* kept in the state as unconfirmed/);
  expect(failure?.message).not.toContain("\n");
});
