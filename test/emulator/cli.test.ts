import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acs3 } from "./alicloud/acs3";

const root = join(__dirname, "../..");
// inside the checkout, so that it finds the dependencies
const built = join(root, ".cache", `emulator-cli-${process.pid}`);

beforeAll(() => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const flags = [
    "--ignoreConfig",
    "--noCheck",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--moduleDetection",
    "force",
  ];
  execFileSync(process.execPath, [tsc, ...flags, "--outDir", built, join(root, "emulator/cli.ts")], { cwd: root });
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

function run(...args: string[]) {
  const child = spawn(process.execPath, [join(built, "cli.js"), ...args]);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    output.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output.err += chunk;
  });
  return { child, output };
}

async function finished(...args: string[]) {
  const { child, output } = run(...args);
  const [code] = await once(child, "close");
  return { code, ...output };
}

async function started(...args: string[]) {
  const { child, output } = run(...args);
  while (!output.out.includes("listening on ")) await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data");
  return { child, output, port: Number(/127\.0\.0\.1:(\d+)/.exec(output.out)?.[1]) };
}

describe("cloud-secrets-emulator", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("says when it listens, serves, and ends well on %s", async (signal) => {
    const { child, output, port } = await started("--port", "0");
    expect(output.out).toBe(`accepts the access key emulator\nlistening on http://127.0.0.1:${port}\n`);
    expect((await acs3(port, "ListSecrets", {})).status).toBe(200);
    child.kill(signal);
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("takes credentials, and prints no secret key and no token", async () => {
    const { child, output, port } = await started(
      ...["--port", "0", "--access-key", "AK", "--secret-key", "hush-hush", "--token", "hushed-token"],
    );
    expect(output.out).toContain("accepts the access key AK\n");
    const keys = { accessKey: "AK", secretKey: "hush-hush" };
    expect((await acs3(port, "ListSecrets", {}, keys)).status).toBe(200);
    expect((await acs3(port, "ListSecrets", {})).status).toBe(404);
    child.kill("SIGTERM");
    await once(child, "close");
    expect(output.out + output.err).not.toMatch(/hush/);
  });

  it("explains itself, with the default credentials", async () => {
    const { code, out, err } = await finished("--help");
    expect([code, err]).toEqual([0, ""]);
    for (const word of ["--port", "--latency-ms", "emulator-secret-key", "emulator-token", "/_emulator/faults"]) {
      expect(out).toContain(word);
    }
  });

  it.each([
    ["--prot", "1"],
    ["--port", "65536"],
    ["--port", "http"],
    ["--port"],
    ["--latency-ms", "-1"],
    ["--latency-ms", "soon"],
    ["--access-key", "AK"],
    ["--secret-key", "hush-hush"],
    ["--token", ""],
    ["4566"],
    ["--access-key", "AK", "--secret-key=a", "hush-hush"],
  ])("refuses %s %s in one line, with exit code 2", async (...args) => {
    const { code, out, err } = await finished(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^cloud-secrets-emulator: [^\n]+\n$/);
    expect(err).not.toContain("hush");
  });

  it.each(["--port", "--latency-ms"])("says what is wrong with %s and a negative number", async (flag) => {
    const { code, err } = await finished(flag, "-1");
    expect([code, err]).toEqual([
      2,
      `cloud-secrets-emulator: ${flag} needs a value, and none that begins with "-"; see --help\n`,
    ]);
  });

  it("says that its port is in use, with exit code 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, out, err } = await finished("--port", String(port));
    other.close();
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(`cloud-secrets-emulator: port ${port} is in use; give another one with --port\n`);
  });
});

describe("the module", () => {
  it("lets its process end by itself after close(), with a kept-alive and a stalled connection open", async () => {
    const program = `
      const { startEmulator } = require(${JSON.stringify(join(built, "server.js"))});
      (async () => {
        const emulator = await startEmulator();
        await (await fetch(emulator.url + "/_emulator/state")).json();
        emulator.addFaults({ faults: [{ operation: "csms.*", kind: "stall" }] });
        fetch(emulator.url + "/v1/p/secrets").then((r) => r.text()).catch(() => {});
        while (emulator.calls().length === 0) await new Promise((r) => setTimeout(r, 5));
        await emulator.close();
        console.log("closed");
      })();`;
    const before = performance.now();
    const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
