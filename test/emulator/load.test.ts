import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../emulator/server";
import { acs3 } from "./alicloud/acs3";
import { control } from "./http";

const folder = join(__dirname, "../states");
let emulator: Emulator;
afterEach(() => emulator.close());

const json = (name: string, file: string) => JSON.parse(readFileSync(join(folder, name, file), "utf8"));

it.each(readdirSync(folder))("what the clouds held in %s is what they hold again", async (name) => {
  const now = Date.parse(json(name, "state.json").deployment.manifest.time);
  emulator = await startEmulator({ now: () => now });
  const { iam: _, ...held } = json(name, "clouds.json");
  emulator.load(held);
  // Members that came later have no place in what was written before.
  expect(JSON.parse(JSON.stringify(emulator.state()))).toMatchObject(held);
});

it("takes in by HTTP what it shows, in place of what it has", async () => {
  emulator = await startEmulator();
  await acs3(emulator.port, "CreateSecret", { SecretName: "db", SecretData: "c4n4ry", VersionId: "v1" });
  const { json: shown } = await control(emulator.url, "state");
  await acs3(emulator.port, "CreateSecret", { SecretName: "other", SecretData: "c4n4ry", VersionId: "v1" });
  const body = JSON.stringify(shown);
  expect(await control(emulator.url, "state", { method: "POST", body })).toEqual({ status: 200, json: {} });
  expect((await control(emulator.url, "state")).json).toEqual(shown);
  expect((await acs3(emulator.port, "GetSecretValue", { SecretName: "db" })).text).toContain("c4n4ry");
});

it.each(["no JSON", "[]", "{}", '{"kms":{"secrets":[{"SecretName":"c4n4ry"}]}}'])(
  "refuses %s, and says nothing of values",
  async (body) => {
    emulator = await startEmulator();
    const { status, json: answer } = await control(emulator.url, "state", { method: "POST", body });
    expect([status, answer]).toEqual([400, { error: expect.any(String) }]);
    expect(JSON.stringify(answer)).not.toContain("c4n4ry");
  },
);
