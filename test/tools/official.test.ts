import { join } from "node:path";
import { version } from "@pulumi/pulumi/version";
import { afterEach, expect, it, vi } from "vitest";
import { installOfficial, reachInstaller } from "../../tools/engine/official.mts";
import { linesOf, temporaryFolder } from "./fakes";

afterEach(() => vi.unstubAllGlobals());

/** An environment in which the installing process's `fetch` is this expression. */
const withFetch = (expression: string) => ({
  ...process.env,
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`globalThis.fetch = async () => { ${expression} }`)}`,
});

it.each([
  ["a name that does not resolve", new TypeError("fetch failed", { cause: { code: "ENOTFOUND" } }), /\(ENOTFOUND\)/],
  ["silence", new DOMException("aborted", "TimeoutError"), /\(no answer in 8 s\)/],
])("cannot be reached: %s", async (_case, error, reason) => {
  vi.stubGlobal("fetch", () => Promise.reject(error));
  await expect(reachInstaller()).rejects.toThrow(reason);
});

it("is reached by a small question with a time limit", async () => {
  const fetch = vi.fn(async () => new Response(null));
  vi.stubGlobal("fetch", fetch);
  await reachInstaller();
  expect(fetch.mock.calls).toEqual([
    ["https://get.pulumi.com/install.sh", { method: "HEAD", signal: expect.any(AbortSignal) }],
  ]);
  fetch.mockImplementation(async () => new Response(null, { status: 503 }));
  await expect(reachInstaller()).rejects.toThrow("get.pulumi.com answers 503");
});

it("runs the Automation API's installer for the given root and the SDK's version", async () => {
  const root = temporaryFolder();
  const installer = `mkdir "$3/bin"; echo "$@" > "$3/arguments"
    printf '#!/bin/sh\\necho v3.270.0\\n' > "$3/bin/pulumi"; chmod +x "$3/bin/pulumi"`;
  await installOfficial(root, withFetch(`return new Response(${JSON.stringify(installer)})`));
  expect(linesOf(join(root, "arguments"))).toEqual([`--no-edit-path --install-root ${root} --version ${version}`]);
});

it("says why it failed, in one line", async () => {
  const failing = withFetch(`throw new Error("the line is dead")`);
  await expect(installOfficial(temporaryFolder(), failing)).rejects.toThrow(/^ended with 1: .*the line is dead/);
});
