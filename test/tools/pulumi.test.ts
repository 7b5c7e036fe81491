import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { linesOf, script, temporaryFolder } from "./fakes";

/** Starts tools/pulumi.mts where PATH holds one `pulumi`, which does `body` when it is not asked for its version. */
function start(body: string, ...args: string[]) {
  const bin = temporaryFolder();
  script(join(bin, "pulumi"), `if [ "$1" = version ]; then echo v3.259.0; exit; fi\n${body}`);
  const env = { ...process.env, PATH: bin };
  const child = spawn(process.execPath, ["tools/pulumi.mts", ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  return { child, bin, code: once(child, "close").then(([code]) => code as number) };
}

describe("npm run pulumi", () => {
  it("passes arguments, input and output through, and adds nothing", async () => {
    const { child, code } = start(`read line; echo "$#:$1:$2:$line"`, "stack", "a b");
    child.stdin.end("typed\n");
    expect(await Promise.all([text(child.stdout), text(child.stderr), code])).toEqual(["2:stack:a b:typed\n", "", 0]);
  });

  it("ends with the exit code of the CLI", async () => {
    expect(await start("exit 7", "up").code).toBe(7);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("passes %s on and waits for the CLI to end", async (signal) => {
    const { child, bin, code } = start(
      `trap 'exit 42' ${signal.slice(3)}; echo up > "\${0%/*}/ready"; while :; do /bin/sleep 0.1; done`,
      "up",
    );
    await vi.waitUntil(() => linesOf(join(bin, "ready")).length > 0, 10_000);
    child.kill(signal);
    expect(await code).toBe(42);
  });

  it("ends as a shell would when a signal ended the CLI", async () => {
    expect(await start("kill -9 $$", "up").code).toBe(137);
  });
});
