import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Observer } from "../../tools/demo/observer.mts";
import { searchForTraces, take } from "../../tools/demo/play.mts";
import { Screen } from "../../tools/demo/screen.mts";
import { type Step, steps } from "../../tools/demo/steps.mts";
import { formsOf, holdsAny } from "../../tools/demo/traces.mts";
import { script, temporaryFolder } from "./fakes";

const canary = 'Canary-7f3a"<&>\\ /+=';

/** Starts the demo in another folder, as a user of the clouds and of Pulumi; `left` is what it leaves of its own. */
function start(env: NodeJS.ProcessEnv = {}) {
  const [cwd, TMPDIR] = [temporaryFolder(), temporaryFolder()];
  const own = {
    PULUMI_BACKEND_URL: "https://pulumi.invalid",
    PULUMI_ACCESS_TOKEN: canary,
    PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere",
    PULUMI_STACK: "production",
    ALIBABA_CLOUD_ENDPOINT_KMS: "https://kms.invalid",
    HW_AUTH_TOKEN: canary,
  };
  const child = spawn(process.execPath, [resolve("tools/demo.mts")], {
    cwd,
    env: { ...process.env, ...own, TMPDIR, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = once(child, "close").then(([status]) => status as number);
  return { child, code, left: () => [...readdirSync(cwd), ...readdirSync(TMPDIR)] };
}

describe("npm run demo", () => {
  it("finds all as expected, whatever the user's own settings are, and leaves nothing behind", async () => {
    const { child, code, left } = start();
    const [printed, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), code]);
    expect(printed, complaints).toMatch(
      /looked for 3 values in \d\d+ files(.|\n)*All as expected, in \d+(\.\d)? s\.\n$/,
    );
    expect(printed).not.toContain(canary);
    expect([status, left()]).toEqual([0, []]);
  }, 180_000);

  it("ends with 130 on Ctrl-C in the middle of a step, and leaves nothing behind", async () => {
    const { child, code, left } = start();
    let printed = "";
    child.stdout.on("data", (part) => {
      printed += part;
      if (/Updating/.test(printed)) child.kill("SIGINT");
    });
    expect([await code, left()]).toEqual([130, []]);
    expect(printed).toMatch(/Stopped by SIGINT; nothing is left behind\.\n$/);
  }, 120_000);

  it("ends with 1 when the engine fails, and leaves nothing behind", async () => {
    const PATH = temporaryFolder();
    script(join(PATH, "pulumi"), `if [ "$1" = version ]; then echo v3.259.0; exit; fi\necho broken >&2; exit 3`);
    const { child, code, left } = start({ PATH });
    const [printed, status] = await Promise.all([text(child.stdout), code]);
    expect(printed).toContain("broken");
    expect([status, left()]).toEqual([1, []]);
  });
});

describe("a difference", () => {
  afterEach(() => vi.restoreAllMocks());

  const state = {
    kms: {
      secrets: [
        {
          Arn: "arn",
          SecretName: "quickstart-application",
          Tags: { project: "quickstart" },
          Versions: [{ SecretData: JSON.stringify({ user: "app", password: canary }), VersionStages: ["ACSCurrent"] }],
        },
      ],
    },
    gpdb: { secrets: [] },
    csms: { secrets: [] },
  };
  const calls = [{ service: "kms", operation: "kms.CreateSecret" }];
  const idle = { act: async () => {} };

  it.each(["Preview", "Up"])("from what %s leads to is told without a value", async (title) => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url) =>
      Response.json(String(url).includes("calls") ? calls : state),
    );
    const step = { ...(steps.find((one) => one.title === title) as Step), ...idle };
    const taken = take(step, {} as never, new Observer("http://127.0.0.1", new Map()), new Screen());
    const { message } = await taken.then(Promise.reject.bind(Promise), (error: Error) => error);
    expect(message).toMatch(`${title}, KMS: expected {`);
    expect(message).toContain("ACSCurrent = a foreign value");
    expect(message).not.toContain("Canary");
  });

  it("is a value in a file or on the screen, and the file is named", async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const [folder, screen] = [temporaryFolder(), new Screen()];
    await expect(searchForTraces(folder, screen, [canary])).rejects.toThrow("Whether the state was among the files");
    mkdirSync(join(folder, "stacks"));
    writeFileSync(join(folder, "stacks", "demo.json"), "quickstart-application");
    await searchForTraces(folder, screen, [canary]);
    writeFileSync(join(folder, "stacks", "demo.bak"), Buffer.from(`x${canary}`).toString("base64"));
    await expect(searchForTraces(folder, screen, [canary])).rejects.toThrow(/found \["stacks.demo\.bak"\]$/);
    writeFileSync(join(folder, "stacks", "demo.bak"), "");
    screen.write(JSON.stringify({ canary }));
    await expect(searchForTraces(folder, screen, [canary])).rejects.toThrow("Whether a secret value was printed");
  });
});

describe("the search for a value", () => {
  const goJson = (value: unknown) =>
    JSON.stringify(value).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);

  it.each<[string, (value: string) => string]>([
    ["plain text", (value) => value],
    ["JSON", (value) => JSON.stringify({ value })],
    ["JSON within JSON", (value) => JSON.stringify(JSON.stringify({ value }))],
    ["JSON as Go writes it", (value) => goJson({ value })],
    ["JSON within JSON as Go writes it", (value) => goJson(JSON.stringify({ value }))],
    ["a URL", (value) => encodeURIComponent(value)],
    ["a form", (value) => new URLSearchParams({ value }).toString()],
    ["a URL with small digits", (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
    ["hex", (value) => Buffer.from(value).toString("hex")],
    ["base64", (value) => Buffer.from(value).toString("base64")],
    ["base64 for URLs", (value) => Buffer.from(value).toString("base64url")],
  ])("finds it in %s, wherever in a text it stands", (_, write) => {
    const printable = fc.string({ unit: "binary-ascii", minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(printable, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (value, before, after) => {
        expect(holdsAny(write(`${before}${value}${after}`), formsOf(value))).toBe(true);
      }),
    );
  });

  it("does not find what is not there", () => {
    expect(holdsAny(`${canary.slice(1)} ${Buffer.from(canary.slice(2)).toString("base64")}`, formsOf(canary))).toBe(
      false,
    );
  });
});
