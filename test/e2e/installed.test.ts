import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { DEFAULT_CREDENTIALS } from "../../emulator/server";
import { configFor } from "../stack-config";
import { filesBelow, leaks } from "./leaks";

const root = join(__dirname, "../..");
const canary = 'c4n4ry "installed" + /?=';
let folder: string;
let tarball: string;

const run = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
  execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "installed-")));
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", `--pack-destination=${folder}`], root));
  tarball = join(folder, filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installers = {
  npm: ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"],
  pnpm: ["add", "--prefer-offline", "--loglevel=error", "--ignore-scripts"],
};

describe.each(Object.entries(installers))(
  "the quickstart in a project of %s",
  { timeout: 120_000 },
  (command, args) => {
    let project: string;
    beforeAll(() => {
      project = join(folder, command);
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), '{ "private": true }');
      run(command, [...args, tarball, "@pulumi/pulumi@3.270.0"], project);
    });

    it("runs by the engine with nothing but what was installed, to its end", () => {
      for (const name of ["state", "loaded", "home"]) mkdirSync(join(project, name));
      copyFileSync(join(root, "examples/quickstart/index.ts"), join(project, "index.ts"));
      writeFileSync(join(project, "main.mjs"), main);
      writeFileSync(join(project, "loaded.cjs"), recorder);
      const said = run("node", ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "main.mjs"], project, {
        NODE_OPTIONS: `--require=${join(project, "loaded.cjs")}`,
        LOADED: join(project, "loaded"),
        PULUMI_ROOT: inject("pulumiRoot") ?? "",
        CONFIG: JSON.stringify({ ...configFor({ url: "URL" }), "quickstart:password": canary }),
        PULUMI_BACKEND_URL: `file://${join(project, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "c4n4ry passphrase",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      });
      expect(JSON.parse(said)).toEqual({
        made: [1, 1, 1],
        outputs: {
          applicationArn: expect.stringMatching(/^acs:kms:/),
          applicationVersion: expect.any(String),
          warehouseArn: expect.stringMatching(/^acs:gpdb:/),
          databaseId: expect.any(String),
          databaseVersion: "v1",
          databaseValue: "[secret]",
        },
        left: { delete: 4 },
      });
      const written = ["state", "home"].map((name) => filesBelow(join(project, name)));
      const settings = readFileSync(join(project, "Pulumi.test.yaml"), "utf8");
      const { secretKey } = DEFAULT_CREDENTIALS;
      expect(leaks(Object.assign({ said, settings }, ...written), { canary, secretKey })).toEqual([]);
      const loaded = readdirSync(join(project, "loaded")).map((file) =>
        readFileSync(join(project, "loaded", file), "utf8"),
      );
      const provider = loaded.find((urls) => urls.includes("/dist/provider/hosts/dynamic.js")) ?? "";
      expect(provider).toContain(`${pathToFileURL(project)}/node_modules/`);
      expect(
        loaded
          .join("\n")
          .split("\n")
          .filter((url) => url.startsWith(`${pathToFileURL(root)}/`)),
      ).toEqual([]);
    });
  },
);

/** Notes what each process loads. */
const recorder = `
const { appendFileSync } = require("node:fs");
require("node:module").registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED + "/" + process.pid, url + "\\n");
    return next(url, context);
  },
});
`;

const main = `
import automation from "@pulumi/pulumi/automation/index.js";
import { startEmulator } from "pulumi-cloud-secrets/emulator";

const { LocalWorkspace, PulumiCommand } = automation;
const { PULUMI_ROOT: root, CONFIG } = process.env;
const emulator = await startEmulator();
const stack = await LocalWorkspace.createStack(
  { stackName: "test", projectName: "quickstart", program: async () => ({ ...(await import("./index.ts")) }) },
  { workDir: process.cwd(), pulumiHome: process.cwd() + "/home", pulumiCommand: await PulumiCommand.get(root ? { root } : {}) },
);
const config = Object.entries(JSON.parse(CONFIG.replaceAll("URL", emulator.url)));
await stack.setAllConfig(Object.fromEntries(config.map(([key, value]) => [key, { value, secret: /secret|password/.test(key) }])));
const { outputs } = await stack.up();
const { kms, gpdb, csms } = emulator.state();
const made = [kms, gpdb, csms].map(({ secrets }) => secrets.length);
const { summary } = await stack.destroy();
const shown = Object.entries(outputs).map(([name, { value, secret }]) => [name, secret ? "[secret]" : value]);
console.log(JSON.stringify({ made, outputs: Object.fromEntries(shown), left: summary.resourceChanges }));
await emulator.close();
`;
