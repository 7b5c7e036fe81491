import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { type StateEntry, startStack, type TestStack } from "./support";

// State that any version wrote is to be of use for ever. What `npm run record-state` recorded is never recorded again by another version.

const folder = join(__dirname, "../states");
const versions = readdirSync(folder);

it("state of this version is recorded", () => {
  expect(versions, "see Development in the README").toContain(version);
});

/** What the clouds or later versions tell otherwise, and what rotates by itself. */
const moving = ["__defaults", "versionStages", "lastUsedTime", "updateTime"];
const rotating = ["versions", "currentVersionId", "versionId", "rotationTime", "nextRotationTime"];

/** What stays of a state, whoever reads it when. */
function lasting({ urn, id, inputs = {}, outputs = {} }: StateEntry): object {
  const rotates = [inputs.autoRotation, inputs.automaticRotation].includes(true);
  const left = rotates ? [...moving, ...rotating] : moving;
  return { urn, id, outputs: Object.fromEntries(Object.entries(outputs).filter(([name]) => !left.includes(name))) };
}

const isAnalyticDb = ({ type }: StateEntry) => type.endsWith(":AnalyticDbSecret");

describe.each(versions)("state of %s", { timeout: 60_000 }, (name) => {
  let stack: TestStack;
  let program: (value: string) => PulumiFn;
  let text: string;
  let recorded: Record<string, StateEntry>;

  beforeEach(async () => {
    stack = await startStack();
    const read = (file: string) =>
      readFileSync(join(folder, name, file), "utf8").replaceAll("http://emulator", stack.emulator.url);
    ({ program } = await import(join(folder, name, "program.ts")));
    stack.emulator.load(JSON.parse(read("clouds.json")));
    text = read("state.json");
    await stack.import(JSON.parse(text));
    recorded = stack.state();
  });
  afterEach(() => stack.stop());

  const each = () => Object.entries(recorded);

  it("is what its program leads to, but for what was cut off, before a refresh and after", async () => {
    const cutOff = each().flatMap(([entry, { initErrors }]) => (initErrors ? [`update ${entry}`] : []));
    expect(cutOff).not.toEqual([]);
    expect((await stack.preview(program("c4n4ry 2"))).steps.toSorted()).toEqual(cutOff.toSorted());
    await stack.refresh();
    const refreshed = stack.state();
    expect(Object.keys(refreshed)).toEqual(Object.keys(recorded));
    for (const [entry, before] of each()) expect(refreshed[entry]).toMatchObject(lasting(before));
    expect((await stack.up(program("c4n4ry 2"))).steps.toSorted()).toEqual(cutOff.toSorted());
    expect((await stack.up()).steps).toEqual([]);
  });

  it("takes a new value in place where the service can, and leaves nothing after a destroy", async () => {
    const { resources } = JSON.parse(text).deployment as { resources: StateEntry[] };
    const valued = resources.filter(({ inputs }) => JSON.stringify(inputs)?.includes('\\"c4n4ry 2\\"'));
    const expected = valued.map((entry) => {
      const verb = isAnalyticDb(entry) ? "replace" : "update";
      return `${verb} ${entry.urn.slice(entry.urn.lastIndexOf("::") + 2)}`;
    });
    const { steps } = await stack.up(program("c4n4ry 3"));
    expect(steps.filter((step) => !/^(create-replacement|delete-replaced) /.test(step)).toSorted()).toEqual(
      expected.toSorted(),
    );
    for (const [entry, before] of each()) if (!isAnalyticDb(before)) expect(stack.state()[entry]?.id).toBe(before.id);
    // A replica has it too.
    const put = JSON.stringify(stack.emulator.state()).match(/"c4n4ry 3"/g);
    expect(put?.length).toBeGreaterThanOrEqual(expected.length);
    expect((await stack.up()).steps).toEqual([]);
    await stack.destroy();
    expect(stack.state()).toEqual({});
    expect(living(stack.emulator.state())).toEqual([]);
  });
});

/** What the clouds hold, and will not delete. */
function living(state: Record<string, unknown>): object[] {
  const { kms, gpdb, csms } = state as Record<"kms" | "gpdb" | "csms", { secrets: object[]; events?: object[] }>;
  const held: Record<string, unknown>[] = [kms.secrets, gpdb.secrets, csms.secrets, csms.events ?? []]
    .flat()
    .map((one) => ({ ...one }));
  return held.filter((one) => !one.PlannedDeleteTime && !one.scheduledDeleteTime);
}
