import { describe, expect, it } from "vitest";
import { check } from "../../../../provider/check";
import { plan } from "../../../../provider/diff";
import type { Values } from "../../../../provider/fields";
import { csmsEvent } from "../../../../provider/huaweicloud/csms-event";
import { csmsSecret } from "../../../../provider/huaweicloud/csms-secret";
import { sourceOf } from "../../source";
import { canary, onEmulator } from "../../support";
import { projectId } from "../wire";

const { create, remove, refreshed, planned, secrets } = onEmulator(csmsSecret, "csms");

const nameless = { projectId, region: "cn-north-4", secretString: canary };
const config = { rotationConfig: '{"InstanceId":"rds-1","SecretSubType":"SingleUser"}' };
const event = {
  projectId,
  region: "cn-north-4",
  eventTypes: ["SECRET_ROTATED"],
  notification: { targetType: "SMN", targetId: "urn:smn:1", targetName: "alarm" },
};

describe("a name that is left out", () => {
  it("is made of the resource's name and random digits, another one for each secret", async () => {
    const [one, other] = [await create(nameless), await create(nameless)];
    for (const { state } of [one, other]) expect(state.name).toMatch(/^app-[0-9a-f]{7}$/);
    expect(secrets().map(({ name }) => name)).toEqual([one.state.name, other.state.name]);
    expect(one.state.name).not.toBe(other.state.name);
  });

  it("stays what it was while the secret lives", async () => {
    const created = await create(nameless);
    const { inputs, made, failures } = check(csmsSecret, nameless, sourceOf(), {
      olds: created.state,
      resource: "app",
    });
    expect({ name: inputs.name, made, failures }).toEqual({ name: created.state.name, made: "name", failures: [] });
    expect(planned(await refreshed(created), inputs)).toMatchObject({ changed: [], replaces: [] });
  });

  it("is another one for the secret that takes its place, so that both can exist", async () => {
    const old = await create({ ...nameless, secretType: "RDS-FG", ...config });
    const renamed = { ...nameless, name: old.state.name, secretType: "GaussDB-FG", ...config };
    expect(plan(csmsSecret, old.state, renamed, "name")).toMatchObject({ deleteBeforeReplace: false, refused: [] });
    const { state } = await create({ ...nameless, secretType: "GaussDB-FG", ...config });
    await remove(old);
    expect(secrets()).toMatchObject([{ state: "PENDING_DELETE" }, { name: state.name, state: "ENABLED" }]);
  });

  it.each<[string, string, RegExp]>([
    ["a path", "shop/db", /^shop-db-[0-9a-f]{7}$/],
    ["dots and spaces", "shop. db", /^shop-db-[0-9a-f]{7}$/],
    ["any script", "密码é", /^--?[0-9a-f]{7}$/],
    ["what CSMS takes", "A_b-9", /^A_b-9-[0-9a-f]{7}$/],
    ["too much", "x".repeat(200), /^x{56}-[0-9a-f]{7}$/],
  ])("is one that CSMS takes, also from %s", (_, resource, pattern) => {
    for (const [definition, given] of [
      [csmsSecret, nameless],
      [csmsEvent, event],
    ] as const) {
      const { inputs, failures } = check(definition, given as Values, sourceOf(), { resource });
      expect(failures).toEqual([]);
      expect(inputs.name).toMatch(pattern);
      expect((inputs.name as string).length).toBeLessThanOrEqual(64);
    }
  });
});
