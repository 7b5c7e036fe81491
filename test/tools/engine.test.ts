import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { MINIMUM } from "../../tools/engine/cli.mts";
import { findPulumi } from "../../tools/engine/find.mts";
import { beat, fakeGo, linesOf, script, stopped, temporaryFolder, whole } from "./fakes";

const closed = async () => {
  throw new Error("get.pulumi.com cannot be reached (ENOTFOUND)");
};

/** An empty machine with a closed network; `bin` is its PATH. */
function machine() {
  const folder = temporaryFolder();
  const bin = join(folder, "path");
  mkdirSync(bin);
  const said: string[] = [];
  const install = vi.fn(async (root: string, _env: NodeJS.ProcessEnv) => whole(root, "v3.270.0"));
  const here = {
    root: join(folder, "cache", "pulumi"),
    env: { PATH: bin },
    platform: "linux" as NodeJS.Platform,
    out: { write: (text: string) => said.push(text) },
    reach: vi.fn<() => Promise<void>>(closed),
    install,
  };
  return { here, bin, goLog: join(folder, "go.log"), said: () => said.join("") };
}

/** What lies beside the cache, which is where unfinished work is kept. */
const beside = (root: string) => readdirSync(join(root, "..")).filter((name) => name !== "pulumi");

describe("on PATH", () => {
  it("comes before the cache, without a word", async () => {
    const { here, bin, said } = machine();
    script(join(bin, "pulumi"), "echo v3.216.0");
    whole(here.root);
    expect(await findPulumi(here)).toEqual({
      command: join(bin, "pulumi"),
      root: undefined,
      version: "3.216.0",
      how: "found on PATH",
    });
    expect(said()).toBe("");
  });

  it.each([
    ["too old", "echo v3.215.9", /3\.215\.9; 3\.216\.0 or newer/],
    ["of another major", "echo v4.0.0", /4\.0\.0; 3\.216\.0 or newer/],
    ["without a version", "echo dev", /prints no version/],
    ["broken", "echo 'cannot load library' >&2; exit 127", /ended with 127: cannot load library/],
  ])("is passed over when %s", async (_case, body, reason) => {
    const { here, bin } = machine();
    script(join(bin, "pulumi"), body);
    await expect(findPulumi(here)).rejects.toThrow(reason);
    whole(here.root);
    expect(await findPulumi(here)).toMatchObject({ root: here.root, version: "3.259.0" });
  });

  it("is the only place on Windows", async () => {
    const { here } = machine();
    whole(here.root);
    await expect(findPulumi({ ...here, platform: "win32" })).rejects.toThrow(/on PATH: no `pulumi` there\nInstall it/);
  });

  it("asks for what the peer dependency asks for", () => {
    const { peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(peerDependencies["@pulumi/pulumi"]).toBe(`^${MINIMUM}`);
  });
});

describe("in the cache", () => {
  it("is found at once: nothing is asked, made or said", async () => {
    const { here, bin, goLog, said } = machine();
    fakeGo(bin, goLog);
    whole(here.root);
    expect(await findPulumi(here)).toMatchObject({ command: join(here.root, "bin", "pulumi"), root: here.root });
    expect([said(), here.reach.mock.calls, linesOf(goLog)]).toEqual(["", [], []]);
  });

  it("is not taken without the starter of dynamic providers, and is replaced", async () => {
    const { here, bin, goLog } = machine();
    script(join(here.root, "bin", "pulumi"), "echo v3.258.0");
    await expect(findPulumi(here)).rejects.toThrow("in the cache: no bin/pulumi-resource-pulumi-nodejs in it");
    fakeGo(bin, goLog);
    expect(await findPulumi(here)).toMatchObject({ version: "3.259.0" });
    expect(beside(here.root)).toEqual([]);
  });
});

describe("official installer", () => {
  it("comes before go, fills the cache, and is not needed again", async () => {
    const { here, bin, goLog, said } = machine();
    fakeGo(bin, goLog);
    here.reach.mockResolvedValue();
    const cli = await findPulumi(here);
    expect(cli).toMatchObject({ command: join(here.root, "bin", "pulumi"), version: "3.270.0" });
    expect(cli.how).toMatch(/^installed in \d/);
    expect(said()).toMatch(/on PATH: no `pulumi` there\n.*in the cache: .*\nAsking get\.pulumi\.com.*\n.*kept in /);
    expect(await findPulumi(here)).toMatchObject({ how: expect.stringMatching(/^found in /) });
    expect([here.install.mock.calls.length, linesOf(goLog)]).toEqual([1, []]);
  });

  it.each([
    [
      "fails",
      async () => Promise.reject(new Error("ended with 22: no such release")),
      /ended with 22: no such release/,
    ],
    ["leaves a CLI that is too old", async (root: string) => whole(root, "v3.100.0"), /3\.100\.0; 3\.216\.0 or newer/],
    ["leaves nothing", async () => {}, /official installer: no bin\/pulumi in it/],
  ])("gives way to go when it %s", async (_case, install, reason) => {
    const { here, bin, goLog } = machine();
    here.reach.mockResolvedValue();
    here.install.mockImplementation(install);
    await expect(findPulumi(here)).rejects.toThrow(reason);
    expect(existsSync(join(here.root, "bin"))).toBe(false);
    fakeGo(bin, goLog);
    expect(await findPulumi(here)).toMatchObject({ version: "3.259.0" });
  });
});

describe("go build", () => {
  it("builds the pinned version with the starter beside it, and says so", async () => {
    const { here, bin, goLog, said } = machine();
    fakeGo(bin, goLog);
    const cli = await findPulumi(here);
    expect(cli.how).toMatch(/^built with go in \d/);
    expect(statSync(join(here.root, "bin", "pulumi-resource-pulumi-nodejs")).mode & 0o111).toBe(0o111);
    expect(said()).toMatch(
      /ENOTFOUND\)\nBuilding the Pulumi CLI with go, once: .*\nPulumi CLI 3\.259\.0 built with go in .*kept in /,
    );
    const [listed, built, ...more] = linesOf(goLog);
    expect(listed).toMatch(/^CGO_ENABLED=0 list -C \S+ -mod=readonly -deps /);
    const pinned = /pulumi\/pkg\/v3 (v\S+)/.exec(readFileSync("tools/go.mod", "utf8"))?.[1];
    expect(built).toContain(`version.Version=${pinned} -o `);
    expect(built).toMatch(/^CGO_ENABLED=0 build -C \S+ -mod=readonly -trimpath /);
    expect([more, beside(here.root)]).toEqual([[], []]);
  });

  it("that fails leaves nothing that a later run takes for a CLI", async () => {
    const { here, bin, goLog } = machine();
    script(join(bin, "go"), `[ "$1" = list ] && exit 0; echo 'link: no space left' >&2; exit 1`);
    await expect(findPulumi(here)).rejects.toThrow("go build: ended with 1: link: no space left");
    expect([existsSync(join(here.root, "bin")), beside(here.root)]).toEqual([false, []]);
    fakeGo(bin, goLog);
    expect(await findPulumi(here)).toMatchObject({ version: "3.259.0" });
  });

  it("in two runs at once gives both a whole CLI and leaves nothing behind", async () => {
    const { here, bin, goLog } = machine();
    fakeGo(bin, goLog);
    const both = await Promise.all([findPulumi(here), findPulumi(here)]);
    expect(both.map((cli) => cli.version)).toEqual(["3.259.0", "3.259.0"]);
    expect(beside(here.root)).toEqual([]);
    expect(await findPulumi(here)).toMatchObject({ root: here.root });
  });

  it("clears what an interrupted run left an hour ago, but no work in progress", async () => {
    const { here, bin, goLog } = machine();
    fakeGo(bin, goLog);
    for (const name of ["old", "new"]) mkdirSync(`${here.root}-${name}/bin`, { recursive: true });
    const then = Date.now() / 1_000 - 3_700;
    utimesSync(`${here.root}-old`, then, then);
    await findPulumi(here);
    expect(beside(here.root)).toEqual(["pulumi-new"]);
  });

  it("ends with the run that is interrupted, and is begun anew by the next", async () => {
    const { here, bin, goLog } = machine();
    const life = join(bin, "..", "life");
    script(
      join(bin, "go"),
      `[ "$1" = list ] && exit 0; while [ "$1" != -o ]; do shift; done; echo half > "$2"; ${beat(life)}`,
    );
    const child = inAnotherProcess(here);
    await vi.waitUntil(() => linesOf(life).length > 0, 10_000);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
    await stopped(life);
    expect([beside(here.root).length, existsSync(join(here.root, "bin"))]).toEqual([1, false]);
    fakeGo(bin, goLog);
    expect(await findPulumi(here)).toMatchObject({ version: "3.259.0" });
  });
});

it("names each way and why it failed, and what to do", async () => {
  const { here } = machine();
  await expect(findPulumi(here)).rejects.toThrow(
    [
      "No Pulumi CLI 3.216.0 or newer was found, and none could be made:",
      "  - on PATH: no `pulumi` there",
      "  - in the cache: no bin/pulumi in it",
      "  - official installer: get.pulumi.com cannot be reached (ENOTFOUND)",
      "  - go build: no `go` on PATH",
      "Install it from https://www.pulumi.com/docs/install/, or Go from https://go.dev/dl/, and try again.",
    ].join("\n"),
  );
});

function inAnotherProcess({ root, env }: { root: string; env: NodeJS.ProcessEnv }): ChildProcess {
  const program = `import { findPulumi } from "./tools/engine/find.mts";
    const reach = () => Promise.reject(new Error("closed"));
    await findPulumi({ ...JSON.parse(process.argv[1]), reach });`;
  const args = ["--input-type=module", "-e", program, JSON.stringify({ root, env })];
  return spawn(process.execPath, args, { stdio: "ignore" });
}
