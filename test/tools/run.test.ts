import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { run } from "../../tools/engine/run.mts";
import { beat, linesOf, stopped, temporaryFolder } from "./fakes";

const options = { env: { PATH: "/bin:/usr/bin" }, timeoutMs: 10_000 };
const sh = (text: string, more = {}) => run("/bin/sh", ["-c", text], { ...options, ...more });

it("gives stdout, and each line of stderr as it comes", async () => {
  const onLine = vi.fn();
  expect(await sh("echo one; echo two; echo 'go: downloading x' >&2", { onLine })).toBe("one\ntwo");
  expect(onLine.mock.calls).toEqual([["go: downloading x"]]);
});

it("complains with the last sentences of stderr, not with the names that go lists", async () => {
  const text = "echo example.org/a >&2; echo 'go: downloading x v1' >&2; echo 'disk is full' >&2; exit 3";
  await expect(sh(text)).rejects.toThrow(/^ended with 3: disk is full$/);
});

it("keeps the credentials of a proxy to itself", async () => {
  const text = "echo 'dial https://user:pa55word@proxy.example failed' >&2; exit 1";
  await expect(sh(text)).rejects.toThrow(/^ended with 1: dial https:\/\/proxy\.example failed$/);
});

it("names the signal that ended a command", async () => {
  await expect(sh("kill -9 $$")).rejects.toThrow("ended with SIGKILL");
});

it("says when a command cannot be started", async () => {
  await expect(run("/no/such/command", [], options)).rejects.toThrow("ENOENT");
});

it("stops a command that takes too long, with all it has started", async () => {
  const life = join(temporaryFolder(), "life");
  await expect(sh(`(${beat(life)}) & wait`, { timeoutMs: 500 })).rejects.toThrow("stopped after 0.5 s");
  expect(linesOf(life).length).toBeGreaterThan(0);
  await stopped(life);
});

it("leaves no listener behind", async () => {
  const before = process.listenerCount("SIGTERM");
  await sh("exit 0");
  expect(process.listenerCount("SIGTERM")).toBe(before);
});
