import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { temporaryFolder } from "./fakes";

const STARTER = resolve("tools/engine/pulumi-resource-pulumi-nodejs");

it("runs the dynamic provider that the current folder depends on", async () => {
  const child = spawn("/bin/sh", [STARTER, "127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  expect(String(port)).toMatch(/^\d+\n$/);
  child.kill(); // the shell has become the provider, so nothing is left
  expect(await once(child, "close")).toEqual([null, "SIGTERM"]);
});

it("fails, naming what is missing, where the folder depends on none", async () => {
  const child = spawn("/bin/sh", [STARTER, "127.0.0.1:1"], {
    cwd: temporaryFolder(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect(said).toContain("Cannot find module '@pulumi/pulumi/cmd/dynamic-provider'");
  expect(code).toBe(1);
});
