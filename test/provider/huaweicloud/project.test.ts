import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectIdOf } from "../../../emulator/huaweicloud/identity";
import { type Emulator, startEmulator } from "../../../emulator/server";
import { connect } from "../../../provider/huaweicloud/csms-client";
import { configFor } from "../../stack-config";
import { failureOf } from "../failures";
import { recorder } from "../recorder";
import { sourceOf } from "../source";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const clientWith = (changes: Record<string, string>, env = {}) =>
  connect(sourceOf({ ...configFor(emulator), ...changes }, env));
const given = "0123456789abcdef0123456789abcdef";
const team = { "huaweicloud:projectName": "cn-north-4_team" };

describe("the project of a region", () => {
  it.each<[string, Record<string, string>, Record<string, string>, string, string]>([
    ["is called as the region", {}, {}, "cn-north-4", "cn-north-4"],
    ["is the one that the settings name", team, {}, "cn-north-4", "cn-north-4_team"],
    [
      "is the one that the environment names",
      {},
      { HW_PROJECT_NAME: "cn-north-4_team" },
      "cn-north-4",
      "cn-north-4_team",
    ],
    [
      "may be called in another way, where the region is the one of the settings",
      { "huaweicloud:projectName": "MOS" },
      {},
      "cn-north-4",
      "MOS",
    ],
    [
      "is none of the environment's in a region that the configuration names",
      { "huaweicloud:region": "eu-west-101" },
      { HW_REGION_NAME: "cn-north-4", HW_PROJECT_NAME: "cn-north-4_team" },
      "eu-west-101",
      "eu-west-101",
    ],
    ["is none of another region", team, {}, "eu-west-101", "eu-west-101"],
    ["is none of a region whose name goes on", team, {}, "cn-north", "cn-north"],
    [
      "counts for its region, also where the settings name another one",
      { ...team, "huaweicloud:region": "eu-west-101" },
      {},
      "cn-north-4",
      "cn-north-4_team",
    ],
  ])("%s", async (_, config, env, region, name) => {
    expect(await clientWith(config, env).projectOf(region)).toBe(projectIdOf(name));
    expect(emulator.calls().map(({ operation }) => operation)).toEqual(["iam.ListProjects"]);
  });

  it("is the one that the settings name by its id, in their region, and IAM is not asked", async () => {
    const client = clientWith({ "huaweicloud:projectId": given });
    expect(await client.projectOf("cn-north-4")).toBe(given);
    expect(emulator.calls()).toEqual([]);
    expect(await client.projectOf("eu-west-101")).toBe(projectIdOf("eu-west-101"));
  });

  it("is none of the environment's where the configuration names another region", async () => {
    const env = { HW_REGION_NAME: "eu-west-101", HW_PROJECT_ID: given };
    expect(await clientWith({}, env).projectOf("cn-north-4")).toBe(projectIdOf("cn-north-4"));
    expect(await clientWith({}, env).projectOf("eu-west-101")).toBe(given);
  });

  it("cannot have any id: a wrong one gets into no address", async () => {
    const failure = await failureOf(clientWith({ "huaweicloud:projectId": ".." }).projectOf("cn-north-4"));
    expect(failure.message).toBe("huaweicloud:projectId must be 32 letters or digits");
    expect(emulator.calls()).toEqual([]);
  });

  it("is looked for once, and never made", async () => {
    const missing = { "huaweicloud:projectName": "cn-none-1_team", "huaweicloud:region": "cn-none-1" };
    const failure = await failureOf(clientWith(missing).projectOf("cn-none-1"));
    expect(failure.message).toBe(
      'IAM knows no project "cn-none-1_team"; check huaweicloud:projectName, or set huaweicloud:projectId in its place',
    );
    expect((await failureOf(clientWith({}).projectOf("cn-none-2"))).message).toBe(
      "IAM knows no project for the region cn-none-2; give projectId, or set huaweicloud:projectId",
    );
    expect(emulator.state().iam).toMatchObject({ refusedCreations: [] });
    const client = clientWith(team);
    await Promise.all([client.projectOf("cn-north-4"), client.projectOf("cn-north-4")]);
    expect(emulator.calls()).toHaveLength(3);
  });

  it("is an error where there are several of its name", async () => {
    const named = (id: string) => ({ id, name: "cn-north-4_team" });
    await using server = await recorder({ body: { projects: [named("1"), named("2")] } });
    const endpoints = { "huaweicloud:endpoints": JSON.stringify({ iam: server.url }) };
    const failure = await failureOf(clientWith({ ...team, ...endpoints }).projectOf("cn-north-4"));
    expect(failure.message).toMatch(/^IAM knows several projects "cn-north-4_team"; check huaweicloud:projectName/);
  });

  it("cannot have any name: a wrong one is told before anything is sent", () => {
    expect(() => clientWith({ "huaweicloud:projectName": "a b" })).toThrow(
      /^huaweicloud:projectName must be 1 to 64 letters, digits, - or _$/,
    );
    expect(emulator.calls()).toEqual([]);
  });
});
