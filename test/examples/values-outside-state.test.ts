import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { held } from "../e2e/by-hand";
import { startStack, type TestStack } from "../e2e/support";

const password = "c4n4ry of the warehouse";
const pem = "-----BEGIN c4n4ry-----\n";
const before = process.cwd();
let folder: string;
let stack: TestStack;

// The engine takes the folder that the tests run in for the program's.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cloud-secrets-example-"));
  symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(join(folder, "tls.pem"), pem);
  process.chdir(folder);
  vi.stubEnv("WAREHOUSE_PASSWORD", password);
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
  process.chdir(before);
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const program = async () => {
  vi.resetModules();
  return { ...(await import("../../examples/values-outside-state/index.ts")) };
};

it("the example brings its values to the clouds, past the state", { timeout: 120_000 }, async () => {
  await stack.up(program);
  expect(held(stack.emulator, "gpdb").reports).toMatchObject({ Password: password });
  expect(held(stack.emulator, "csms")["shop-certificate"]?.versions).toMatchObject([{ secretString: pem }]);
  const sessions = () => held(stack.emulator, "kms")["shop/sessions"]?.Versions;
  expect(sessions()).toMatchObject([{ SecretData: expect.stringMatching(/^[A-Za-z0-9]{64}$/) }]);
  expect(JSON.stringify(await stack.decrypted())).not.toContain("c4n4ry");
  expect((await stack.preview(program)).steps).toEqual([]);
  vi.stubEnv("WAREHOUSE_PASSWORD", `${password}, later`);
  const { steps, printed } = await stack.preview(program, { diff: true });
  expect(steps).toContain("replace warehouse");
  expect(printed).toMatch(/warning: AnalyticDbSecret: a change of passwordFrom replaces the secret/);
  // Of a replacement the engine shows what the new secret gets, but not what differs.
  expect(printed).not.toContain("~ passwordFrom");
  vi.stubEnv("WAREHOUSE_PASSWORD", password);
  await stack.cli("config", "set", "e2e:year", "2027");
  expect((await stack.up(program)).steps).toEqual(["update sessions"]);
  expect(new Set(sessions().map(({ SecretData }: { SecretData: string }) => SecretData)).size).toBe(2);
});
